namespace Functional.Core.Graph

open Functional.Core.Tensors

/// Makes values from windows that slide over (batch, space.., channels): convolutions and pools. Every function raises
/// ArgumentException that names the shapes when they do not fit.
[<RequireQualifiedAccess>]
module WindowOps =

    /// Slides a kernel (size.., channels in / groups, channels out) over (batch, space.., channels in): the result is
    /// (batch, space.., channels out).
    let convolution (window: ConvolutionWindow) (kernel: Node) (node: Node) : Node =
        Node.Create(Operation.Convolution window, node, kernel)

    /// The adjoint of convolution in its input of this shape: the transposed convolution of a value that is shaped as a
    /// convolution's result.
    let convolutionInputGradient
        (window: ConvolutionWindow)
        (inputShape: Shape)
        (kernel: Node)
        (upstream: Node)
        : Node =
        Node.Create(Operation.ConvolutionInputGradient(window, inputShape), upstream, kernel)

    /// The adjoint of convolution in its kernel of this shape.
    let convolutionKernelGradient
        (window: ConvolutionWindow)
        (kernelShape: Shape)
        (input: Node)
        (upstream: Node)
        : Node =
        Node.Create(Operation.ConvolutionKernelGradient(window, kernelShape), input, upstream)

    /// The sum of every window of (batch, space.., channels).
    let sumPool (window: PoolWindow) (node: Node) : Node =
        Node.Create(Operation.SumPool window, node)

    /// The greatest element of every window of (batch, space.., channels); padding counts as -infinity.
    let maxPool (window: PoolWindow) (node: Node) : Node =
        Node.Create(Operation.MaxPool window, node)
