namespace Functional.Compiler

open Functional.Core.Graph
open Functional.Compiler.Fusion
open Functional.Compiler.Passes
open Functional.Compiler.Planning

/// Which passes run.
type CompilerOptions = {
    /// Names of Pipeline.names that are switched off.
    Disabled: Set<string>
    /// Whether every graph between passes is checked; a broken one raises InvalidOperationException.
    ChecksGraphs: bool
}

[<RequireQualifiedAccess>]
module CompilerOptions =

    /// Every pass on, no checks.
    let standard: CompilerOptions = {
        Disabled = Set.empty
        ChecksGraphs = false
    }

/// From a computation to a plan.
[<RequireQualifiedAccess>]
module Compiler =

    let private check (options: CompilerOptions) (stage: string) (graph: Graph) : Graph =
        if options.ChecksGraphs then
            match GraphCheck.problems graph with
            | [] -> ()
            | problems ->
                let list = String.concat "; " problems
                invalidOp $"Bug in Functional: the graph after '{stage}' is not legal: {list}. Please report it."

        graph

    let private validate (computation: Computation) : unit =
        for leaf, next in computation.Updates do
            match leaf.Operation with
            | Operation.Leaf((LeafKind.Parameter | LeafKind.Variable), name, _, _) ->
                if leaf.Shape <> next.Shape || leaf.ElementType <> next.ElementType then
                    invalidArg
                        (nameof computation)
                        $"The next value of '{name}' has shape {next.Shape}, but '{name}' has shape {leaf.Shape}."
            | _ -> invalidArg (nameof computation) "Only parameters and variables can be updated."

    /// The plan of a computation for these sizes. Raises ArgumentException when a size is missing.
    let rec compile (options: CompilerOptions) (sizes: Map<string, int>) (computation: Computation) : Plan =
        validate computation
        let isOn name = not (options.Disabled.Contains name)

        // The updated leaves are outputs too, so that they are in the graph even when nothing reads them.
        let outputs = Computation.outputs computation @ List.map fst computation.Updates

        let specialized = Specialization.run sizes outputs |> check options "specialization"

        let graph =
            (specialized, Pipeline.passes)
            ||> List.fold (fun graph (name, pass) ->
                if isOn name then
                    pass graph |> check options name
                else
                    graph)

        let table = ValueTable.create graph
        let views = Views table
        let accesses = Accesses(table, views, isOn Pipeline.recomputation)
        let grouper = Grouper(table, views, accesses, isOn Pipeline.fusion)
        let values = [ for output in graph.Outputs -> table.Ids[output] ]
        let resultCount = computation.Results.Length
        let updateCount = computation.Updates.Length

        let results =
            List.zip (List.map fst computation.Results) (List.take resultCount values)

        let updates =
            List.zip
                (List.skip (resultCount + updateCount) values)
                (List.take updateCount (List.skip resultCount values))

        let lowering = {
            MergesSmall = isOn Pipeline.merging
            Sinks = isOn Pipeline.sinking
            PlacesParts = isOn Pipeline.placement
            HasEpilogues = isOn Pipeline.epilogues
            CompileBody = compile options Map.empty
        }

        Lowerer(table, views, accesses, grouper, lowering).Lower(results, updates)
        |> PlanAssembly.assemble {
            UpdatesInPlace = isOn Pipeline.updatesInPlace
            SharesInPlace = isOn Pipeline.sharingInPlace
            ReusesMemory = isOn Pipeline.memoryReuse
            SchedulesForMemory = isOn Pipeline.memorySchedule
            AccumulatesProducts = isOn Pipeline.accumulation
            FoldsCopies = isOn Pipeline.copyFolding
        }
