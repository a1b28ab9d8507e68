namespace Functional.Compiler.Passes.Scans

open System.Collections.Generic
open Functional.Core.Graph
open Functional.Core.Tensors

/// What a loop's steps compute from sequences alone, with a product in it, is computed before the loop for all positions
/// at once, and comes in as a sequence.
[<RequireQualifiedAccess>]
module internal HoistedBefore =

    let private isGrowing (node: Node) : bool =
        match node.Operation with
        | Operation.Broadcast _ -> Shape.size node.Shape <> Shape.size node.Inputs[0].Shape
        | _ -> false

    /// What depends on no carry, outside of the loop, as far as it can be.
    let private outsideOf (loop: Loop) : Dictionary<Node, Outside> =
        let ofCarries = Loop.dependents loop (fun number -> number < loop.Scan.CarryCount)

        let ofSequences =
            Loop.dependents loop (fun number -> number < Loop.sequenceEnd loop)

        let outside = Dictionary<Node, Outside>(HashIdentity.Reference)
        let same = Dictionary<Node, Node>(HashIdentity.Reference)

        for KeyValue(number, leaf) in loop.Leaves do
            if number >= Loop.sequenceEnd loop then
                same[leaf] <- loop.Inputs[number]
            elif number >= loop.Scan.CarryCount then
                outside[leaf] <- Outside.Stacked loop.Inputs[number]

        let fixedNodes =
            loop.Nodes |> Array.filter (ofSequences.Contains >> not) |> List.ofArray

        for node, value in List.zip fixedNodes (Bodies.substitute same fixedNodes) do
            outside[node] <- Outside.Same value

        for node in loop.Nodes do
            if
                not (outside.ContainsKey node)
                && not (ofCarries.Contains node)
                && Seq.forall outside.ContainsKey node.Inputs
            then
                match Vectorizing.tryLift loop.Scan.Length node [ for input in node.Inputs -> outside[input] ] with
                | Some lifted -> outside[node] <- Outside.Stacked lifted
                | None -> ()

        outside

    /// The nodes that come in as sequences: made of products, and used by what has to stay.
    let private frontier (loop: Loop) (outside: Dictionary<Node, Outside>) (roots: Node list) : Node list =
        let heavy = HashSet<Node>(HashIdentity.Reference)

        for node in loop.Nodes do
            match outside.TryGetValue node with
            | true, Outside.Stacked _ when Vectorizing.isHeavy node || Seq.exists heavy.Contains node.Inputs ->
                heavy.Add node |> ignore
            | _ -> ()

        let isTaken (node: Node) =
            heavy.Contains node && not (isGrowing node)

        let reached = Loop.below isTaken roots

        let users = reached |> Seq.collect _.Inputs |> Seq.append roots

        users
        |> Seq.filter isTaken
        |> (fun found -> HashSet<Node>(found, HashIdentity.Reference))
        |> fun found -> loop.Nodes |> Array.filter found.Contains |> List.ofArray

    /// The results of the loop with less in its steps.
    let run (loop: Loop) : Map<int, Node> option =
        let outside = outsideOf loop

        let results =
            loop.Needed
            |> Seq.filter (fun number -> number >= loop.Scan.CarryCount)
            |> List.ofSeq

        // What needs no carry is no business of the loop at all.
        let before, inside =
            results |> List.partition (fun number -> outside.ContainsKey loop.Made[number])

        let made = [ for number in inside -> loop.Made[number] ]
        let asked = loop.Needed |> Set.filter (fun number -> number < loop.Scan.CarryCount)
        let all = Loop.carriesFor loop (fun _ -> false) asked made

        let hoisted =
            frontier loop outside ([ for carry in all -> loop.Made[carry] ] @ made)

        if hoisted.IsEmpty && before.IsEmpty then
            None
        else
            let further = [
                for node in hoisted -> node, Vectorizing.spread loop.Scan.Length outside[node]
            ]

            let last, stacks = Loop.rebuild loop all further made

            Some(
                Map.ofList (
                    Map.toList last
                    @ List.zip inside stacks
                    @ [
                        for number in before -> number, Vectorizing.spread loop.Scan.Length outside[loop.Made[number]]
                    ]
                )
            )
