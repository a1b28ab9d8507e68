namespace Functional.Core.Layers

open Functional.Core.Activations
open Functional.Core.Configuration
open Functional.Core.Constraints
open Functional.Core.Graph
open Functional.Core.Initializers
open Functional.Core.Regularizers
open Functional.Core.Tensors

/// x where it is positive, alpha * x elsewhere, with alpha learned. Weight: alpha, shaped as the input without the batch,
/// with length 1 on shared axes (counted from 1). Passes the mask on. keras/src/layers/activations/prelu.py
type PReLU = {
    AlphaInitializer: Initializer
    AlphaRegularizer: Regularizer option
    AlphaConstraint: Constraint option
    SharedAxes: int list
}

[<RequireQualifiedAccess>]
module PReLU =

    /// Keras's arguments.
    let toConfig (settings: PReLU) : Config = [
        "alpha_initializer", Initializer.toConfig settings.AlphaInitializer
        "alpha_regularizer", Regularizer.toConfig settings.AlphaRegularizer
        "alpha_constraint", Constraint.toConfig settings.AlphaConstraint
        "shared_axes",
        (match settings.SharedAxes with
         | [] -> ConfigValue.Null
         | axes -> Arguments.ofInts axes)
    ]

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : PReLU = {
        AlphaInitializer = Arguments.initializer "alpha_initializer" Initializer.zeros config
        AlphaRegularizer = Arguments.regularizer "alpha_regularizer" config
        AlphaConstraint = Arguments.``constraint`` "alpha_constraint" config
        SharedAxes = Config.tryInts "shared_axes" config |> Option.defaultValue []
    }

    /// One alpha, 0 at first, for every element.
    let defaults: PReLU = ofConfig []

    let private build (settings: PReLU) (inputs: InputSpecification list) : WeightSpecification list =
        let shape = Expect.singleSpecification inputs

        let dimensions =
            [ 1 .. Shape.rank shape - 1 ]
            |> List.map (fun axis ->
                if List.contains axis settings.SharedAxes then
                    1
                else
                    Expect.length axis 0 shape)

        [
            LayerWeight.trained
                "alpha"
                dimensions
                settings.AlphaInitializer
                settings.AlphaRegularizer
                settings.AlphaConstraint
        ]

    /// The layer.
    let layer (name: string option) (settings: PReLU) : Layer =
        Layer.create "PReLU" name (toConfig settings) (build settings) (fun context inputs ->
            let value = Expect.single inputs
            let alpha = List.head context.Weights
            let result = Rectifiers.relu value.Node - alpha * Rectifiers.relu (-value.Node)
            Layer.output (Value.withNode result value))
