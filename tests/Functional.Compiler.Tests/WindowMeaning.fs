namespace Functional.Compiler.Tests

open System.Collections.Immutable
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Compiler.Planning

/// What calls of window kernels mean: the interpreter's own meaning, by way of a graph of one operation.
module WindowMeaning =

    let private strides (axes: ImmutableArray<WindowAxis>) = [ for axis in axes -> axis.Stride ]
    let private inputs (axes: ImmutableArray<WindowAxis>) = [ for axis in axes -> axis.Input ]
    let private sizes (axes: ImmutableArray<WindowAxis>) = [ for axis in axes -> axis.Size ]
    let private outputs (axes: ImmutableArray<WindowAxis>) = [ for axis in axes -> axis.Output ]

    /// The padding that gives as many windows.
    let private padding (axes: ImmutableArray<WindowAxis>) = [
        for axis in axes ->
            let covered = (axis.Output - 1) * axis.Stride + (axis.Size - 1) * axis.Dilation + 1

            Dimension.known axis.Low, Dimension.known (max 0 (covered - axis.Input - axis.Low))
    ]

    let private evaluate operation (shapes: int list list) (read: int -> int -> float) : float list =
        let values =
            shapes
            |> List.mapi (fun input lengths ->
                Literal.create ElementType.Float64 lengths [
                    for position in 0 .. List.fold (*) 1 lengths - 1 -> read input position
                ])

        let node = Node.Create(operation, values |> List.map Ops.constant |> Array.ofList)
        let result = List.head (Interpreter.run Map.empty (Graph.create [ node ]))
        List.ofSeq result.Values

    /// The result of a convolution, given what reads an element of its inputs.
    let convolution (sizesOf: ConvolutionSizes) (read: int -> int -> float) : float list =
        let window: ConvolutionWindow = {
            Strides = strides sizesOf.Axes
            Padding = padding sizesOf.Axes
            Dilations = [ for axis in sizesOf.Axes -> axis.Dilation ]
            Groups = sizesOf.Groups
        }

        let input = sizesOf.Batch :: inputs sizesOf.Axes @ [ sizesOf.InputChannels ]

        let kernel =
            sizes sizesOf.Axes
            @ [ sizesOf.InputChannels / sizesOf.Groups; sizesOf.OutputChannels ]

        let output = sizesOf.Batch :: outputs sizesOf.Axes @ [ sizesOf.OutputChannels ]

        match sizesOf.Direction with
        | ConvolutionDirection.Forward -> evaluate (Operation.Convolution window) [ input; kernel ] read
        | ConvolutionDirection.InputGradient ->
            evaluate (Operation.ConvolutionInputGradient(window, Shape.ofInts input)) [ output; kernel ] read
        | ConvolutionDirection.KernelGradient ->
            evaluate (Operation.ConvolutionKernelGradient(window, Shape.ofInts kernel)) [ input; output ] read

    /// The result of a pool, given what reads an element of its inputs.
    let pool (sizesOf: PoolSizes) (read: int -> int -> float) : float list =
        let window: PoolWindow = {
            Size = sizes sizesOf.Axes
            Strides = strides sizesOf.Axes
            Padding = padding sizesOf.Axes
        }

        let input = sizesOf.Batch :: inputs sizesOf.Axes @ [ sizesOf.Channels ]
        let output = sizesOf.Batch :: outputs sizesOf.Axes @ [ sizesOf.Channels ]

        match sizesOf.Function with
        | PoolFunction.Sum -> evaluate (Operation.SumPool window) [ input ] read
        | PoolFunction.SumGradient -> evaluate (Operation.SumPoolGradient(window, Shape.ofInts input)) [ output ] read
        | PoolFunction.Maximum -> evaluate (Operation.MaxPool window) [ input ] read
        | PoolFunction.SelectAndScatter -> evaluate (Operation.SelectAndScatter window) [ input; output ] read
        | PoolFunction.SelectAndGather -> evaluate (Operation.SelectAndGather window) [ input; input ] read
