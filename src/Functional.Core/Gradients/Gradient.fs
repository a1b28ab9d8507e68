namespace Functional.Core.Gradients

open System.Collections.Generic
open Functional.Core.Graph
open Functional.Core.Tensors

/// Reverse-mode differentiation: from a graph to a graph.
[<RequireQualifiedAccess>]
module Gradient =

    /// The gradient of a scalar with respect to values; None where the scalar does not depend on one differentiably
    /// (not at all, or only through comparisons, positions, integers or stopGradient).
    let tryGradients (output: Node) (withRespectTo: Node list) : Node option list =
        if Shape.rank output.Shape <> 0 then
            invalidArg (nameof output) $"A gradient is taken of a number without axes, but the shape is {output.Shape}."

        if not (ElementType.isFloating output.ElementType) then
            invalidArg
                (nameof output)
                $"A gradient is taken of a floating number, but the type is {ElementType.name output.ElementType}."

        let graph = Graph.create (output :: withRespectTo)
        let gradients = Dictionary<Node, Node>(HashIdentity.Reference)
        let needed = HashSet<Node>(Seq.skip 1 graph.Outputs, HashIdentity.Reference)

        // A node is on a path when one of the values is below it; others need no gradient.
        let onPath = HashSet<Node>(HashIdentity.Reference)

        for node in graph.Nodes do
            if needed.Contains node || Seq.exists onPath.Contains node.Inputs then
                onPath.Add node |> ignore

        gradients[graph.Outputs[0]] <- output.Number 1.0

        for index in graph.Nodes.Length - 1 .. -1 .. 0 do
            let node = graph.Nodes[index]

            match gradients.TryGetValue node with
            | true, upstream when onPath.Contains node ->
                for input, contribution in Seq.zip node.Inputs (Pullback.inputs node upstream) do
                    match contribution with
                    | Some gradient when onPath.Contains input && ElementType.isFloating input.ElementType ->
                        gradients[input] <-
                            match gradients.TryGetValue input with
                            | true, sum -> sum + gradient
                            | false, _ -> gradient
                    | _ -> ()
            | _ -> ()

        [
            for target in Seq.skip 1 graph.Outputs ->
                match gradients.TryGetValue target with
                | true, gradient -> Some gradient
                | false, _ -> None
        ]

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
