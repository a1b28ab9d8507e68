namespace Functional.Compiler.Passes.Scans

open System.Collections.Generic
open Functional.Core.Graph
open Functional.Core.Tensors

/// A loop that is taken apart: the nodes of its body with leaves of their own, and the values outside that they stand for.
[<NoEquality; NoComparison>]
type internal Loop = {
    Scan: Scan
    /// First carries, sequences, and what every step reads.
    Inputs: Node array
    /// The steps of the body in order.
    Nodes: Node array
    /// The leaf of each input that the body reads.
    Leaves: Map<int, Node>
    /// What a step makes: the next carries, then the outputs.
    Made: Node array
    /// The results that something reads.
    Needed: Set<int>
}

[<RequireQualifiedAccess>]
module internal Loop =

    /// Takes a loop apart.
    let create (scan: Scan) (inputs: Node seq) (needed: Set<int>) : Loop =
        let nodes = Bodies.nodes scan.Body

        {
            Scan = scan
            Inputs = Array.ofSeq inputs
            Nodes = nodes
            Leaves =
                Seq.zip nodes scan.Body.Steps
                |> Seq.choose (fun (node, step) -> BodyStep.tryInput step |> Option.map (fun number -> number, node))
                |> Map.ofSeq
            Made = Array.ofList (Bodies.outputs scan.Body nodes)
            Needed = needed
        }

    /// The end of the numbers of sequences.
    let sequenceEnd (loop: Loop) : int =
        loop.Scan.CarryCount + loop.Scan.SequenceCount

    /// What depends on some of the inputs.
    let dependents (loop: Loop) (isSource: int -> bool) : HashSet<Node> =
        let found = HashSet<Node>(HashIdentity.Reference)

        for KeyValue(number, leaf) in loop.Leaves do
            if isSource number then
                found.Add leaf |> ignore

        for node in loop.Nodes do
            if Seq.exists found.Contains node.Inputs then
                found.Add node |> ignore

        found

    /// Everything that some nodes of the body are made of; not what stands behind the known ones.
    let below (isKnown: Node -> bool) (nodes: Node list) : HashSet<Node> =
        HashSet<Node>(Graph.topological isKnown nodes, HashIdentity.Reference)

    /// The carries that the loop must hand on so that it makes these results and nodes: those asked for, and those that
    /// they depend on.
    let carriesFor (loop: Loop) (isKnown: Node -> bool) (asked: Set<int>) (roots: Node list) : Set<int> =
        let rec grow (carries: Set<int>) =
            let reached = below isKnown (roots @ [ for carry in carries -> loop.Made[carry] ])

            let next =
                loop.Leaves
                |> Map.toSeq
                |> Seq.filter (fun (number, leaf) -> number < loop.Scan.CarryCount && reached.Contains leaf)
                |> Seq.map fst
                |> Set.ofSeq
                |> Set.union carries

            if next = carries then carries else grow next

        grow asked

    /// A loop with some of the carries that makes these nodes of the body as outputs. Further sequences stand for nodes of
    /// the body. Gives the last carries by number, and the outputs.
    let rebuild
        (loop: Loop)
        (carries: Set<int>)
        (further: (Node * Node) list)
        (outputs: Node list)
        : Map<int, Node> * Node list =
        let scan = loop.Scan
        let kept = List.ofSeq carries

        let sequences = loop.Inputs[scan.CarryCount .. sequenceEnd loop - 1] |> List.ofArray

        let step (carried: Node list) (current: Node list) =
            let own, others = List.splitAt sequences.Length current
            let replacements = Dictionary<Node, Node>(HashIdentity.Reference)

            for KeyValue(number, leaf) in loop.Leaves do
                if number >= sequenceEnd loop then
                    replacements[leaf] <- loop.Inputs[number]
                elif number >= scan.CarryCount then
                    replacements[leaf] <- own[number - scan.CarryCount]

            for number, value in List.zip kept carried do
                match Map.tryFind number loop.Leaves with
                | Some leaf -> replacements[leaf] <- value
                | None -> ()

            for (node, _), value in List.zip further others do
                replacements[node] <- value

            Bodies.substitute replacements ([ for number in kept -> loop.Made[number] ] @ outputs)
            |> List.splitAt kept.Length

        let last, stacks =
            Scanning.scanOver
                scan.Length
                scan.IsReversed
                [ for number in kept -> loop.Inputs[number] ]
                (sequences @ List.map snd further)
                step

        Map.ofList (List.zip kept last), stacks

    /// A graph in which a rule replaces the results of every loop: it gets the loop on its new inputs and gives the result
    /// of each number, or None to leave it.
    let rewrite (rule: Loop -> Map<int, Node> option) (graph: Graph) : Graph =
        let loops = Bodies.loops graph

        if loops.Count = 0 then
            graph
        else
            let replacements = Dictionary<Node, Map<int, Node> option>(HashIdentity.Reference)

            graph
            |> Graph.rewrite (fun node inputs ->
                match node.Operation with
                | Operation.Scan(scan, result) ->
                    let siblings = loops[node]

                    let needed =
                        siblings
                        |> List.choose (fun sibling ->
                            match sibling.Operation with
                            | Operation.Scan(_, number) -> Some number
                            | _ -> None)
                        |> Set.ofList

                    if not (replacements.ContainsKey siblings.Head) then
                        replacements[siblings.Head] <- rule (create scan inputs needed)

                    match replacements[siblings.Head] with
                    | Some results -> results[result]
                    | None -> Graph.withInputs node inputs
                | _ -> Graph.withInputs node inputs)
