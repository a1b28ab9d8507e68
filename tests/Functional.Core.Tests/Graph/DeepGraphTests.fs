namespace Functional.Core.Tests

open System.Collections.Immutable
open Functional.Core.Gradients
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Testing
open Xunit

/// Graphs far deeper than a stack, and graphs with more paths than could ever be walked.
module DeepGraphTests =

    let private depth = 100000

    let private x = FiniteDifferences.leaf "x" []

    let private chain (length: int) (start: Node) : Node =
        (start, seq { 1..length }) ||> Seq.fold (fun node _ -> Ops.sin node)

    let private doubled (times: int) (start: Node) : Node =
        (start, seq { 1..times }) ||> Seq.fold (fun node _ -> node + node)

    let private at (value: float) (nodes: Node list) : float list =
        Interpreter.run (Map [ "x", Literal.scalar ElementType.Float64 value ]) (Graph.create nodes)
        |> List.map Literal.item

    [<Fact>]
    let ``a graph 100,000 nodes deep can be made, differentiated and computed`` () =
        let output = chain depth x
        let graph = Graph.create [ output ]
        Assert.Equal(depth + 1, graph.Nodes.Length)

        let results = at 0.0 [ output; List.head (Gradient.gradients output [ x ]) ]
        Assert.Equal<float list>([ 0.0; 1.0 ], results)

    [<Fact>]
    let ``a rewrite may answer with nodes 100,000 deep`` () =
        let rule (node: Node) (inputs: ImmutableArray<Node>) : Node =
            match node.Operation with
            | Operation.Unary UnaryFunction.Cos -> chain depth inputs[0]
            | _ -> Graph.withInputs node inputs

        let graph = Graph.build rule [ Ops.cos x ]
        Assert.Equal(depth + 1, graph.Nodes.Length)

    [<Fact>]
    let ``a value with 2^1000 paths to its output is one node for every step`` () =
        let output = doubled 1000 x
        Assert.Equal(1001, (Graph.create [ output ]).Nodes.Length)

        let results = at 1.0 [ output; List.head (Gradient.gradients output [ x ]) ]
        Assert.Equal<float list>([ 2.0 ** 1000.0; 2.0 ** 1000.0 ], results)

    [<Fact>]
    let ``a rewrite may answer with values that have 2^1000 paths, made anew or from old nodes`` () =
        let old = doubled 1000 (FiniteDifferences.leaf "x" [])

        let rule (node: Node) (inputs: ImmutableArray<Node>) : Node =
            match node.Operation with
            | Operation.Unary UnaryFunction.Cos -> doubled 1000 inputs[0]
            | Operation.Unary UnaryFunction.Sin -> old
            | _ -> Graph.withInputs node inputs

        let graph = Graph.build rule [ Ops.cos x; Ops.sin x ]
        Assert.Same(graph.Outputs[0], graph.Outputs[1])
        Assert.Equal(1001, graph.Nodes.Length)
