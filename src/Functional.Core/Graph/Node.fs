namespace Functional.Core.Graph

open System.Collections.Immutable
open Functional.Core.Tensors

/// One value of a computation: an operation on other values. Immutable; a node is made from nodes that exist, so cycles
/// cannot be written. Structurally equal nodes become one node when a Graph is made of them.
[<ReferenceEquality>]
type Node = {
    Operation: Operation
    Inputs: ImmutableArray<Node>
    Shape: Shape
    ElementType: ElementType
} with

    /// Applies an operation. Raises ArgumentException that names the shapes when they do not fit.
    static member Create(operation: Operation, [<System.ParamArray>] inputs: Node array) : Node =
        let signature = inputs |> Array.map (fun input -> input.Shape, input.ElementType)

        match ShapeInference.infer operation (List.ofArray signature) with
        | Ok(shape, elementType) -> {
            Operation = operation
            Inputs = ImmutableArray.Create<Node> inputs
            Shape = shape
            ElementType = elementType
          }
        | Error error -> invalidArg (nameof inputs) (ShapeError.explain error)

    /// Stretches a value to a shape, as NumPy's broadcast_to.
    static member internal Stretch (shape: Shape) (node: Node) : Node =
        if node.Shape = shape then
            node
        else
            Node.Create(Operation.Broadcast shape, node)

    /// Broadcasts two values to one shape and applies an operation to them.
    static member internal Broadcasting(operation: Operation, left: Node, right: Node) : Node =
        match Shape.tryBroadcast left.Shape right.Shape with
        | Ok shape -> Node.Create(operation, Node.Stretch shape left, Node.Stretch shape right)
        | Error error -> invalidArg (nameof right) (ShapeError.explain error)

    /// Values with one length on an axis of each, where their lengths may turn out to be equal.
    static member internal Meet(places: (Node * int) list) : Node list =
        let lengths =
            places |> List.map (fun (node, axis) -> Shape.dimension axis node.Shape)

        let common =
            (Some lengths.Head, lengths.Tail)
            ||> List.fold (fun common length -> common |> Option.bind (fun found -> Dimension.tryMeet found length))

        match common with
        | Some length ->
            places
            |> List.map (fun (node, axis) -> Node.Stretch (Shape.withDimension axis length node.Shape) node)
        | None -> List.map fst places

    /// A matrix product over the last two axes; lengths that are summed over, and leading ones, meet.
    static member internal MatMul(transposeLeft: bool, transposeRight: bool, left: Node, right: Node) : Node =
        let rank = Shape.rank left.Shape

        let pairs =
            if rank < 2 || Shape.rank right.Shape <> rank then
                []
            else
                [ for axis in 0 .. rank - 3 -> axis, axis ]
                @ [
                    (if transposeLeft then rank - 2 else rank - 1), (if transposeRight then rank - 1 else rank - 2)
                ]

        let factors =
            ([ left; right ], pairs)
            ||> List.fold (fun factors (ofLeft, ofRight) -> Node.Meet(List.zip factors [ ofLeft; ofRight ]))

        Node.Create(Operation.MatMul(transposeLeft, transposeRight), Array.ofList factors)

    /// A number in the element type of this value, without axes.
    member this.Number(value: float) : Node =
        Node.Create(Operation.Constant(Literal.scalar this.ElementType value))

    static member (+)(left: Node, right: Node) : Node =
        Node.Broadcasting(Operation.Binary BinaryFunction.Add, left, right)

    static member (-)(left: Node, right: Node) : Node =
        Node.Broadcasting(Operation.Binary BinaryFunction.Subtract, left, right)

    static member (*)(left: Node, right: Node) : Node =
        Node.Broadcasting(Operation.Binary BinaryFunction.Multiply, left, right)

    static member (/)(left: Node, right: Node) : Node =
        Node.Broadcasting(Operation.Binary BinaryFunction.Divide, left, right)

    static member (+)(left: Node, right: float) : Node = left + left.Number right
    static member (-)(left: Node, right: float) : Node = left - left.Number right
    static member (*)(left: Node, right: float) : Node = left * left.Number right
    static member (/)(left: Node, right: float) : Node = left / left.Number right
    static member (+)(left: float, right: Node) : Node = right.Number left + right
    static member (-)(left: float, right: Node) : Node = right.Number left - right
    static member (*)(left: float, right: Node) : Node = right.Number left * right
    static member (/)(left: float, right: Node) : Node = right.Number left / right

    static member (~-)(node: Node) : Node =
        Node.Create(Operation.Unary UnaryFunction.Negate, node)
