namespace Functional.Core.Graph

open Functional.Core.Tensors

/// The sizes inside of operations.
[<RequireQualifiedAccess>]
module OperationSizes =

    /// The operation with numbers in the place of named sizes; names that are not in the map stay. A length that
    /// is known becomes a constant.
    let rec bind (sizes: Map<string, int>) (operation: Operation) : Operation =
        let shape = Shape.bind sizes
        let length = Dimension.bind sizes
        let pairs = List.map (fun (low, high) -> length low, length high)

        let convolution (window: ConvolutionWindow) = {
            window with
                Padding = pairs window.Padding
        }

        let pool (window: PoolWindow) = {
            window with
                Padding = pairs window.Padding
        }

        match operation with
        | Operation.Leaf(kind, name, leafShape, elementType) -> Operation.Leaf(kind, name, shape leafShape, elementType)
        | Operation.Size(size, elementType) ->
            match Dimension.tryKnown (length size) with
            | Some known -> Operation.Constant(Literal.scalar elementType (float known))
            | None -> Operation.Size(length size, elementType)
        | Operation.Iota(target, axis, elementType) -> Operation.Iota(shape target, axis, elementType)
        | Operation.Random(distribution, stream, target, elementType) ->
            Operation.Random(distribution, stream, shape target, elementType)
        | Operation.Broadcast target -> Operation.Broadcast(shape target)
        | Operation.Reshape target -> Operation.Reshape(shape target)
        | Operation.Slice axes ->
            axes
            |> List.map (fun axis -> {
                axis with
                    Start = length axis.Start
                    Stop = length axis.Stop
            })
            |> Operation.Slice
        | Operation.Pad(axes, value) ->
            let bound =
                axes
                |> List.map (fun axis -> {
                    axis with
                        Low = length axis.Low
                        High = length axis.High
                })

            Operation.Pad(bound, value)
        | Operation.ScatterAdd(axis, size) -> Operation.ScatterAdd(axis, length size)
        | Operation.Convolution window -> Operation.Convolution(convolution window)
        | Operation.ConvolutionInputGradient(window, inputShape) ->
            Operation.ConvolutionInputGradient(convolution window, shape inputShape)
        | Operation.ConvolutionKernelGradient(window, kernelShape) ->
            Operation.ConvolutionKernelGradient(convolution window, shape kernelShape)
        | Operation.SumPool window -> Operation.SumPool(pool window)
        | Operation.SumPoolGradient(window, inputShape) -> Operation.SumPoolGradient(pool window, shape inputShape)
        | Operation.MaxPool window -> Operation.MaxPool(pool window)
        | Operation.SelectAndScatter window -> Operation.SelectAndScatter(pool window)
        | Operation.SelectAndGather window -> Operation.SelectAndGather(pool window)
        | Operation.Scan(scan, result) ->
            let bindStep (step: BodyStep) = {
                step with
                    Operation = bind sizes step.Operation
                    Shape = shape step.Shape
            }

            let bound = {
                scan with
                    Length = length scan.Length
                    Body = {
                        scan.Body with
                            Steps = List.map bindStep scan.Body.Steps
                    }
            }

            Operation.Scan(bound, result)
        | Operation.Constant _
        | Operation.Unary _
        | Operation.Binary _
        | Operation.Compare _
        | Operation.Select
        | Operation.Cast _
        | Operation.StopGradient
        | Operation.Transpose _
        | Operation.Concatenate _
        | Operation.Reverse _
        | Operation.Reduce _
        | Operation.ArgMax _
        | Operation.CumulativeSum _
        | Operation.Hash _
        | Operation.MatMul _
        | Operation.Gather _ -> operation
