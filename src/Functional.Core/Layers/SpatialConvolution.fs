namespace Functional.Core.Layers

open Functional.Core.Activations
open Functional.Core.Graph
open Functional.Core.Tensors

/// What all convolution layers do alike.
[<RequireQualifiedAccess>]
module SpatialConvolution =

    /// Slides a kernel (size.., channels in / groups, channels out) over a value in the window's format; the result has
    /// its channels last.
    let convolve (window: SpatialWindow) (groups: int) (kernel: Node) (node: Node) : Node =
        let framed, padding =
            Ops.cast kernel.ElementType node |> SpatialWindow.frame "kernel_size" window

        WindowOps.convolution
            {
                Strides = window.Strides
                Padding = padding
                Dilations = window.DilationRate
                Groups = groups
            }
            kernel
            framed

    /// Slides a kernel (size.., channels, multiplier) over every channel on its own; the results of a channel stand
    /// beside each other.
    let convolveChannels (window: SpatialWindow) (kernel: Node) (node: Node) : Node =
        let lengths = Shape.dimensions kernel.Shape
        let channels = lengths[lengths.Length - 2]

        let grouped =
            List.take window.Size.Length lengths
            @ [ Dimension.known 1; channels * List.last lengths ]

        match Dimension.tryKnown channels with
        | Some groups -> convolve window groups (Ops.reshape (Shape.create grouped) kernel) node
        | None -> invalidArg (nameof kernel) $"expects a kernel of known lengths, but it has shape {kernel.Shape}"

    /// Bias and activation, and the channels back where the format has them: Keras applies the activation there. Drops
    /// the mask.
    let finish (format: DataFormat) (activation: Activation) (bias: Node option) (channelsLast: Node) : CallResult =
        let biased =
            match bias with
            | Some bias -> channelsLast + bias
            | None -> channelsLast

        DataFormat.ofChannelsLast format biased
        |> Activated.value activation None
        |> Layer.output

    /// The bias, if the layer has one: one number for every channel of the result.
    let bias (useBias: bool) (channels: int) (settings: WeightSettings) : WeightSpecification list = [
        if useBias then
            WeightSettings.trained "bias" [ channels ] settings
    ]
