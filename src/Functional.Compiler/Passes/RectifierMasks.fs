namespace Functional.Compiler.Passes

open System.Collections.Generic
open System.Collections.Immutable
open Functional.Core.Graph
open Functional.Compiler.Passes.Laws

/// The gradient of a rectifier asks whether its input was above zero. The output knows that as well, and the output is in
/// memory for the next layer anyway: with x > 0 written as relu(x) > 0 the input needs no memory.
[<RequireQualifiedAccess>]
module RectifierMasks =

    /// What a node is the rectifier of, also one that gives slope * x below zero, with no negative slope.
    let private tryInput (node: Node) : Node option =
        match node with
        | Rectified x -> Some x
        | Select(AboveZero x, y, Binary(BinaryFunction.Multiply, z, Number slope))
        | Select(AboveZero x, y, Binary(BinaryFunction.Multiply, Number slope, z)) when
            isSame x y && isSame y z && slope >= 0.0
            ->
            Some x
        | _ -> None

    /// The graph in which every other question for the sign of a rectifier's input looks at the rectifier's output.
    let run (graph: Graph) : Graph =
        let rectifiers = Dictionary<Node, Node>(HashIdentity.Reference)

        for node in graph.Nodes do
            match tryInput node with
            | Some input -> rectifiers[input] <- node
            | None -> ()

        if rectifiers.Count = 0 then
            graph
        else
            let rewritten = Dictionary<Node, Node>(HashIdentity.Reference)

            // A rectifier's inputs stand before every use of its condition, but the rectifier itself may not.
            let rec rebuild (node: Node) : Node =
                match rewritten.TryGetValue node with
                | true, found -> found
                | false, _ ->
                    let built =
                        Graph.withInputs node (node.Inputs |> Seq.map rebuild |> ImmutableArray.CreateRange)

                    rewritten[node] <- built
                    built

            let rule (node: Node) (inputs: ImmutableArray<Node>) =
                let replace (before: Node) (after: Node) =
                    match before with
                    | AboveZero x ->
                        match rectifiers.TryGetValue x with
                        | true, rectifier when not (obj.ReferenceEquals(rectifier, node)) ->
                            let output = rebuild rectifier
                            Node.Create(after.Operation, output, Uniform.like output 0.0)
                        | _ -> after
                    | _ -> after

                let built =
                    Graph.withInputs node (Seq.map2 replace node.Inputs inputs |> ImmutableArray.CreateRange)

                rewritten[node] <- built
                built

            Graph.rewrite rule graph
