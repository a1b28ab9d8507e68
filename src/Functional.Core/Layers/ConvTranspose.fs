namespace Functional.Core.Layers

open Functional.Core.Activations
open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Initializers
open Functional.Core.Regularizers
open Functional.Core.Tensors

/// Transposed convolution: what flows back through a convolution, as a layer that makes images larger. Conv1DTranspose
/// on (batch, steps, features), Conv2DTranspose on images, Conv3DTranspose on volumes. Weights: kernel (size.., filters,
/// channels), bias (filters,). Drops the mask. keras/src/layers/convolutional/base_conv_transpose.py
type ConvTranspose = {
    /// The number of channels of the result.
    Filters: int
    /// The window of the convolution that this layer turns round, with Valid or Same padding.
    Window: SpatialWindow
    /// How much longer than the shortest possible result each axis is, below the stride. None: the result is as long
    /// as strides and kernel together reach (Valid), or length * stride (Same).
    OutputPadding: int list option
    Activation: Activation
    UseBias: bool
    Kernel: WeightSettings
    Bias: WeightSettings
    ActivityRegularizer: Regularizer option
}

[<RequireQualifiedAccess>]
module ConvTranspose =

    /// Keras's arguments. Keras does not save "output_padding" but reads it: it is written only when there is one.
    let toConfig (settings: ConvTranspose) : Config = [
        "filters", Arguments.ofInt settings.Filters
        yield! SpatialWindow.toConfig settings.Window
        "activation", Activation.toConfig settings.Activation
        "use_bias", ConfigValue.Bool settings.UseBias
        yield! WeightSettings.toConfig [ "kernel", settings.Kernel; "bias", settings.Bias ] settings.ActivityRegularizer
        if settings.OutputPadding.IsSome then
            "output_padding", Arguments.ofOption Arguments.ofInts settings.OutputPadding
    ]

    /// Settings from Keras's arguments.
    let ofConfig (spatialRank: int) (config: Config) : ConvTranspose = {
        Filters = Arguments.int "filters" config
        Window = SpatialWindow.ofConfig spatialRank [ WindowPadding.Valid; WindowPadding.Same ] config
        OutputPadding = Arguments.tryPerAxis "output_padding" spatialRank config
        Activation = Arguments.activation "activation" "linear" config
        UseBias = Config.bool "use_bias" true config
        Kernel = WeightSettings.ofConfig "kernel" (Initializer.ofName "glorot_uniform") config
        Bias = WeightSettings.ofConfig "bias" Initializer.zeros config
        ActivityRegularizer = Arguments.regularizer "activity_regularizer" config
    }

    /// Keras's defaults for a number of filters and a kernel size.
    let defaults (filters: int) (kernelSize: int list) : ConvTranspose =
        ofConfig kernelSize.Length [
            "filters", Arguments.ofInt filters
            "kernel_size", Arguments.ofInts kernelSize
        ]

    let private build (settings: ConvTranspose) (inputs: InputSpecification list) : WeightSpecification list =
        let channels =
            SpatialWindow.channels settings.Window (Expect.singleSpecification inputs)

        WeightSettings.trained "kernel" (settings.Window.Size @ [ settings.Filters; channels ]) settings.Kernel
        :: SpatialConvolution.bias settings.UseBias settings.Filters settings.Bias

    /// Of one axis: how much longer than (length - 1) * stride the result is, and how much of what a kernel writes is
    /// cut off at the start and at the end. The arithmetic of Keras's JAX and TensorFlow backends.
    let private axis (padding: WindowPadding) stride extent (outputPadding: int option) : int * (int * int) =
        match padding with
        | WindowPadding.Valid ->
            let longer = outputPadding |> Option.defaultValue (max extent stride - extent)
            extent + longer, (0, 0)
        | WindowPadding.Same
        | WindowPadding.Causal ->
            let longer =
                match outputPadding with
                | None -> stride
                | Some outputPadding -> extent % 2 + outputPadding

            // Zeros around the spread input in the equal convolution, the odd one first.
            let total = longer + extent - 2
            let before = min ((total + 1) / 2) (extent - 1)
            longer, (extent - 1 - before, max 0 (extent - 1 - (total - before)))

    let private transposed (settings: ConvTranspose) (kernel: Node) (node: Node) : Node =
        let window = settings.Window
        Expect.rank (window.Size.Length + 2) 0 node.Shape

        let upstream =
            Ops.cast kernel.ElementType node |> DataFormat.toChannelsLast window.DataFormat

        let outputPadding =
            match settings.OutputPadding with
            | Some lengths -> List.map Some lengths
            | None -> List.map (fun _ -> None) window.Size

        let axes =
            List.map3 (axis window.Padding) window.Strides (SpatialWindow.extents window) outputPadding

        let lengths =
            Shape.dimensions upstream.Shape
            |> List.skip 1
            |> List.take axes.Length
            |> List.map3
                (fun stride (longer, _) length ->
                    Dimension.known stride * (length - Dimension.known 1) + Dimension.known longer)
                window.Strides
                axes

        if
            lengths
            |> List.exists (fun length -> Dimension.tryKnown length |> Option.exists (fun known -> known < 1))
        then
            invalidArg "output_padding" $"leaves no positions of input 0 of shape {node.Shape}"

        let result =
            Shape.create (
                Shape.dimension 0 upstream.Shape :: lengths
                @ [ Dimension.known settings.Filters ]
            )

        WindowOps.convolutionInputGradient
            {
                Strides = window.Strides
                Padding =
                    axes
                    |> List.map (fun (_, (low, high)) -> Dimension.known low, Dimension.known high)
                Dilations = window.DilationRate
                Groups = 1
            }
            result
            kernel
            upstream

    let private call (settings: ConvTranspose) (context: CallContext) (inputs: Value list) : CallResult =
        (Expect.single inputs).Node
        |> transposed settings (List.head context.Weights)
        |> SpatialConvolution.finish settings.Window.DataFormat settings.Activation (List.tryItem 1 context.Weights)

    /// Conv1DTranspose, Conv2DTranspose or Conv3DTranspose. Raises ArgumentException when a number is not positive, an
    /// output padding is not below its stride, or strides and dilation are both above 1.
    let layer (name: string option) (settings: ConvTranspose) : Layer =
        let className = $"Conv{settings.Window.Size.Length}DTranspose"
        Expect.positive className "filters" settings.Filters
        SpatialWindow.check className "kernel_size" settings.Window

        settings.OutputPadding
        |> Option.iter (fun lengths ->
            List.forall2 (fun length stride -> length >= 0 && length < stride) lengths settings.Window.Strides
            |> Expect.argument
                className
                "output_padding"
                lengths
                $"0 or more and below strides, {settings.Window.Strides}, on every axis")

        Layer.create className name (toConfig settings) (build settings) (call settings)
        |> LayerWeight.withActivityPenalty settings.ActivityRegularizer
