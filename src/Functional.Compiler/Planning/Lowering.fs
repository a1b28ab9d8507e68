namespace Functional.Compiler.Planning

open System.Collections.Generic
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Compiler.Fusion

/// What lowering does beyond one kernel per group or operation.
[<NoEquality; NoComparison>]
type internal LoweringOptions = {
    MergesSmall: bool
    Sinks: bool
    PlacesParts: bool
    HasEpilogues: bool
    /// The plan of a loop's body.
    CompileBody: Computation -> Plan
}

/// From a graph to steps: loops, kernels and copies.
type internal Lowerer(table: ValueTable, views: Views, accesses: Accesses, grouper: Grouper, options: LoweringOptions) =
    let kernelLowerer = KernelLowerer(table, views, grouper, options.CompileBody)
    let mutable placements = Dictionary<int, Placement>()

    let withLayouts (values: int list) =
        values |> List.map (fun value -> value, LoopGroup.resultLayout table value)

    let lowerGroup (grouping: Grouping) (isNeeded: int -> bool) (group: LoopGroup) : Step option =
        match group.Members |> List.filter isNeeded with
        | [] -> None
        | stored ->
            let emitter =
                LoopEmitter(table, accesses, grouping.RoleOf, placements, group, LoopGroup.extents group)

            Some(Step.create [ emitter.Emit(withLayouts stored) ||> KernelCall.loop ])

    let lowerEpilogue (grouping: Grouping) (epilogue: KernelEpilogue) : Epilogue<value> =
        let emitter =
            LoopEmitter(table, accesses, grouping.RoleOf, placements, epilogue.Group, epilogue.Extents)

        emitter.LoadFirst epilogue.Kernel
        emitter.Emit(withLayouts epilogue.Stored) ||> KernelCall.epilogue

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
                kernelLowerer.Add value
            else
                grouper.Add value

        let updated = HashSet<int>(List.map fst updates)
        let leafCopies = List<int * Copy>()

        // The old value of an updated leaf has to be copied before it is lost.
        let resultOperand value =
            let operand = kernelLowerer.Contiguous value

            if updated.Contains(int operand.Id) then
                leafCopies.Add(
                    value,
                    {
                        ElementType = table.Nodes[value].ElementType
                        Size = table.Sizes[value]
                    }
                )

                Operand.ofValue (table.Nodes.Length + leafCopies.Count - 1)
            else
                operand

        let resultOperands = [ for name, value in results -> name, resultOperand value, table.Nodes[value] ]

        let updateViews = [ for leaf, next in updates -> leaf, next, kernelLowerer.Viewed next ]

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

        for kernel in kernelLowerer.Kernels do
            needed.UnionWith kernel.Sources

        for _, operand, _ in resultOperands do
            needed.Add(int operand.Id) |> ignore

        for _, _, view in updateViews do
            needed.Add view.Root |> ignore

        let grouping =
            if options.Sinks then
                Sinking.run table accesses needed.Contains grouping
            else
                grouping

        let grouping =
            if options.PlacesParts then
                let reads =
                    [
                        for step in copySteps @ leafSteps do
                            yield! step.Reads
                        for kernel in kernelLowerer.Kernels do
                            yield! kernel.Sources
                        for _, operand, _ in resultOperands do
                            int operand.Id
                        for _, _, view in updateViews do
                            view.Root
                    ]
                    |> List.countBy id
                    |> Map.ofList

                let chosen, grouping =
                    Placements.choose table accesses (kernelLowerer.Candidates reads) grouping

                placements <- chosen
                kernelLowerer.Place chosen
                grouping
            else
                grouping

        needed.UnionWith(readByLoops grouping)

        let epilogues, grouping =
            if options.HasEpilogues then
                let products =
                    kernelLowerer.Kernels
                    |> Seq.filter (fun kernel ->
                        match kernel.Calls() with
                        | [ call ] -> KernelCall.canHaveEpilogue call.Kernel
                        | _ -> false)
                    |> Seq.map _.Value
                    |> HashSet

                Epilogues.extract table accesses products.Contains needed.Contains grouping
            else
                [], grouping

        let epilogueOf =
            epilogues
            |> List.map (fun epilogue -> epilogue.Kernel, lowerEpilogue grouping epilogue)
            |> Map.ofList

        let withEpilogue value (call: KernelCall<value>) = {
            call with
                Epilogue = Map.tryFind value epilogueOf
        }

        let kernelSteps = [
            for kernel in kernelLowerer.Kernels ->
                let step = kernel.Calls() |> List.map (withEpilogue kernel.Value) |> Step.create

                {
                    step with
                        Reads = List.distinct (kernel.Sources @ step.Reads)
                        Writes = List.distinct (kernel.Value :: step.Writes)
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
