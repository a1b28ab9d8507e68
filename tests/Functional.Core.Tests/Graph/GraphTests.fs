namespace Functional.Core.Tests

open System.Collections.Generic
open System.Collections.Immutable
open Functional.Core.Gradients
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Testing
open Xunit

module GraphTests =

    let private x = FiniteDifferences.leaf "x" [ 2; 3 ]

    let private count (nodes: Node list) : int = (Graph.create nodes).Nodes.Length

    let private constant value = Ops.scalar ElementType.Float64 value

    [<Fact>]
    let ``structurally equal nodes become one`` () =
        let build () =
            Ops.softmax 1 (FiniteDifferences.leaf "x" [ 2; 3 ] * 2.0)

        let graph = Graph.create [ build (); build () ]

        Assert.Same(graph.Outputs[0], graph.Outputs[1])
        Assert.Equal(count [ build () ], graph.Nodes.Length)

    [<Fact>]
    let ``a mean that keeps its axes is the mean without them, and computed once`` () =
        let graph =
            Graph.create [ Ops.mean [ 0 ] true x; Ops.expandDimensions [ 0 ] (Ops.mean [ 0 ] false x) ]

        Assert.Same(graph.Outputs[0], graph.Outputs[1])

    [<Fact>]
    let ``writing an expression twice adds no nodes to its graph`` () =
        Law.holds 100 OperationCases.any (fun case ->
            let build () =
                let inputs =
                    case.Inputs
                    |> List.mapi (fun position input -> Ops.input $"x{position}" input.Shape input.ElementType)

                Node.Create(case.Operation, Array.ofList inputs)

            count [ build () ] = count [ build (); build () ])

    [<Fact>]
    let ``operations that differ in anything stay apart`` () =
        let different = [
            Ops.sin x
            Ops.cos x
            Ops.transpose [ 1; 0 ] x
            Ops.reshape (Shape.ofInts [ 3; 2 ]) x
            Ops.reshape (Shape.ofInts [ 6 ]) x
            Ops.sum [ 0 ] false x
            Ops.sum [ 1 ] false x
            Ops.max [ 0 ] false x
            Ops.cast ElementType.Float32 x
            Ops.cast ElementType.Int32 x
            x - constant 1.0
            constant 1.0 - x
        ]

        let graph = Graph.create different
        Assert.Equal(different.Length, HashSet(graph.Outputs, HashIdentity.Reference).Count)

    [<Fact>]
    let ``leaves of one kind and name are one, of another kind or name they are not`` () =
        let shape = Shape.ofInts [ 2 ]

        let leaves = [
            Ops.input "a" shape ElementType.Float64
            Ops.input "a" shape ElementType.Float64
            Ops.input "b" shape ElementType.Float64
            Ops.parameter "a" shape ElementType.Float64
            Ops.variable "a" shape ElementType.Float64
        ]

        let graph = Graph.create leaves
        Assert.Equal(4, graph.Nodes.Length)

        Assert.Equal<(LeafKind * string) list>(
            [
                LeafKind.Input, "a"
                LeafKind.Input, "b"
                LeafKind.Parameter, "a"
                LeafKind.Variable, "a"
            ],
            [ for kind, name, _ in Graph.leaves graph -> kind, name ]
        )

    [<Fact>]
    let ``0 and -0 stay apart, NaN is one constant`` () =
        Assert.Equal(2, count [ constant 0.0; constant -0.0 ])
        Assert.Equal(1, count [ constant nan; constant nan ])
        Assert.Equal(2, count [ constant 1.0; Ops.scalar ElementType.Float32 1.0 ])

    [<Fact>]
    let ``padding with 0 and with -0 stay apart, with NaN it is one`` () =
        let padded value =
            let axis = {
                Low = Dimension.known 1
                High = Dimension.known 0
                Interior = 0
            }

            Ops.pad [ axis; axis ] value x

        Assert.Equal(3, count [ padded 0.0; padded -0.0 ])
        Assert.Equal(2, count [ padded nan; padded nan ])

    [<Fact>]
    let ``every node stands after its inputs, and its id is its position`` () =
        let loss = Ops.mean [ 0; 1 ] false (Ops.square (Ops.softmax 1 x - 0.5))
        let graph = Graph.create (loss :: Gradient.gradients loss [ x ])
        let ids = Graph.ids graph

        for position in 0 .. graph.Nodes.Length - 1 do
            let node = graph.Nodes[position]
            Assert.Equal(position, ids[node])

            for input in node.Inputs do
                Assert.True(ids[input] < position)

    [<Fact>]
    let ``outputs keep their order and number`` () =
        let sine, cosine = Ops.sin x, Ops.cos x
        let graph = Graph.create [ cosine; sine; cosine; x ]

        let operations =
            graph.Outputs |> Seq.map (fun output -> output.Operation) |> List.ofSeq

        Assert.Equal<Operation list>([ cosine.Operation; sine.Operation; cosine.Operation; x.Operation ], operations)

        Assert.Same(graph.Outputs[0], graph.Outputs[2])

    [<Fact>]
    let ``a graph of a graph's outputs is the same graph`` () =
        let loss = Ops.logSumExp [ 0; 1 ] false (x * x)
        let graph = Graph.create (loss :: Gradient.gradients loss [ x ])
        let again = Graph.create graph.Outputs

        Assert.Equal<Node>(Seq.ofArray (Array.ofSeq graph.Nodes), Seq.ofArray (Array.ofSeq again.Nodes))

    [<Fact>]
    let ``a rewrite sees the new inputs and drops what is not needed any more`` () =
        // Doubling becomes adding; the constant 2 is needed no more.
        let rule (node: Node) (inputs: ImmutableArray<Node>) : Node =
            match node.Operation with
            | Operation.Binary BinaryFunction.Multiply -> inputs[0] + inputs[0]
            | _ -> Graph.withInputs node inputs

        let graph = Graph.build rule [ Ops.sin (x * 2.0) * 2.0 ]

        Assert.Equal(
            "%0 = Input 'x' : float64 (2, 3)\n\
             %1 = Add %0 %0 : float64 (2, 3)\n\
             %2 = Sin %1 : float64 (2, 3)\n\
             %3 = Add %2 %2 : float64 (2, 3)\n\
             return %3",
            GraphPrinter.print graph
        )

    [<Fact>]
    let ``a rewrite joins nodes that became equal`` () =
        let rule (node: Node) (inputs: ImmutableArray<Node>) : Node =
            match node.Operation with
            | Operation.Unary UnaryFunction.Cos -> Ops.sin inputs[0]
            | _ -> Graph.withInputs node inputs

        let graph = Graph.build rule [ Ops.exp (Ops.sin x); Ops.exp (Ops.cos x) ]

        Assert.Same(graph.Outputs[0], graph.Outputs[1])

    [<Fact>]
    let ``the names of a graph are the sizes that its values need`` () =
        let shape = Shape.create [ Dimension.batch; Dimension.named "time" ]
        let data = Ops.input "data" shape ElementType.Float64

        Assert.Equal<Set<string>>(set [ "batch"; "time" ], Graph.names (Graph.create [ Ops.sin data ]))
        Assert.Equal<Set<string>>(Set.empty, Graph.names (Graph.create [ x ]))
