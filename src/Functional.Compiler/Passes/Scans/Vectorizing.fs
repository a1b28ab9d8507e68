namespace Functional.Compiler.Passes.Scans

open Functional.Core.Graph
open Functional.Core.Tensors

/// A value of a loop's step as it is outside of the loop.
[<RequireQualifiedAccess>]
type internal Outside =
    /// The values of all positions along a new leading axis.
    | Stacked of node: Node
    /// The same value at every position.
    | Same of node: Node

/// Operations on all positions of a loop at once.
[<RequireQualifiedAccess>]
module internal Vectorizing =

    /// Whether one such operation over all positions is worth memory for its operands.
    let isHeavy (node: Node) : bool =
        match node.Operation with
        | Operation.MatMul _ -> true
        | _ -> false

    /// A value along the leading axis.
    let spread (length: Dimension) (value: Outside) : Node =
        match value with
        | Outside.Stacked node -> node
        | Outside.Same node -> Ops.broadcastTo (Shape.create (length :: Shape.dimensions node.Shape)) node

    /// The two leading axes as one.
    let flatten (node: Node) : Node =
        match Shape.dimensions node.Shape with
        | first :: second :: rest -> Ops.reshape (Shape.create (first * second :: rest)) node
        | _ -> node

    /// The operation of a node on all positions, given its inputs outside of the loop. None where there is no such
    /// operation.
    let tryLift (length: Dimension) (node: Node) (inputs: Outside list) : Node option =
        let behind = List.map ((+) 1)

        let stackedShape (shape: Shape) =
            Shape.create (length :: Shape.dimensions shape)

        let over (operation: Operation) =
            Some(Node.Create(operation, inputs |> List.map (spread length) |> Array.ofList))

        match node.Operation, inputs with
        | (Operation.Unary _ | Operation.Binary _ | Operation.Compare _ | Operation.Select | Operation.Cast _ | Operation.StopGradient),
          _ -> over node.Operation
        | Operation.Broadcast shape, [ Outside.Stacked value ] ->
            // Axes are aligned at the right: those that the broadcast adds go between the positions and the others.
            let added = Shape.rank shape - Shape.rank value.Shape + 1

            let lengths =
                length :: List.replicate added (Dimension.known 1)
                @ List.tail (Shape.dimensions value.Shape)

            value
            |> Ops.reshape (Shape.create lengths)
            |> Ops.broadcastTo (stackedShape shape)
            |> Some
        | Operation.Reshape shape, _ -> over (Operation.Reshape(stackedShape shape))
        | Operation.Transpose permutation, _ -> over (Operation.Transpose(0 :: behind permutation))
        | Operation.Slice axes, _ -> over (Operation.Slice(Ops.wholeAxis length :: axes))
        | Operation.Pad(axes, value), _ ->
            let nothing = {
                Low = Dimension.known 0
                High = Dimension.known 0
                Interior = 0
            }

            over (Operation.Pad(nothing :: axes, value))
        | Operation.Concatenate axis, _ -> over (Operation.Concatenate(axis + 1))
        | Operation.Reverse axes, _ -> over (Operation.Reverse(behind axes))
        | Operation.Reduce(reduction, axes), _ -> over (Operation.Reduce(reduction, behind axes))
        | Operation.ArgMax axis, _ -> over (Operation.ArgMax(axis + 1))
        | Operation.MatMul(false, transposeRight), [ Outside.Stacked left; Outside.Same right ] when
            Shape.rank right.Shape = 2
            ->
            Ops.matMulWith false transposeRight (flatten left) right
            |> Ops.reshape (stackedShape node.Shape)
            |> Some
        | Operation.MatMul _, _ -> over node.Operation
        | Operation.Gather 0, [ Outside.Same values; Outside.Stacked indices ] -> Some(Ops.gather 0 indices values)
        | Operation.Gather axis, [ Outside.Stacked values; Outside.Same indices ] ->
            Some(Ops.gather (axis + 1) indices values)
        | _ -> None
