namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Constraints
open Functional.Core.Graph
open Functional.Core.Initializers
open Functional.Core.Regularizers
open Functional.Core.Tensors

/// gamma * (x - mean) / sqrt(variance + epsilon) + beta, with mean and variance of each example over axes. Weights: gamma,
/// beta, shaped as the axes. Passes the mask on. Ba et al. 2016; keras/src/layers/normalization/layer_normalization.py
type LayerNormalization = {
    Axes: int list
    Epsilon: float
    /// Whether there is a beta.
    Center: bool
    /// Whether there is a gamma.
    Scale: bool
    /// gamma * x / sqrt(variance + epsilon): no mean is taken off, and there is no beta.
    RmsScaling: bool
    BetaInitializer: Initializer
    GammaInitializer: Initializer
    BetaRegularizer: Regularizer option
    GammaRegularizer: Regularizer option
    BetaConstraint: Constraint option
    GammaConstraint: Constraint option
}

[<RequireQualifiedAccess>]
module LayerNormalization =

    /// Keras's arguments. "rms_scaling", which Keras 3.3.3 forgets to save, comes only when it is set.
    let toConfig (settings: LayerNormalization) : Config = [
        "axis", Arguments.ofInts settings.Axes
        "epsilon", ConfigValue.Float settings.Epsilon
        "center", ConfigValue.Bool settings.Center
        "scale", ConfigValue.Bool settings.Scale
        if settings.RmsScaling then
            "rms_scaling", ConfigValue.Bool true
        "beta_initializer", Initializer.toConfig settings.BetaInitializer
        "gamma_initializer", Initializer.toConfig settings.GammaInitializer
        "beta_regularizer", Regularizer.toConfig settings.BetaRegularizer
        "gamma_regularizer", Regularizer.toConfig settings.GammaRegularizer
        "beta_constraint", Constraint.toConfig settings.BetaConstraint
        "gamma_constraint", Constraint.toConfig settings.GammaConstraint
    ]

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : LayerNormalization = {
        Axes = Config.tryInts "axis" config |> Option.defaultValue [ -1 ]
        Epsilon = Config.float "epsilon" 1e-3 config
        Center = Config.bool "center" true config
        Scale = Config.bool "scale" true config
        RmsScaling = Config.bool "rms_scaling" false config
        BetaInitializer = Arguments.initializer "beta_initializer" Initializer.zeros config
        GammaInitializer = Arguments.initializer "gamma_initializer" Initializer.ones config
        BetaRegularizer = Arguments.regularizer "beta_regularizer" config
        GammaRegularizer = Arguments.regularizer "gamma_regularizer" config
        BetaConstraint = Arguments.``constraint`` "beta_constraint" config
        GammaConstraint = Arguments.``constraint`` "gamma_constraint" config
    }

    /// Keras's defaults: over the last axis.
    let defaults: LayerNormalization = ofConfig []

    let private hasGamma (settings: LayerNormalization) : bool = settings.Scale || settings.RmsScaling

    let private hasBeta (settings: LayerNormalization) : bool =
        settings.Center && not settings.RmsScaling

    let private axesOf (settings: LayerNormalization) (shape: Shape) : int list =
        settings.Axes |> List.map (fun axis -> Expect.axis axis 0 shape)

    let private build (settings: LayerNormalization) (inputs: InputSpecification list) : WeightSpecification list =
        let shape = Expect.singleSpecification inputs

        let size =
            axesOf settings shape |> List.map (fun axis -> Expect.length axis 0 shape)

        [
            if hasGamma settings then
                LayerWeight.trained
                    "gamma"
                    size
                    settings.GammaInitializer
                    settings.GammaRegularizer
                    settings.GammaConstraint
            if hasBeta settings then
                LayerWeight.trained
                    "beta"
                    size
                    settings.BetaInitializer
                    settings.BetaRegularizer
                    settings.BetaConstraint
        ]

    let private normalize (settings: LayerNormalization) (context: CallContext) (x: Node) : Node =
        let axes = axesOf settings x.Shape

        let spread (weight: Node) =
            [ 0 .. Shape.rank x.Shape - 1 ]
            |> List.map (fun axis ->
                if List.contains axis axes then
                    Shape.dimension axis x.Shape
                else
                    Dimension.known 1)
            |> Shape.create
            |> fun shape -> Ops.reshape shape weight

        let inverse = Ops.rsqrt (Ops.variance axes true x + settings.Epsilon)

        let centred = if settings.RmsScaling then x else x - Ops.mean axes true x

        let scaled =
            if hasGamma settings then
                centred * (inverse * spread context.Weights.Head)
            else
                centred * inverse

        if hasBeta settings then
            scaled + spread (List.last context.Weights)
        else
            scaled

    /// The layer. Raises ArgumentException when there is no axis or epsilon is not positive.
    let layer (name: string option) (settings: LayerNormalization) : Layer =
        Expect.argument "LayerNormalization" "axis" settings.Axes "at least one axis" (not settings.Axes.IsEmpty)
        Expect.argument "LayerNormalization" "epsilon" settings.Epsilon "more than 0" (settings.Epsilon > 0.0)

        Layer.create "LayerNormalization" name (toConfig settings) (build settings) (fun context inputs ->
            let value = Expect.single inputs
            Layer.output (Value.withNode (normalize settings context value.Node) value))
