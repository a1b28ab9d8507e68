namespace Functional.Compiler.Passes

open System.Collections.Generic
open System.Collections.Immutable
open Functional.Core.Graph
open Functional.Compiler.Passes.Laws

/// The gradient of a rectifier asks whether its input was above zero. The output knows that as well, and the output is in
/// memory for the next layer anyway: with x > 0 written as relu(x) > 0 the input needs no memory.
[<RequireQualifiedAccess>]
module RectifierMasks =

    /// x, when a node is x > 0.
    let private (|AboveZero|_|) (node: Node) =
        match node.Operation with
        | Operation.Compare Comparison.Greater ->
            match node.Inputs[1] with
            | Number 0.0 -> Some node.Inputs[0]
            | _ -> None
        | _ -> None

    /// The condition of a rectifier: select(x > 0, x, slope * x), with no negative slope.
    let private tryCondition (node: Node) : Node option =
        match node.Operation with
        | Operation.Select ->
            match node.Inputs[0] with
            | AboveZero x when isSame x node.Inputs[1] ->
                match node.Inputs[2] with
                | Number 0.0 -> Some node.Inputs[0]
                | Binary(BinaryFunction.Multiply, y, Number slope)
                | Binary(BinaryFunction.Multiply, Number slope, y) when isSame x y && slope >= 0.0 ->
                    Some node.Inputs[0]
                | _ -> None
            | _ -> None
        | _ -> None

    /// The graph in which every other use of a rectifier's condition looks at the rectifier's output.
    let run (graph: Graph) : Graph =
        let rectifiers = Dictionary<Node, Node>(HashIdentity.Reference)

        for node in graph.Nodes do
            match tryCondition node with
            | Some condition -> rectifiers[condition] <- node
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
                    match rectifiers.TryGetValue before with
                    | true, rectifier when not (obj.ReferenceEquals(rectifier, node)) ->
                        let output = rebuild rectifier
                        Node.Create(after.Operation, output, Uniform.like output 0.0)
                    | _ -> after

                let built =
                    Graph.withInputs node (Seq.map2 replace node.Inputs inputs |> ImmutableArray.CreateRange)

                rewritten[node] <- built
                built

            Graph.rewrite rule graph.Outputs
