namespace Functional.Compiler.Passes.Laws

open System
open Functional.Core.Graph
open Functional.Core.Tensors

/// Powers, roots, choices, casts, and functions of numbers.
[<RequireQualifiedAccess>]
module Functions =

    /// A root of x, and of negative infinity what a power of it is, where a root is NaN.
    let private rootOf (x: Node) (ofNegativeInfinity: float) (root: Node) : Node =
        let isNegativeInfinity = Ops.equal x (Uniform.like x Double.NegativeInfinity)
        Ops.select isNegativeInfinity (Uniform.like x ofNegativeInfinity) root

    /// x ^ c without logarithms, for c = -1, -0.5, 0, 0.5, 1, 2, 3.
    let constantPower (node: Node) : Node option =
        match node with
        | Binary(BinaryFunction.Power, x, Number exponent) ->
            match exponent with
            | 0.0 -> Some(Uniform.like node 1.0)
            | 1.0 -> Some x
            | 2.0 -> Some(x * x)
            | 3.0 -> Some(x * x * x)
            | 0.5 -> Some(rootOf x Double.PositiveInfinity (Ops.sqrt x))
            | -0.5 -> Some(rootOf x 0.0 (Ops.rsqrt x))
            | -1.0 -> Some(binary BinaryFunction.Divide (Uniform.like node 1.0) x)
            | _ -> None
        | _ -> None

    /// 1 / sqrt(x) = rsqrt(x).
    let reciprocalRoot (node: Node) : Node option =
        match node with
        | Binary(BinaryFunction.Divide, Number 1.0, Unary(UnaryFunction.Sqrt, x)) -> Some(Ops.rsqrt x)
        | _ -> None

    /// A function of numbers is a number.
    let foldNumbers (node: Node) : Node option =
        match node.Operation with
        | Operation.Unary _
        | Operation.Binary _
        | Operation.Compare _
        | Operation.Select
        | Operation.Cast _ ->
            let values = node.Inputs |> Seq.map Uniform.tryValue |> List.ofSeq

            if List.forall Option.isSome values then
                let inputs =
                    Seq.map2
                        (fun (input: Node) value -> Ops.scalar input.ElementType (Option.get value))
                        node.Inputs
                        values
                    |> Array.ofSeq

                Graph.create [ Node.Create(node.Operation, inputs) ]
                |> Interpreter.run Map.empty
                |> List.head
                |> Literal.item
                |> Uniform.like node
                |> Some
            else
                None
        | _ -> None

    /// select(c, x, x) = x; select(true, x, y) = x; select(false, x, y) = y; select(not c, x, y) = select(c, y, x).
    let selectKnown (node: Node) : Node option =
        match node.Operation with
        | Operation.Select ->
            match node.Inputs[0] with
            | _ when isSame node.Inputs[1] node.Inputs[2] -> Some node.Inputs[1]
            | Number 0.0 -> Some node.Inputs[2]
            | Number _ -> Some node.Inputs[1]
            | Unary(UnaryFunction.Not, condition) ->
                Some(Node.Create(Operation.Select, condition, node.Inputs[2], node.Inputs[1]))
            | _ -> None
        | _ -> None

    /// select(x > 0, x, max(x, 0)) = max(x, 0).
    let selectPositive (node: Node) : Node option =
        match node with
        | Select(AboveZero x, y, Binary(BinaryFunction.Maximum, z, Number 0.0)) when isSame x y && isSame y z ->
            Some node.Inputs[2]
        | _ -> None

    /// select(c, 1, 0) = cast(c): a choice between one and zero is the condition as a number.
    let selectOneOrZero (node: Node) : Node option =
        match node.Operation with
        | Operation.Select ->
            match node.Inputs[1], node.Inputs[2] with
            | Number 1.0, Number 0.0 -> Some(Node.Create(Operation.Cast node.ElementType, node.Inputs[0]))
            | _ -> None
        | _ -> None

    /// not (not c) = c; c and true = c; c or false = c; c and false = false; c or true = true.
    let logic (node: Node) : Node option =
        match node with
        | Unary(UnaryFunction.Not, Unary(UnaryFunction.Not, x)) -> Some x
        | Binary(BinaryFunction.And, x, Number 1.0)
        | Binary(BinaryFunction.And, Number 1.0, x)
        | Binary(BinaryFunction.Or, x, Number 0.0)
        | Binary(BinaryFunction.Or, Number 0.0, x) -> Some x
        | Binary(BinaryFunction.And, _, Number 0.0)
        | Binary(BinaryFunction.And, Number 0.0, _) -> Some(Uniform.like node 0.0)
        | Binary(BinaryFunction.Or, _, Number 1.0)
        | Binary(BinaryFunction.Or, Number 1.0, _) -> Some(Uniform.like node 1.0)
        | _ -> None

    /// A cast to the value's own type is the value; a cast of a cast that loses nothing is one cast.
    let castOfCast (node: Node) : Node option =
        match node.Operation with
        | Operation.Cast target when node.Inputs[0].ElementType = target -> Some node.Inputs[0]
        | Operation.Cast target ->
            match node.Inputs[0].Operation with
            | Operation.Cast middle ->
                let first = node.Inputs[0].Inputs[0]

                let losesNothing =
                    match first.ElementType, middle with
                    | ElementType.Bool, _
                    | ElementType.Float32, ElementType.Float64
                    | ElementType.Int32, ElementType.Float64 -> true
                    | _ -> false

                if losesNothing then Some(Ops.cast target first) else None
            | _ -> None
        | _ -> None

    /// Every law of this kind.
    let laws: Law list = [
        {
            Name = "a function of numbers is a number"
            Apply = foldNumbers
        }
        {
            Name = "x ^ c without logarithms"
            Apply = constantPower
        }
        {
            Name = "1 / sqrt(x) = rsqrt(x)"
            Apply = reciprocalRoot
        }
        {
            Name = "select with a known condition"
            Apply = selectKnown
        }
        {
            Name = "select(x > 0, x, max(x, 0)) = max(x, 0)"
            Apply = selectPositive
        }
        {
            Name = "select(c, 1, 0) = cast(c)"
            Apply = selectOneOrZero
        }
        {
            Name = "c and true = c"
            Apply = logic
        }
        {
            Name = "a cast of a cast"
            Apply = castOfCast
        }
    ]
