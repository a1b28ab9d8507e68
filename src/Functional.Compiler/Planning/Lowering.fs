namespace Functional.Compiler.Planning

open System.Collections.Generic
open System.Collections.Immutable
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Compiler.Fusion

/// Calls that run one after another; their operands name values, not buffers yet.
type internal Step = {
    Calls: KernelCall list
    Reads: int list
    Writes: int list
}

/// A value without a node: a copy of a leaf's old value.
type internal Copy = { ElementType: ElementType; Size: int }

/// A graph as steps over values.
type internal Lowered = {
    Table: ValueTable
    Steps: Step list
    /// Numbered from the number of nodes on.
    Copies: Copy list
    /// Name, where the elements start, and the node with shape and type.
    Results: (string * Operand * Node) list
    /// A leaf, where its next value lies, and the strides of that value.
    Updates: (int * int * View) list
    /// Values that lie inside the memory of another one.
    Placements: IReadOnlyDictionary<int, Placement>
}

[<RequireQualifiedAccess>]
module internal Step =

    /// A step of calls.
    let create (calls: KernelCall list) : Step =
        let values operands =
            operands |> List.map (fun (operand: Operand) -> operand.Buffer) |> List.distinct

        let writes = calls |> List.collect KernelCall.writes |> values
        let reads = calls |> List.collect KernelCall.reads |> values

        {
            Calls = calls
            Reads = reads
            Writes = writes
        }

/// What lowering does beyond one kernel per group or operation.
type internal LoweringOptions = {
    MergesSmall: bool
    Sinks: bool
    PlacesParts: bool
    HasEpilogues: bool
}

