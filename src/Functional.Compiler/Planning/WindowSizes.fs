namespace Functional.Compiler.Planning

open System.Collections.Immutable
open Functional.Core.Graph
open Functional.Core.Tensors

/// Windows along one spatial axis, with all sizes known.
type WindowAxis = {
    /// Positions of the input.
    Input: int
    /// Elements of a window.
    Size: int
    /// How many windows there are.
    Output: int
    /// Input positions from one window to the next.
    Stride: int
    /// Positions before the input, where the first window starts.
    Low: int
    /// Input positions from one element of a window to the next.
    Dilation: int
}

/// Which of the three products of input, kernel and result is computed from the two others.
[<RequireQualifiedAccess>]
type ConvolutionDirection =
    /// The result from input and kernel.
    | Forward
    /// The input's gradient from upstream and kernel.
    | InputGradient
    /// The kernel's gradient from input and upstream.
    | KernelGradient

/// The sizes of a convolution of (batch, space.., channels).
type ConvolutionSizes = {
    Direction: ConvolutionDirection
    Batch: int
    Axes: ImmutableArray<WindowAxis>
    InputChannels: int
    OutputChannels: int
    Groups: int
}

/// What becomes of windows.
[<RequireQualifiedAccess>]
type PoolFunction =
    | Sum
    /// What flows back from Sum.
    | SumGradient
    | Maximum
    /// The second input's value per window added to the place of the window's first maximum in the first input.
    | SelectAndScatter
    /// The second input's value at the place of the window's first maximum in the first input.
    | SelectAndGather

/// The sizes of a pool over (batch, space.., channels).
type PoolSizes = {
    Function: PoolFunction
    Batch: int
    Axes: ImmutableArray<WindowAxis>
    Channels: int
}

[<RequireQualifiedAccess>]
module internal WindowSizes =

    let private known (length: Dimension) : int =
        match Dimension.tryKnown length with
        | Some size -> size
        | None -> invalidOp $"Bug in Functional: the padding {length} was not bound before planning. Please report it."

    let private axes strides padding dilations (size: int list) (input: int array) (result: int array) =
        List.mapi2
            (fun axis (stride, dilation) (low, _) -> {
                Input = input[axis + 1]
                Size = size[axis]
                Output = result[axis + 1]
                Stride = stride
                Low = known low
                Dilation = dilation
            })
            (List.zip strides dilations)
            padding
        |> ImmutableArray.CreateRange

    /// The sizes of a convolution, from the dimensions of its input, kernel and result.
    let convolution direction (window: ConvolutionWindow) (input: int array) (kernel: int array) (result: int array) =
        let size = kernel |> Array.take (kernel.Length - 2) |> List.ofArray

        {
            Direction = direction
            Batch = input[0]
            Axes = axes window.Strides window.Padding window.Dilations size input result
            InputChannels = Array.last input
            OutputChannels = Array.last result
            Groups = window.Groups
        }

    /// The sizes of a pool, from the dimensions of its input and result.
    let pool poolFunction (window: PoolWindow) (input: int array) (result: int array) : PoolSizes =
        let ones = window.Size |> List.map (fun _ -> 1)

        {
            Function = poolFunction
            Batch = input[0]
            Axes = axes window.Strides window.Padding ones window.Size input result
            Channels = Array.last input
        }
