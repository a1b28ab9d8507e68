namespace Functional.Compiler.Planning

open System.Collections.Generic
open System.Collections.Immutable
open Functional.Core.Graph
open Functional.Core.Tensors

/// How memory is planned.
type internal MemoryOptions = {
    UpdatesInPlace: bool
    SharesInPlace: bool
    ReusesMemory: bool
    SchedulesForMemory: bool
    AccumulatesProducts: bool
    FoldsCopies: bool
}

/// Puts steps in order, gives values buffers, and writes down the plan.
[<RequireQualifiedAccess>]
module internal PlanAssembly =

    let private externalOf (node: Node) : struct (LeafKind * string) =
        match node.Operation with
        | Operation.Leaf(kind, name, _, _) -> struct (kind, name)
        | operation -> invalidOp $"Bug in Functional: %A{operation} is no leaf. Please report it."

    let private floatType (table: ValueTable) : ElementType =
        let types =
            table.Nodes
            |> Seq.map _.ElementType
            |> Seq.filter ElementType.isFloating
            |> Seq.distinct
            |> List.ofSeq

        match types with
        | [] -> ElementType.Float32
        | [ single ] -> single
        | _ ->
            invalidArg
                "computation"
                "A plan has one floating type, but the computation uses float32 and float64; cast its inputs first."

    /// The plan of steps.
    let assemble (options: MemoryOptions) (lowered: Lowered) : Plan =
        let table = lowered.Table
        let updates = Updates.plan options.UpdatesInPlace lowered
        let copies = Array.ofList updates.Copies

        let describe value =
            if value < table.Nodes.Length then
                table.Nodes[value].ElementType, table.Sizes[value]
            else
                let copy = copies[value - table.Nodes.Length]
                copy.ElementType, copy.Size

        let isInArena value =
            not (updates.InPlace.ContainsKey value)
            && not (lowered.Placements.ContainsKey value)
            && (value >= table.Nodes.Length
                || match table.Kinds[value] with
                   | ValueKind.Leaf
                   | ValueKind.Constant -> false
                   | _ -> true)

        let kept =
            HashSet<int>(lowered.Results |> List.map (fun (_, operand, _) -> int operand.Id))

        let sizeInArena value =
            if isInArena value then
                let elementType, size = describe value
                int64 size * int64 (ElementType.sizeInBytes elementType)
            else
                0L

        let order =
            Schedule.order options.SchedulesForMemory sizeInArena kept.Contains updates.Graph

        let steps = [| for position in order -> updates.Graph.Steps[position] |]

        let owners, slots, arenaSize, unshared =
            MemoryPlan.create
                options.SharesInPlace
                options.ReusesMemory
                describe
                steps
                isInArena
                kept.Contains
                lowered.Placements

        let buffers = List<Buffer>()
        let numbers = Dictionary<int, int>()

        let rec bufferOf value =
            match numbers.TryGetValue value with
            | true, number -> number
            | false, _ ->
                let number =
                    match updates.InPlace.TryGetValue value, lowered.Placements.TryGetValue value with
                    | (true, leaf), _ -> bufferOf leaf
                    | _, (true, placement) -> bufferOf placement.Target
                    | _ ->
                        match owners.TryGetValue value with
                        | true, owner when owner <> value -> bufferOf owner
                        | _ ->
                            let elementType, size = describe value

                            let storage =
                                match slots.TryGetValue value with
                                | true, slot -> Storage.Arena slot.OffsetInBytes
                                | false, _ ->
                                    match table.Nodes[value].Operation with
                                    | Operation.Constant literal -> Storage.Constant literal
                                    | _ ->
                                        let struct (kind, name) = externalOf table.Nodes[value]
                                        Storage.External(kind, name)

                            buffers.Add {
                                ElementType = elementType
                                SizeInElements = size
                                Storage = storage
                            }

                            buffers.Count - 1

                numbers[value] <- number
                number

        let move (operand: Operand<value>) = {
            Operand.ofBuffer (bufferOf (int operand.Id)) with
                OffsetInElements = operand.OffsetInElements
        }

        let calls = [
            for step in steps do
                for call in step.Calls do
                    // Buffers are numbered as they are met in the plan's text.
                    for operand in KernelCall.operands call do
                        bufferOf (int operand.Id) |> ignore

                    KernelCall.mapOperands move call
        ]

        let calls =
            if options.FoldsCopies then
                CopyFolding.run buffers calls
            else
                calls

        let results: PlanResult list = [
            for name, operand, node in lowered.Results ->
                {
                    Name = name
                    Operand = move operand
                    ElementType = node.ElementType
                    Dimensions = ImmutableArray.CreateRange(Shape.known node.Shape)
                }
        ]

        let isResult buffer =
            results |> List.exists (fun (result: PlanResult) -> result.Operand.Id = buffer)

        let instructions =
            if options.AccumulatesProducts then
                Accumulation.run isResult calls
            else
                calls

        {
            FloatType = floatType table
            Buffers = buffers.ToImmutableArray()
            Instructions = ImmutableArray.CreateRange instructions
            Results = ImmutableArray.CreateRange results
            Updated =
                lowered.Updates
                |> Seq.map (fun (leaf, _, _) -> externalOf table.Nodes[leaf])
                |> ImmutableArray.CreateRange
            ArenaSizeInBytes = arenaSize
            UnsharedSizeInBytes = unshared
        }
