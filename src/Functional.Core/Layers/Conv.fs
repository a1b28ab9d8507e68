namespace Functional.Core.Layers

open Functional.Core.Activations
open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Initializers
open Functional.Core.Regularizers

/// Convolution, activation(kernel slid over x + bias): Conv1D on (batch, steps, features), Conv2D on images, Conv3D on
/// volumes. The kernel is not turned round. Weights: kernel (size.., channels / groups, filters), bias (filters,).
/// Drops the mask. keras/src/layers/convolutional/base_conv.py
type Conv = {
    /// The number of channels of the result.
    Filters: int
    Window: SpatialWindow
    /// Into how many groups the channels fall; every group of filters sees only its group of channels.
    Groups: int
    Activation: Activation
    UseBias: bool
    Kernel: WeightSettings
    Bias: WeightSettings
    ActivityRegularizer: Regularizer option
}

[<RequireQualifiedAccess>]
module Conv =

    /// Keras's arguments.
    let toConfig (settings: Conv) : Config = [
        "filters", Arguments.ofInt settings.Filters
        yield! SpatialWindow.toConfig settings.Window
        "groups", Arguments.ofInt settings.Groups
        "activation", Activation.toConfig settings.Activation
        "use_bias", ConfigValue.Bool settings.UseBias
        yield! WeightSettings.toConfig [ "kernel", settings.Kernel; "bias", settings.Bias ] settings.ActivityRegularizer
    ]

    let private paddings (spatialRank: int) : WindowPadding list = [
        WindowPadding.Valid
        WindowPadding.Same
        if spatialRank = 1 then
            WindowPadding.Causal
    ]

    /// Settings from Keras's arguments.
    let ofConfig (spatialRank: int) (config: Config) : Conv = {
        Filters = Arguments.int "filters" config
        Window = SpatialWindow.ofConfig spatialRank (paddings spatialRank) config
        Groups = Config.int "groups" 1 config
        Activation = Arguments.activation "activation" "linear" config
        UseBias = Config.bool "use_bias" true config
        Kernel = WeightSettings.ofConfig "kernel" (Initializer.ofName "glorot_uniform") config
        Bias = WeightSettings.ofConfig "bias" Initializer.zeros config
        ActivityRegularizer = Arguments.regularizer "activity_regularizer" config
    }

    /// Keras's defaults for a number of filters and a kernel size.
    let defaults (filters: int) (kernelSize: int list) : Conv =
        ofConfig kernelSize.Length [
            "filters", Arguments.ofInt filters
            "kernel_size", Arguments.ofInts kernelSize
        ]

    let private build (settings: Conv) (inputs: InputSpecification list) : WeightSpecification list =
        let shape = Expect.singleSpecification inputs
        let channels = SpatialWindow.channels settings.Window shape

        if channels % settings.Groups <> 0 then
            invalidArg
                "groups"
                $"cannot divide {channels} channels into {settings.Groups} groups of one size: input 0 has shape {shape}"

        WeightSettings.trained
            "kernel"
            (settings.Window.Size @ [ channels / settings.Groups; settings.Filters ])
            settings.Kernel
        :: SpatialConvolution.bias settings.UseBias settings.Filters settings.Bias

    let private call (settings: Conv) (context: CallContext) (inputs: Value list) : CallResult =
        (Expect.single inputs).Node
        |> SpatialConvolution.convolve settings.Window settings.Groups (List.head context.Weights)
        |> SpatialConvolution.finish settings.Window.DataFormat settings.Activation (List.tryItem 1 context.Weights)

    /// Conv1D, Conv2D or Conv3D. Raises ArgumentException when a number is not positive, filters do not divide into the
    /// groups, or strides and dilation are both above 1.
    let layer (name: string option) (settings: Conv) : Layer =
        let className = $"Conv{settings.Window.Size.Length}D"
        Expect.positive className "filters" settings.Filters
        Expect.positive className "groups" settings.Groups

        settings.Filters % settings.Groups = 0
        |> Expect.argument className "filters" settings.Filters $"a multiple of groups, {settings.Groups}"

        SpatialWindow.check className "kernel_size" settings.Window

        Layer.create className name (toConfig settings) (build settings) (call settings)
        |> LayerWeight.withActivityPenalty settings.ActivityRegularizer
