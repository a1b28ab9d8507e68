namespace Functional.Compiler.Planning

open System.Collections.Generic
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Compiler.Fusion

/// A kernel of its own for a value. Its calls are written when all placements are known.
[<NoEquality; NoComparison>]
type internal KernelStep = {
    Value: int
    /// The values whose memory it reads.
    Sources: int list
    Calls: unit -> KernelCall<value> list
}

/// From operations to kernel calls, for everything that is no loop.
type internal KernelLowerer(table: ValueTable, views: Views, grouper: Grouper, compileBody: Computation -> Plan) =
    let kernels = List<KernelStep>()
    let candidates = List<int * Placement>()
    let factorUses = List<int * bool * int>()
    let mutable placements = Dictionary<int, Placement>()

    /// A value whose elements follow each other: in its root, or in a copy.
    let contiguous value : Operand<value> =
        if views.IsContiguous value then
            let view = views.Find value
            grouper.Demand view.Root
            View.start view
        else
            grouper.Copy value
            Operand.ofValue value

    let viewed value : View =
        let view = views.Find value
        grouper.Demand view.Root
        view

    /// A factor in memory of its own.
    let copiedFactor transposed value : MatrixFactor =
        grouper.Copy value

        let view = {
            Root = value
            Offset = 0
            Strides = Layout.contiguous table.Dimensions[value]
        }

        MatrixOperands.tryFactor table view transposed value |> Option.get

    /// A factor that lies inside the memory of another value.
    let tryPlaced (placement: Placement) transposed value : MatrixFactor option =
        Layout.tryCompose (views.Layout value) placement.Layout
        |> Option.bind (fun layout ->
            Layout.tryStrides table.Dimensions[value] layout
            |> Option.bind (fun strides ->
                let view = {
                    Root = (views.Find value).Root
                    Offset = layout.Offset
                    Strides = strides
                }

                MatrixOperands.tryFactor table view transposed value))
        |> Option.filter _.Batch.Digits.IsEmpty

    /// A factor where placements put it in the end.
    let placed transposed value (factor: MatrixFactor) : MatrixFactor =
        match placements.TryGetValue(int factor.Operand.Id) with
        | true, placement -> tryPlaced placement transposed value |> Option.defaultValue factor
        | false, _ -> factor

    let factor transposed value : MatrixFactor =
        match MatrixOperands.tryFactor table (views.Find value) transposed value with
        | Some factor ->
            let root = int factor.Operand.Id
            grouper.Demand root
            factorUses.Add(root, transposed, value)
            factor
        | None -> copiedFactor transposed value

    /// Two factors and the batch axes that they share, after copies where there are none.
    let factors transposeLeft transposeRight (inputs: int array) value =
        let left, right = factor transposeLeft inputs[0], factor transposeRight inputs[1]

        match MatrixOperands.tryBatch table left right value with
        | Some batch -> left, right, batch
        | None ->
            let evenly (factor: MatrixFactor) transposed input =
                if factor.Batch.Digits.Length <= 1 then
                    factor
                else
                    copiedFactor transposed input

            let left, right =
                evenly left transposeLeft inputs[0], evenly right transposeRight inputs[1]

            let dimensions = table.Dimensions[value]
            left, right, [| dimensions |> Array.take (dimensions.Length - 2) |> Array.fold (*) 1 |]

    let add value (sources: int list) calls =
        grouper.AddKernel(value, sources)

        kernels.Add {
            Value = value
            Sources = sources
            Calls = calls
        }

    /// One kernel that reads memory and writes all of a value.
    let addCall value (reads: Operand<value> list) (kernel: Kernel) =
        let call = KernelCall.create kernel reads [ Operand.ofValue value ]
        add value [ for operand in reads -> int operand.Id ] (fun () -> [ call ])

    let sizeOf (lengths: int seq) = Seq.fold (*) 1 lengths

    /// The lengths before, along and after an axis.
    let around axis (dimensions: int array) =
        sizeOf (Seq.take axis dimensions), dimensions[axis], sizeOf (Seq.skip (axis + 1) dimensions)

    /// A convolution from the values of its input, kernel and result, one of which it computes.
    let convolution direction window (left: int) (right: int) value (input: int) (kernel: int) (output: int) =
        let dimensions = table.Dimensions

        let sizes =
            WindowSizes.convolution direction window dimensions[input] dimensions[kernel] dimensions[output]

        let reads = [ contiguous left; contiguous right ]
        addCall value reads (Kernel.Convolution sizes)

    /// A pool from the values of its input and result.
    let pool poolFunction window (sources: int array) value (input: int) (output: int) =
        let sizes =
            WindowSizes.pool poolFunction window table.Dimensions[input] table.Dimensions[output]

        addCall value (sources |> Array.map contiguous |> List.ofArray) (Kernel.Pool sizes)

    let lowerKernel value =
        let inputs = table.Inputs[value]

        match table.Nodes[value].Operation with
        | Operation.MatMul(transposeLeft, transposeRight) ->
            let left, right, batch = factors transposeLeft transposeRight inputs value
            let dimensions = table.Dimensions[inputs[0]]
            let inner = dimensions[dimensions.Length - (if transposeLeft then 2 else 1)]

            add value [ int left.Operand.Id; int right.Operand.Id ] (fun () ->
                MatrixOperands.calls
                    table
                    batch
                    (placed transposeLeft inputs[0] left)
                    (placed transposeRight inputs[1] right)
                    inner
                    value)
        | Operation.Concatenate axis ->
            let parts = [ for input in inputs -> table.Dimensions[input], viewed input ]

            let strides = Layout.contiguous table.Dimensions[value]

            for (extents, view), input, position in
                List.zip3 parts (List.ofArray inputs) (Movement.starts table axis parts value) do
                if views.Layout input = Layout.identity table.Sizes[view.Root] then
                    candidates.Add(
                        view.Root,
                        {
                            Target = value
                            Layout = Layout.ofStrides position extents strides
                        }
                    )

            add value [ for _, view in parts -> view.Root ] (fun () ->
                Movement.concatenate table placements.ContainsKey axis parts value)
        | Operation.Pad(axes, padding) ->
            let view = viewed inputs[0]

            add value [ view.Root ] (fun () -> Movement.pad table axes padding table.Dimensions[inputs[0]] view value)
        | Operation.ArgMax axis ->
            let outer, length, inner = around axis table.Dimensions[inputs[0]]
            addCall value [ contiguous inputs[0] ] (Kernel.ArgMax(outer, length, inner))
        | Operation.CumulativeSum(axis, reverse, exclusive) ->
            let outer, length, inner = around axis table.Dimensions[inputs[0]]
            addCall value [ contiguous inputs[0] ] (Kernel.CumulativeSum(outer, length, inner, reverse, exclusive))
        | Operation.Hash(bins, key) ->
            addCall value [ contiguous inputs[0] ] (Kernel.Hash(table.Sizes[value], bins, key))
        | Operation.Gather axis ->
            let outer, length, inner = around axis table.Dimensions[inputs[0]]

            Kernel.Gather(outer, length, inner, table.Sizes[inputs[1]])
            |> addCall value [ contiguous inputs[0]; contiguous inputs[1] ]
        | Operation.ScatterAdd(axis, _) ->
            let outer, length, inner = around axis table.Dimensions[value]

            Kernel.ScatterAdd(outer, length, inner, table.Sizes[inputs[0]])
            |> addCall value [ contiguous inputs[0]; contiguous inputs[1] ]
        | Operation.Random(distribution, stream, _, _) ->
            addCall value [ contiguous inputs[0] ] (Kernel.Random(distribution, stream, table.Sizes[value]))
        | Operation.Convolution window ->
            convolution ConvolutionDirection.Forward window inputs[0] inputs[1] value inputs[0] inputs[1] value
        | Operation.ConvolutionInputGradient(window, _) ->
            convolution ConvolutionDirection.InputGradient window inputs[0] inputs[1] value value inputs[1] inputs[0]
        | Operation.ConvolutionKernelGradient(window, _) ->
            convolution ConvolutionDirection.KernelGradient window inputs[0] inputs[1] value inputs[0] value inputs[1]
        | Operation.SumPool window -> pool PoolFunction.Sum window inputs value inputs[0] value
        | Operation.SumPoolGradient(window, _) -> pool PoolFunction.SumGradient window inputs value value inputs[0]
        | Operation.MaxPool window -> pool PoolFunction.Maximum window inputs value inputs[0] value
        | Operation.SelectAndScatter window ->
            pool PoolFunction.SelectAndScatter window inputs value inputs[0] inputs[1]
        | Operation.SelectAndGather window -> pool PoolFunction.SelectAndGather window inputs value inputs[0] value
        | Operation.Scan(scan, _) ->
            let siblings = table.Loops[table.Nodes[value]]

            // All results of a loop come from one kernel.
            if table.Ids[siblings.Head] = value then
                let results =
                    Map.ofList [
                        for sibling in siblings do
                            match sibling.Operation with
                            | Operation.Scan(_, result) -> result, table.Ids[sibling]
                            | _ -> ()
                    ]

                let operands = inputs |> Array.map contiguous
                let sources = [ for operand in operands -> int operand.Id ]
                let call = ScanLowering.call table compileBody scan inputs operands results
                add value sources (fun () -> [ call ])

                for sibling in siblings.Tail do
                    grouper.AddKernel(table.Ids[sibling], sources)
        | operation -> invalidOp $"Bug in Functional: %A{operation} has no kernel of its own. Please report it."

    /// Finds the kernel of a value.
    member _.Add(value: int) : unit = lowerKernel value

    /// A value whose elements follow each other: in its root, or in a copy.
    member _.Contiguous(value: int) : Operand<value> = contiguous value

    /// A value as a view of memory that kernels can read.
    member _.Viewed(value: int) : View = viewed value

    /// Every kernel that was found.
    member _.Kernels: IReadOnlyList<KernelStep> = kernels

    /// Places for values in the memory of concatenations, as far as kernels are concerned: every other kernel that reads
    /// the value is a product that takes a leading dimension. The counts are those of all reads of values.
    member _.Candidates(readCounts: Map<int, int>) : (int * Placement) list =
        let factors = factorUses |> Seq.groupBy (fun (root, _, _) -> root) |> Map.ofSeq

        let isAlone (value, placement) =
            let products = Map.tryFind value factors |> Option.defaultValue Seq.empty

            readCounts[value] = 1 + Seq.length products
            && products
               |> Seq.forall (fun (_, transposed, input) -> Option.isSome (tryPlaced placement transposed input))

        candidates |> Seq.filter isAlone |> List.ofSeq

    /// Puts values into the memory of others.
    member _.Place(chosen: Dictionary<int, Placement>) : unit = placements <- chosen
