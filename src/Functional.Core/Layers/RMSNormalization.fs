namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Initializers
open Functional.Core.Tensors

/// scale * x / sqrt(mean(x^2) + epsilon), with the mean of each example over axes. Weight: scale, shaped as the axes.
/// Passes the mask on. Zhang and Sennrich 2019; keras/src/layers/normalization/rms_normalization.py
type RMSNormalization = { Axes: int list; Epsilon: float }

[<RequireQualifiedAccess>]
module RMSNormalization =

    /// Keras's arguments.
    let toConfig (settings: RMSNormalization) : Config = [
        "axis", Arguments.ofInts settings.Axes
        "epsilon", ConfigValue.Float settings.Epsilon
    ]

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : RMSNormalization = {
        Axes = Config.tryInts "axis" config |> Option.defaultValue [ -1 ]
        Epsilon = Config.float "epsilon" 1e-6 config
    }

    /// Keras's defaults: over the last axis.
    let defaults: RMSNormalization = ofConfig []

    let private axesOf (settings: RMSNormalization) (shape: Shape) : int list =
        settings.Axes
        |> List.map (fun axis -> Expect.axis axis 0 shape)
        |> List.distinct
        |> List.sort

    let private build (settings: RMSNormalization) (inputs: InputSpecification list) : WeightSpecification list =
        let shape = Expect.singleSpecification inputs

        let size =
            axesOf settings shape |> List.map (fun axis -> Expect.length axis 0 shape)

        [ LayerWeight.trained "scale" size Initializer.ones None None ]

    let private normalize (settings: RMSNormalization) (scale: Node) (x: Node) : Node =
        let axes = axesOf settings x.Shape
        let others = Ops.allAxes x |> List.except axes
        let inverse = Ops.rsqrt (Ops.mean axes true (Ops.square x) + settings.Epsilon)
        x * (inverse * Ops.expandDimensions others scale)

    /// The layer. Raises ArgumentException when there is no axis or epsilon is not positive.
    let layer (name: string option) (settings: RMSNormalization) : Layer =
        Expect.argument "RMSNormalization" "axis" settings.Axes "at least one axis" (not settings.Axes.IsEmpty)
        Expect.argument "RMSNormalization" "epsilon" settings.Epsilon "more than 0" (settings.Epsilon > 0.0)

        Layer.create "RMSNormalization" name (toConfig settings) (build settings) (fun context inputs ->
            let value = Expect.single inputs
            Layer.output (Value.withNode (normalize settings context.Weights.Head value.Node) value))
