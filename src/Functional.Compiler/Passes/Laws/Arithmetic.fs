namespace Functional.Compiler.Passes.Laws

open Functional.Core.Graph
open Functional.Core.Tensors

/// Sums, differences, products and quotients.
[<RequireQualifiedAccess>]
module Arithmetic =

    let private isFloating (node: Node) = ElementType.isFloating node.ElementType

    /// x + 0 = 0 + x = x.
    let addZero (node: Node) : Node option =
        match node with
        | Binary(BinaryFunction.Add, x, Number 0.0)
        | Binary(BinaryFunction.Add, Number 0.0, x) -> Some x
        | _ -> None

    /// x - 0 = x and 0 - x = -x.
    let subtractZero (node: Node) : Node option =
        match node with
        | Binary(BinaryFunction.Subtract, x, Number 0.0) -> Some x
        | Binary(BinaryFunction.Subtract, Number 0.0, x) -> Some(-x)
        | _ -> None

    /// x * 1 = 1 * x = x / 1 = x.
    let multiplyOne (node: Node) : Node option =
        match node with
        | Binary(BinaryFunction.Multiply, x, Number 1.0)
        | Binary(BinaryFunction.Multiply, Number 1.0, x)
        | Binary(BinaryFunction.Divide, x, Number 1.0) -> Some x
        | _ -> None

    /// x * -1 = -1 * x = x / -1 = -x.
    let multiplyMinusOne (node: Node) : Node option =
        match node with
        | Binary(BinaryFunction.Multiply, x, Number -1.0)
        | Binary(BinaryFunction.Multiply, Number -1.0, x)
        | Binary(BinaryFunction.Divide, x, Number -1.0) -> Some(-x)
        | _ -> None

    /// Values that are finite whatever their inputs are: integers, truth values as numbers, choices between numbers.
    let rec private isFinite (node: Node) : bool =
        match node.Operation with
        | _ when not (isFloating node) -> true
        | Operation.Cast _ -> not (isFloating node.Inputs[0])
        | Operation.Iota _
        | Operation.Random _ -> true
        | Operation.Select -> isFinite node.Inputs[1] && isFinite node.Inputs[2]
        | _ -> Uniform.tryValue node |> Option.exists System.Double.IsFinite

    /// x * 0 = 0 * x = 0, where x cannot be infinite or NaN.
    let multiplyZero (node: Node) : Node option =
        match node with
        | Binary(BinaryFunction.Multiply, x, Number 0.0)
        | Binary(BinaryFunction.Multiply, Number 0.0, x) when isFinite x -> Some(Uniform.like node 0.0)
        | _ -> None

    /// x / c = x * (1 / c) for a number c.
    let divideByNumber (node: Node) : Node option =
        match node with
        | Binary(BinaryFunction.Divide, Number _, Number _) -> None
        | Binary(BinaryFunction.Divide, x, Number number) when
            isFloating node && abs number > 1e-30 && abs number < 1e30
            ->
            Some(binary BinaryFunction.Multiply x (Uniform.like node (1.0 / number)))
        | _ -> None

    /// -(-x) = x.
    let doubleNegation (node: Node) : Node option =
        match node with
        | Unary(UnaryFunction.Negate, Unary(UnaryFunction.Negate, x)) -> Some x
        | _ -> None

    /// x + (-y) = x - y, (-x) + y = y - x, x - (-y) = x + y.
    let addNegation (node: Node) : Node option =
        match node with
        | Binary(BinaryFunction.Add, x, Unary(UnaryFunction.Negate, y)) -> Some(binary BinaryFunction.Subtract x y)
        | Binary(BinaryFunction.Add, Unary(UnaryFunction.Negate, x), y) -> Some(binary BinaryFunction.Subtract y x)
        | Binary(BinaryFunction.Subtract, x, Unary(UnaryFunction.Negate, y)) -> Some(binary BinaryFunction.Add x y)
        | _ -> None

    /// -(x * c) = (-x) * c = x * (-c), and (-x) * (-y) = x * y.
    let multiplyNegation (node: Node) : Node option =
        match node with
        | Unary(UnaryFunction.Negate, Binary(BinaryFunction.Multiply, x, Number number))
        | Unary(UnaryFunction.Negate, Binary(BinaryFunction.Multiply, Number number, x))
        | Binary(BinaryFunction.Multiply, Unary(UnaryFunction.Negate, x), Number number)
        | Binary(BinaryFunction.Multiply, Number number, Unary(UnaryFunction.Negate, x)) when isFloating node ->
            Some(binary BinaryFunction.Multiply x (Uniform.like node -number))
        | Binary(BinaryFunction.Multiply, Unary(UnaryFunction.Negate, x), Unary(UnaryFunction.Negate, y)) ->
            Some(binary BinaryFunction.Multiply x y)
        | _ -> None

    /// -(x - y) = y - x.
    let negateDifference (node: Node) : Node option =
        match node with
        | Unary(UnaryFunction.Negate, Binary(BinaryFunction.Subtract, x, y)) when isFloating node ->
            Some(binary BinaryFunction.Subtract y x)
        | _ -> None

    /// (x * a) * b = x * (a * b) for numbers a and b.
    let multiplyNumbers (node: Node) : Node option =
        let (|Scaled|_|) (node: Node) =
            match node with
            | Binary(BinaryFunction.Multiply, Number _, Number _) -> None
            | Binary(BinaryFunction.Multiply, x, Number number)
            | Binary(BinaryFunction.Multiply, Number number, x) -> Some(x, number)
            | _ -> None

        match node with
        | Scaled(Scaled(x, inner), outer) when
            isFloating node
            && (let product = abs (inner * outer) in product = 0.0 || (product > 1e-30 && product < 1e30))
            ->
            Some(binary BinaryFunction.Multiply x (Uniform.like node (inner * outer)))
        | _ -> None

    /// max(x, x) = min(x, x) = x, and the same for truth values.
    let sameOperands (node: Node) : Node option =
        match node with
        | Binary((BinaryFunction.Maximum | BinaryFunction.Minimum | BinaryFunction.And | BinaryFunction.Or), x, y) when
            isSame x y
            ->
            Some x
        | _ -> None

    /// Every law of this kind.
    let laws: Law list = [
        { Name = "x + 0 = x"; Apply = addZero }
        {
            Name = "x - 0 = x"
            Apply = subtractZero
        }
        {
            Name = "x * 1 = x"
            Apply = multiplyOne
        }
        {
            Name = "x * -1 = -x"
            Apply = multiplyMinusOne
        }
        {
            Name = "x * 0 = 0"
            Apply = multiplyZero
        }
        {
            Name = "x / c = x * (1 / c)"
            Apply = divideByNumber
        }
        {
            Name = "-(-x) = x"
            Apply = doubleNegation
        }
        {
            Name = "x + (-y) = x - y"
            Apply = addNegation
        }
        {
            Name = "-(x * c) = x * (-c)"
            Apply = multiplyNegation
        }
        {
            Name = "-(x - y) = y - x"
            Apply = negateDifference
        }
        {
            Name = "(x * a) * b = x * (a * b)"
            Apply = multiplyNumbers
        }
        {
            Name = "max(x, x) = x"
            Apply = sameOperands
        }
    ]
