namespace Functional.Core.Gradients

open System.Collections.Generic
open Functional.Core.Graph
open Functional.Core.Tensors

/// Reverse-mode differentiation: from a graph to a graph.
[<RequireQualifiedAccess>]
module Gradient =

    /// What flows back to values from some others, each of which comes with the gradient of a scalar by it.
    let rec private flowBack (seeds: (Node * Node) list) (withRespectTo: Node list) : Node option list =
        let graph = Graph.create (List.map fst seeds @ withRespectTo)
        let gradients = Dictionary<Node, Node>(HashIdentity.Reference)
        let targets = Seq.skip seeds.Length graph.Outputs
        let needed = HashSet<Node>(targets, HashIdentity.Reference)
        let loops = Bodies.loops graph

        // A node is on a path when one of the values is below it; others need no gradient.
        let onPath = HashSet<Node>(HashIdentity.Reference)

        for node in graph.Nodes do
            if needed.Contains node || Seq.exists onPath.Contains node.Inputs then
                onPath.Add node |> ignore

        let find node =
            match gradients.TryGetValue node with
            | true, gradient -> Some gradient
            | false, _ -> None

        let isNeeded (input: Node) =
            onPath.Contains input && ElementType.isFloating input.ElementType

        let add (input: Node) (gradient: Node) =
            gradients[input] <-
                match find input with
                | Some sum -> sum + gradient
                | None -> gradient

        for output, (_, gradient) in Seq.zip graph.Outputs seeds do
            add output gradient

        let contributions (node: Node) : Node option list =
            match node.Operation with
            | Operation.Scan(scan, _) ->
                // What flows back from all results of a loop flows through one loop, when the last of it is there.
                if obj.ReferenceEquals(loops[node].Head, node) then
                    let upstreams =
                        loops[node]
                        |> List.choose (fun sibling ->
                            match sibling.Operation, find sibling with
                            | Operation.Scan(_, result), Some upstream -> Some(result, upstream)
                            | _ -> None)

                    ScanPullback.inputs flowBack scan (List.ofSeq node.Inputs) isNeeded (Map.ofList upstreams)
                else
                    []
            | _ ->
                match find node with
                | Some upstream -> Pullback.inputs node upstream
                | None -> []

        for index in graph.Nodes.Length - 1 .. -1 .. 0 do
            let node = graph.Nodes[index]

            if onPath.Contains node then
                for input, contribution in Seq.zip node.Inputs (contributions node) do
                    match contribution with
                    | Some gradient when isNeeded input -> add input gradient
                    | _ -> ()

        [ for target in targets -> find target ]

    /// The gradient of a scalar with respect to values; None where the scalar does not depend on one differentiably
    /// (not at all, or only through comparisons, positions, integers or stopGradient).
    let tryGradients (output: Node) (withRespectTo: Node list) : Node option list =
        if Shape.rank output.Shape <> 0 then
            invalidArg (nameof output) $"A gradient is taken of a number without axes, but the shape is {output.Shape}."

        if not (ElementType.isFloating output.ElementType) then
            invalidArg
                (nameof output)
                $"A gradient is taken of a floating number, but the type is {ElementType.name output.ElementType}."

        flowBack [ output, output.Number 1.0 ] withRespectTo

    /// The gradient of a scalar with respect to values. Raises ArgumentException where one cannot exist.
    let gradients (output: Node) (withRespectTo: Node list) : Node list =
        let describe (node: Node) =
            match node.Operation with
            | Operation.Leaf(_, name, _, _) -> $"'{name}'"
            | operation -> GraphPrinter.name operation

        for target in withRespectTo do
            if not (ElementType.isFloating target.ElementType) then
                invalidArg
                    (nameof withRespectTo)
                    $"{describe target} is {ElementType.name target.ElementType}: only floating values have gradients."

        List.map2
            (fun target gradient ->
                match gradient with
                | Some gradient -> gradient
                | None ->
                    invalidArg
                        (nameof withRespectTo)
                        $"The output does not depend differentiably on {describe target} of shape {target.Shape}: it is not used, or only through comparisons, argmax, integers or stopGradient.")
            withRespectTo
            (tryGradients output withRespectTo)
