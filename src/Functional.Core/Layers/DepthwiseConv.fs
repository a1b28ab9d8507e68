namespace Functional.Core.Layers

open Functional.Core.Activations
open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Initializers
open Functional.Core.Regularizers

/// Convolution of every channel on its own: DepthwiseConv1D on (batch, steps, features), DepthwiseConv2D on images.
/// Weights: kernel (size.., channels, depth multiplier), bias (channels * depth multiplier,). Drops the mask.
/// keras/src/layers/convolutional/base_depthwise_conv.py
type DepthwiseConv = {
    /// How many channels every channel becomes.
    DepthMultiplier: int
    Window: SpatialWindow
    Activation: Activation
    UseBias: bool
    Depthwise: WeightSettings
    Bias: WeightSettings
    ActivityRegularizer: Regularizer option
}

[<RequireQualifiedAccess>]
module DepthwiseConv =

    /// Keras's arguments.
    let toConfig (settings: DepthwiseConv) : Config = [
        "depth_multiplier", Arguments.ofInt settings.DepthMultiplier
        yield! SpatialWindow.toConfig settings.Window
        "activation", Activation.toConfig settings.Activation
        "use_bias", ConfigValue.Bool settings.UseBias
        yield!
            WeightSettings.toConfig
                [ "depthwise", settings.Depthwise; "bias", settings.Bias ]
                settings.ActivityRegularizer
    ]

    /// Settings from Keras's arguments.
    let ofConfig (spatialRank: int) (config: Config) : DepthwiseConv = {
        DepthMultiplier = Config.int "depth_multiplier" 1 config
        Window = SpatialWindow.ofConfig spatialRank [ WindowPadding.Valid; WindowPadding.Same ] config
        Activation = Arguments.activation "activation" "linear" config
        UseBias = Config.bool "use_bias" true config
        Depthwise = WeightSettings.ofConfig "depthwise" (Initializer.ofName "glorot_uniform") config
        Bias = WeightSettings.ofConfig "bias" Initializer.zeros config
        ActivityRegularizer = Arguments.regularizer "activity_regularizer" config
    }

    /// Keras's defaults for a kernel size.
    let defaults (kernelSize: int list) : DepthwiseConv =
        ofConfig kernelSize.Length [ "kernel_size", Arguments.ofInts kernelSize ]

    let private build (settings: DepthwiseConv) (inputs: InputSpecification list) : WeightSpecification list =
        let channels =
            SpatialWindow.channels settings.Window (Expect.singleSpecification inputs)

        WeightSettings.trained
            "kernel"
            (settings.Window.Size @ [ channels; settings.DepthMultiplier ])
            settings.Depthwise
        :: SpatialConvolution.bias settings.UseBias (channels * settings.DepthMultiplier) settings.Bias

    let private call (settings: DepthwiseConv) (context: CallContext) (inputs: Value list) : CallResult =
        (Expect.single inputs).Node
        |> SpatialConvolution.convolveChannels settings.Window (List.head context.Weights)
        |> SpatialConvolution.finish settings.Window.DataFormat settings.Activation (List.tryItem 1 context.Weights)

    /// DepthwiseConv1D or DepthwiseConv2D. Raises ArgumentException when a number is not positive, or strides and
    /// dilation are both above 1.
    let layer (name: string option) (settings: DepthwiseConv) : Layer =
        let className = $"DepthwiseConv{settings.Window.Size.Length}D"
        Expect.positive className "depth_multiplier" settings.DepthMultiplier
        SpatialWindow.check className "kernel_size" settings.Window

        Layer.create className name (toConfig settings) (build settings) (call settings)
        |> LayerWeight.withActivityPenalty settings.ActivityRegularizer
