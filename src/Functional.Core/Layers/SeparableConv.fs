namespace Functional.Core.Layers

open Functional.Core.Activations
open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Initializers
open Functional.Core.Regularizers
open Functional.Core.Tensors

/// Convolution of every channel on its own, then a product over the channels: SeparableConv1D on (batch, steps,
/// features), SeparableConv2D on images. Weights: depthwise_kernel (size.., channels, depth multiplier),
/// pointwise_kernel (1.., channels * depth multiplier, filters), bias (filters,). Drops the mask.
/// keras/src/layers/convolutional/base_separable_conv.py
type SeparableConv = {
    /// How many channels every channel becomes before the product.
    DepthMultiplier: int
    /// The number of channels of the result.
    Filters: int
    Window: SpatialWindow
    Activation: Activation
    UseBias: bool
    Depthwise: WeightSettings
    Pointwise: WeightSettings
    Bias: WeightSettings
    ActivityRegularizer: Regularizer option
}

[<RequireQualifiedAccess>]
module SeparableConv =

    /// Keras's arguments.
    let toConfig (settings: SeparableConv) : Config = [
        "depth_multiplier", Arguments.ofInt settings.DepthMultiplier
        "filters", Arguments.ofInt settings.Filters
        yield! SpatialWindow.toConfig settings.Window
        "activation", Activation.toConfig settings.Activation
        "use_bias", ConfigValue.Bool settings.UseBias
        yield!
            WeightSettings.toConfig
                [
                    "depthwise", settings.Depthwise
                    "pointwise", settings.Pointwise
                    "bias", settings.Bias
                ]
                settings.ActivityRegularizer
    ]

    /// Settings from Keras's arguments.
    let ofConfig (spatialRank: int) (config: Config) : SeparableConv =
        let glorotUniform = Initializer.ofName "glorot_uniform"

        {
            DepthMultiplier = Config.int "depth_multiplier" 1 config
            Filters = Arguments.int "filters" config
            Window = SpatialWindow.ofConfig spatialRank [ WindowPadding.Valid; WindowPadding.Same ] config
            Activation = Arguments.activation "activation" "linear" config
            UseBias = Config.bool "use_bias" true config
            Depthwise = WeightSettings.ofConfig "depthwise" glorotUniform config
            Pointwise = WeightSettings.ofConfig "pointwise" glorotUniform config
            Bias = WeightSettings.ofConfig "bias" Initializer.zeros config
            ActivityRegularizer = Arguments.regularizer "activity_regularizer" config
        }

    /// Keras's defaults for a number of filters and a kernel size.
    let defaults (filters: int) (kernelSize: int list) : SeparableConv =
        ofConfig kernelSize.Length [
            "filters", Arguments.ofInt filters
            "kernel_size", Arguments.ofInts kernelSize
        ]

    let private build (settings: SeparableConv) (inputs: InputSpecification list) : WeightSpecification list =
        let channels =
            SpatialWindow.channels settings.Window (Expect.singleSpecification inputs)

        let ones = List.map (fun _ -> 1) settings.Window.Size

        WeightSettings.trained
            "depthwise_kernel"
            (settings.Window.Size @ [ channels; settings.DepthMultiplier ])
            settings.Depthwise
        :: WeightSettings.trained
            "pointwise_kernel"
            (ones @ [ channels * settings.DepthMultiplier; settings.Filters ])
            settings.Pointwise
        :: SpatialConvolution.bias settings.UseBias settings.Filters settings.Bias

    /// A kernel of one position is a matrix.
    let private multiply (settings: SeparableConv) (pointwise: Node) (node: Node) : Node =
        let matrix =
            Shape.dimensions pointwise.Shape
            |> List.skip settings.Window.Size.Length
            |> Shape.create

        Ops.dense (Ops.reshape matrix pointwise) node

    let private call (settings: SeparableConv) (context: CallContext) (inputs: Value list) : CallResult =
        (Expect.single inputs).Node
        |> SpatialConvolution.convolveChannels settings.Window context.Weights[0]
        |> multiply settings context.Weights[1]
        |> SpatialConvolution.finish settings.Window.DataFormat settings.Activation (List.tryItem 2 context.Weights)

    /// SeparableConv1D or SeparableConv2D. Raises ArgumentException when a number is not positive, or strides and
    /// dilation are both above 1.
    let layer (name: string option) (settings: SeparableConv) : Layer =
        let className = $"SeparableConv{settings.Window.Size.Length}D"
        Expect.positive className "filters" settings.Filters
        Expect.positive className "depth_multiplier" settings.DepthMultiplier
        SpatialWindow.check className "kernel_size" settings.Window

        Layer.create className name (toConfig settings) (build settings) (call settings)
        |> LayerWeight.withActivityPenalty settings.ActivityRegularizer
