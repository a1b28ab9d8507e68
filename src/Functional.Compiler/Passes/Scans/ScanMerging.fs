namespace Functional.Compiler.Passes.Scans

open System.Collections.Generic
open Functional.Core.Graph

/// One loop for loops over the same inputs whose steps are the same and that differ only in what they give out; and of
/// every loop only what something reads.
[<RequireQualifiedAccess>]
module ScanMerging =

    /// What loops have in common that can be one: everything but the outputs.
    let private withoutOutputs (scan: Scan) : Scan = {
        scan with
            Body = {
                scan.Body with
                    Outputs = List.take scan.CarryCount scan.Body.Outputs
            }
    }

    let private merge (graph: Graph) : Graph =
        let ids = Graph.ids graph

        let results = [
            for node in graph.Nodes do
                match node.Operation with
                | Operation.Scan(scan, result) ->
                    (withoutOutputs scan, [ for input in node.Inputs -> ids[input] ]), (node, scan, result)
                | _ -> ()
        ]

        let replacements = Dictionary<Node, struct (Scan * int)>(HashIdentity.Reference)

        for (common, _), members in List.groupBy fst results do
            let position (scan: Scan) result = List.item result scan.Body.Outputs

            let outputs =
                members
                |> List.choose (fun (_, (_, scan, result)) ->
                    if result < scan.CarryCount then
                        None
                    else
                        Some(position scan result))
                |> List.distinct

            let merged = {
                common with
                    Body = {
                        common.Body with
                            Outputs = common.Body.Outputs @ outputs
                    }
            }

            for _, (node, scan, result) in members do
                let number =
                    if result < scan.CarryCount then
                        result
                    else
                        scan.CarryCount + List.findIndex ((=) (position scan result)) outputs

                replacements[node] <- struct (merged, number)

        graph
        |> Graph.rewrite (fun node inputs ->
            match replacements.TryGetValue node with
            | true, struct (scan, number) -> Node.Create(Operation.Scan(scan, number), Array.ofSeq inputs)
            | false, _ -> Graph.withInputs node inputs)

    /// The loop without the carries and inputs that its results do not need.
    let private trim (loop: Loop) : Map<int, Node> option =
        let outputs =
            loop.Needed
            |> Seq.filter (fun number -> number >= loop.Scan.CarryCount)
            |> List.ofSeq

        let made = [ for number in outputs -> loop.Made[number] ]
        let asked = loop.Needed |> Set.filter (fun number -> number < loop.Scan.CarryCount)
        let carries = Loop.carriesFor loop (fun _ -> false) asked made
        let last, stacks = Loop.rebuild loop carries [] made
        Some(Map.ofList (Map.toList last @ List.zip outputs stacks))

    /// The graph with its loops merged.
    let run (graph: Graph) : Graph =
        if Seq.exists (fun (node: Node) -> node.Operation.IsScan) graph.Nodes then
            graph |> merge |> Loop.rewrite trim
        else
            graph