/// From operations to kernel calls.
type internal Lowerer(table: ValueTable, views: Views, accesses: Accesses, grouper: Grouper, options: LoweringOptions) =
    let kernels = List<int * int list * (unit -> KernelCall list)>()
    let candidates = List<int * Placement>()
    let mutable placements = Dictionary<int, Placement>()

    let start value : Operand = { Buffer = value; OffsetInElements = 0 }

    /// A value whose elements follow each other: in its root, or in a copy.
    let contiguous value : Operand =
        if views.IsContiguous value then
            let view = views.Find value
            grouper.Demand view.Root

            {
                Buffer = view.Root
                OffsetInElements = view.Offset
            }
        else
            grouper.Copy value
            start value

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

    let factor transposed value : MatrixFactor =
        match MatrixOperands.tryFactor table (views.Find value) transposed value with
        | Some factor ->
            grouper.Demand factor.Operand.Buffer
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

    let add value (operands: Operand list) calls =
        let sources = operands |> List.map _.Buffer
        grouper.AddKernel(value, sources)
        kernels.Add(value, sources, calls)

    let sizeOf (lengths: int seq) = Seq.fold (*) 1 lengths

    /// The lengths before, along and after an axis.
    let around axis (dimensions: int array) =
        sizeOf (Seq.take axis dimensions), dimensions[axis], sizeOf (Seq.skip (axis + 1) dimensions)

    let lowerKernel value =
        let inputs = table.Inputs[value]
        let result = start value

        match table.Nodes[value].Operation with
        | Operation.MatMul(transposeLeft, transposeRight) ->
            let left, right, batch = factors transposeLeft transposeRight inputs value
            let dimensions = table.Dimensions[inputs[0]]
            let inner = dimensions[dimensions.Length - (if transposeLeft then 2 else 1)]

            add value [ left.Operand; right.Operand ] (fun () ->
                MatrixOperands.products table batch left right inner value)
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

            add value [ for _, view in parts -> start view.Root ] (fun () ->
                Movement.concatenate table placements.ContainsKey axis parts value)
        | Operation.Pad(axes, padding) ->
            let view = viewed inputs[0]

            add value [ start view.Root ] (fun () ->
                Movement.pad table axes padding table.Dimensions[inputs[0]] view value)
        | Operation.ArgMax axis ->
            let source = contiguous inputs[0]
            let outer, length, inner = around axis table.Dimensions[inputs[0]]
            add value [ source ] (fun () -> [ KernelCall.ArgMax(outer, length, inner, source, result) ])
        | Operation.Gather axis ->
            let values = contiguous inputs[0]
            let indices = contiguous inputs[1]
            let outer, length, inner = around axis table.Dimensions[inputs[0]]
            let count = table.Sizes[inputs[1]]

            add value [ values; indices ] (fun () -> [
                KernelCall.Gather(outer, length, inner, count, values, indices, result)
            ])
        | Operation.ScatterAdd(axis, _) ->
            let indices = contiguous inputs[0]
            let updates = contiguous inputs[1]
            let outer, length, inner = around axis table.Dimensions[value]
            let count = table.Sizes[inputs[0]]

            add value [ indices; updates ] (fun () -> [
                KernelCall.ScatterAdd(outer, length, inner, count, indices, updates, result)
            ])
        | Operation.Random(distribution, stream, _, _) ->
            let key = contiguous inputs[0]

            add value [ key ] (fun () -> [ KernelCall.Random(distribution, stream, table.Sizes[value], key, result) ])
        | operation -> invalidOp $"Bug in Functional: %A{operation} has no kernel of its own. Please report it."

    let withLayouts (values: int list) =
        values |> List.map (fun value -> value, LoopGroup.resultLayout table value)

    let lowerGroup (grouping: Grouping) (isNeeded: int -> bool) (group: LoopGroup) : Step option =
        match group.Members |> List.filter isNeeded with
        | [] -> None
        | stored ->
            let emitter =
                LoopEmitter(table, accesses, grouping.RoleOf, placements, group, LoopGroup.extents group)

            Some(Step.create [ KernelCall.Loop(emitter.Emit(withLayouts stored)) ])

    let lowerEpilogue (grouping: Grouping) (epilogue: ProductEpilogue) : Epilogue =
        let emitter =
            LoopEmitter(table, accesses, grouping.RoleOf, placements, epilogue.Group, epilogue.Extents)

        emitter.LoadFirst epilogue.Product
        let program, operands = emitter.Emit(withLayouts epilogue.Stored)

        {
            Program = program
            Operands = operands
        }

    /// The values that loops read from memory.
    let readByLoops (grouping: Grouping) : int seq =
        seq {
            for KeyValue(id, group) in grouping.Groups do
                for value in group.Members do
                    let count = LoopGroup.positionCount table value
                    let struct (elements, _) = accesses.Sources(value, Layout.identity count)

                    for source, layout in elements do
                        let isHandedOver =
                            match grouping.GroupOf.TryGetValue source with
                            | true, found ->
                                found = id
                                && LoopGroup.isHandedOver group (count <> group.Size) grouping.RoleOf[source] layout
                            | false, _ -> false

                        if not isHandedOver then
                            source
        }

    /// Steps for these results and updates.
    member _.Lower(results: (string * int) list, updates: (int * int) list) : Lowered =
        for value in 0 .. table.Nodes.Length - 1 do
            if table.Kinds[value] = ValueKind.Kernel then
                lowerKernel value
            else
                grouper.Add value

        let updated = HashSet<int>(List.map fst updates)
        let leafCopies = List<int * Copy>()

        // The old value of an updated leaf has to be copied before it is lost.
        let resultOperand value =
            let operand = contiguous value

            if updated.Contains operand.Buffer then
                leafCopies.Add(
                    value,
                    {
                        ElementType = table.Nodes[value].ElementType
                        Size = table.Sizes[value]
                    }
                )

                start (table.Nodes.Length + leafCopies.Count - 1)
            else
                operand

        let resultOperands = [ for name, value in results -> name, resultOperand value, table.Nodes[value] ]

        let updateViews = [ for leaf, next in updates -> leaf, next, viewed next ]

        if options.MergesSmall then
            grouper.MergeSmall()

        let grouping = grouper.Result

        let copySteps = [
            for value in grouping.Copies do
                let view, extents = views.SourceOfCopy value
                Step.create [ Movement.materialize table extents view value ]
        ]

        let leafSteps = [
            for position, (value, _) in Seq.indexed leafCopies do
                let view = views.Find value

                Step.create [
                    Movement.materialize table table.Dimensions[value] view (table.Nodes.Length + position)
                ]
        ]

        let needed = HashSet<int>()

        for step in copySteps @ leafSteps do
            needed.UnionWith step.Reads

        for _, sources, _ in kernels do
            needed.UnionWith sources

        for _, operand, _ in resultOperands do
            needed.Add operand.Buffer |> ignore

        for _, _, view in updateViews do
            needed.Add view.Root |> ignore

        let grouping =
            if options.Sinks then
                Sinking.run table accesses needed.Contains grouping
            else
                grouping

        let grouping =
            if options.PlacesParts then
                let uses =
                    [
                        for step in copySteps @ leafSteps do
                            yield! step.Reads
                        for _, sources, _ in kernels do
                            yield! sources
                        for _, operand, _ in resultOperands do
                            operand.Buffer
                        for _, _, view in updateViews do
                            view.Root
                    ]
                    |> List.countBy id
                    |> Map.ofList

                // What another kernel reads has to be contiguous.
                let single =
                    candidates |> Seq.filter (fun (value, _) -> uses[value] = 1) |> List.ofSeq

                let chosen, grouping = Placements.choose table accesses single grouping

                placements <- chosen
                grouping
            else
                grouping

        needed.UnionWith(readByLoops grouping)

        let epilogues, grouping =
            if options.HasEpilogues then
                let products =
                    kernels
                    |> Seq.filter (fun (_, _, calls) ->
                        match calls () with
                        | [ KernelCall.MatrixProduct _ ] -> true
                        | _ -> false)
                    |> Seq.map (fun (value, _, _) -> value)
                    |> HashSet

                Epilogues.extract table accesses products.Contains needed.Contains grouping
            else
                [], grouping

        let epilogueOf =
            epilogues
            |> List.map (fun epilogue -> epilogue.Product, lowerEpilogue grouping epilogue)
            |> Map.ofList

        let withEpilogue value call =
            match call with
            | KernelCall.MatrixProduct product ->
                KernelCall.MatrixProduct {
                    product with
                        Epilogue = Map.tryFind value epilogueOf
                }
            | other -> other

        let kernelSteps = [
            for value, sources, calls in kernels ->
                let step = calls () |> List.map (withEpilogue value) |> Step.create

                {
                    step with
                        Reads = List.distinct (sources @ step.Reads)
                        Writes = List.distinct (value :: step.Writes)
                }
        ]

        let loopSteps =
            grouping.Groups
            |> Seq.choose (fun pair -> lowerGroup grouping needed.Contains pair.Value)
            |> List.ofSeq

        {
            Table = table
            Steps = copySteps @ leafSteps @ kernelSteps @ loopSteps
            Copies = leafCopies |> Seq.map snd |> List.ofSeq
            Results = resultOperands
            Updates = updateViews
            Placements = placements
        }
