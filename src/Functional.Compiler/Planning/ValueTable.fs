namespace Functional.Compiler.Planning

open System.Collections.Immutable
open Functional.Core.Graph
open Functional.Core.Tensors

/// How a node becomes memory.
[<RequireQualifiedAccess>]
type internal ValueKind =
    /// Memory bound from outside.
    | Leaf
    | Constant
    /// Another way to look at its input's memory.
    | View
    /// One result per position, from the inputs' values at that position.
    | Map
    | Reduction
    /// A kernel of its own.
    | Kernel

/// A specialized graph with everything by number: a value is a node's position.
type internal ValueTable = {
    Nodes: ImmutableArray<Node>
    Kinds: ImmutableArray<ValueKind>
    Inputs: ImmutableArray<int array>
    Dimensions: ImmutableArray<int array>
    Sizes: ImmutableArray<int>
    /// Position of every node.
    Ids: System.Collections.Generic.IReadOnlyDictionary<Node, int>
    /// For every scan the results of the same loop.
    Loops: System.Collections.Generic.IReadOnlyDictionary<Node, Node list>
}

[<RequireQualifiedAccess>]
module internal ValueTable =

    let private kind (node: Node) : ValueKind =
        match node.Operation with
        | Operation.Leaf _ -> ValueKind.Leaf
        | Operation.Constant _ -> ValueKind.Constant
        | Operation.Size _ -> invalidOp "Bug in Functional: a size was not bound before planning. Please report it."
        | Operation.StopGradient
        | Operation.Broadcast _
        | Operation.Reshape _
        | Operation.Transpose _
        | Operation.Slice _
        | Operation.Reverse _ -> ValueKind.View
        | Operation.Iota _
        | Operation.Unary _
        | Operation.Binary _
        | Operation.Compare _
        | Operation.Select
        | Operation.Cast _ -> ValueKind.Map
        // A sum over axes of length 1 is the value under another shape.
        | Operation.Reduce _ when Shape.size node.Inputs[0].Shape = Shape.size node.Shape -> ValueKind.View
        | Operation.Reduce _ -> ValueKind.Reduction
        | Operation.Concatenate _ when node.Inputs.Length = 1 -> ValueKind.View
        | Operation.Random _
        | Operation.Pad _
        | Operation.Concatenate _
        | Operation.ArgMax _
        | Operation.CumulativeSum _
        | Operation.Hash _
        | Operation.MatMul _
        | Operation.Gather _
        | Operation.ScatterAdd _
        | Operation.Convolution _
        | Operation.ConvolutionInputGradient _
        | Operation.ConvolutionKernelGradient _
        | Operation.SumPool _
        | Operation.SumPoolGradient _
        | Operation.MaxPool _
        | Operation.SelectAndScatter _
        | Operation.SelectAndGather _ -> ValueKind.Kernel
        | Operation.Scan _ -> ValueKind.Kernel

    /// Numbers the nodes of a graph whose sizes are all bound.
    let create (graph: Graph) : ValueTable =
        let ids = Graph.ids graph

        let dimensions =
            graph.Nodes
            |> Seq.map (fun node -> Array.ofList (Shape.known node.Shape))
            |> ImmutableArray.CreateRange

        {
            Nodes = graph.Nodes
            Kinds = graph.Nodes |> Seq.map kind |> ImmutableArray.CreateRange
            Inputs =
                graph.Nodes
                |> Seq.map (fun node -> [| for input in node.Inputs -> ids[input] |])
                |> ImmutableArray.CreateRange
            Dimensions = dimensions
            Sizes = dimensions |> Seq.map (Array.fold (*) 1) |> ImmutableArray.CreateRange
            Ids = ids
            Loops = Bodies.loops graph
        }
