namespace Functional.Compiler.Passes.Laws

open Functional.Core.Graph
open Functional.Core.Tensors

/// The gradient of softmax, as the quotient rule writes it and as it should be computed.
[<RequireQualifiedAccess>]
module Softmax =

    let private (|Quotient|_|) (node: Node) =
        match node with
        | Binary(BinaryFunction.Divide, left, right) -> Some(left, right)
        | _ -> None

    /// x and the axes, when a node is the sum of x over axes, stretched over them again.
    let private (|StretchedSum|_|) (node: Node) =
        match node.Operation with
        | Operation.Broadcast _ ->
            match node.Inputs[0].Operation with
            | Operation.Reshape _ ->
                match node.Inputs[0].Inputs[0].Operation with
                | Operation.Reduce(Reduction.Sum, axes) ->
                    let x = node.Inputs[0].Inputs[0].Inputs[0]

                    let kept =
                        (x.Shape, axes)
                        ||> List.fold (fun shape axis -> Shape.withDimension axis (Dimension.known 1) shape)

                    if node.Shape = x.Shape && node.Inputs[0].Shape = kept then
                        Some(x, axes)
                    else
                        None
                | _ -> None
            | _ -> None
        | _ -> None

    /// Whether a value is the same along axes.
    let private isConstantAlong (axes: int list) (node: Node) : bool =
        match node.Operation with
        | Operation.Broadcast _ ->
            let before = Shape.dimensions node.Inputs[0].Shape

            before.Length = Shape.rank node.Shape
            && axes |> List.forall (fun axis -> Dimension.isKnown 1 before[axis])
        | _ -> false

    /// (g / s + stretch(sum(-(g * y / s)))) * e = (g - stretch(sum(g * y))) * y, where y = e / s and s is the same along the
    /// axes of the sum. The right side needs the result y only, not what it was made of.
    let gradient (node: Node) : Node option =
        match node with
        | Binary(BinaryFunction.Multiply, Binary(BinaryFunction.Add, Quotient(upstream, divisor), sum), powers) ->
            match sum with
            | StretchedSum(Unary(UnaryFunction.Negate, Quotient(Binary(BinaryFunction.Multiply, left, y), other)), axes) when
                isSame left upstream && isSame other divisor && isConstantAlong axes divisor
                ->
                match y with
                | Quotient(numerator, denominator) when isSame numerator powers && isSame denominator divisor ->
                    let total = Ops.sum axes true (upstream * y) |> Ops.broadcastTo node.Shape
                    Some((upstream - total) * y)
                | _ -> None
            | _ -> None
        | _ -> None

    /// Every law of this kind.
    let laws: Law list = [
        {
            Name = "the gradient of softmax"
            Apply = gradient
        }
    ]
