namespace Functional.Compiler.Passes.Laws

open Functional.Core.Graph
open Functional.Core.Tensors

/// An equation between graphs, read from left to right: the node that replaces one, where the law applies.
[<NoEquality; NoComparison>]
type Law = {
    Name: string
    Apply: Node -> Node option
}

/// Values that are one number at every position.
[<RequireQualifiedAccess>]
module Uniform =

    /// The number, when a value is the same everywhere.
    let rec tryValue (node: Node) : float option =
        match node.Operation with
        | Operation.Constant literal ->
            let first = literal.Values[0]

            if Seq.forall ((=) first) literal.Values then
                Some first
            else
                None
        | Operation.Broadcast _
        | Operation.Reshape _
        | Operation.Transpose _
        | Operation.Slice _
        | Operation.Reverse _
        | Operation.StopGradient -> tryValue node.Inputs[0]
        | _ -> None

    /// A number at every position of a shape.
    let create (shape: Shape) (elementType: ElementType) (value: float) : Node =
        Ops.scalar elementType value |> Ops.broadcastTo shape

    /// A number at every position of another value, in its type.
    let like (node: Node) (value: float) : Node =
        create node.Shape node.ElementType value

    /// Whether a node is written the way create writes it.
    let isCanonical (node: Node) : bool =
        match node.Operation with
        | Operation.Constant _ -> Shape.rank node.Shape = 0
        | Operation.Broadcast _ ->
            match node.Inputs[0].Operation with
            | Operation.Constant _ -> Shape.rank node.Inputs[0].Shape = 0
            | _ -> false
        | _ -> false

/// Patterns over nodes.
[<AutoOpen>]
module internal NodePatterns =

    let (|Unary|_|) (node: Node) =
        match node.Operation with
        | Operation.Unary f -> Some(f, node.Inputs[0])
        | _ -> None

    let (|Binary|_|) (node: Node) =
        match node.Operation with
        | Operation.Binary f -> Some(f, node.Inputs[0], node.Inputs[1])
        | _ -> None

    let (|Number|_|) (node: Node) = Uniform.tryValue node

    /// x, when a node is x > 0.
    let (|AboveZero|_|) (node: Node) =
        match node.Operation with
        | Operation.Compare Comparison.Greater ->
            match node.Inputs[1] with
            | Number 0.0 -> Some node.Inputs[0]
            | _ -> None
        | _ -> None

    let (|Select|_|) (node: Node) =
        match node.Operation with
        | Operation.Select -> Some(node.Inputs[0], node.Inputs[1], node.Inputs[2])
        | _ -> None

    /// The same node object, or structurally one constant.
    let isSame (left: Node) (right: Node) : bool = obj.ReferenceEquals(left, right)

    /// x, when a node is max(x, 0) or select(x > 0, x, 0).
    let (|Rectified|_|) (node: Node) =
        match node with
        | Binary(BinaryFunction.Maximum, x, Number 0.0) -> Some x
        | Select(AboveZero x, y, Number 0.0) when isSame x y -> Some x
        | _ -> None

    let unary f (node: Node) = Node.Create(Operation.Unary f, node)

    let binary f (left: Node) (right: Node) =
        Node.Create(Operation.Binary f, left, right)
