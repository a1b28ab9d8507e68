namespace Functional.Compiler.Passes.Laws

open Functional.Core.Graph
open Functional.Core.Tensors

/// Reductions, products of matrices, and functions of stretched values.
[<RequireQualifiedAccess>]
module Reductions =

    /// A reduction over axes of length 1 is a reshape.
    let reduceOnes (node: Node) : Node option =
        match node.Operation with
        | Operation.Reduce(_, axes) when
            axes
            |> List.forall (fun axis -> Dimension.isKnown 1 (Shape.dimension axis node.Inputs[0].Shape))
            ->
            Some(Node.Create(Operation.Reshape node.Shape, node.Inputs[0]))
        | _ -> None

    let private isTrailing (axes: int list) (shape: Shape) : bool =
        let rank = Shape.rank shape
        List.sort axes = [ rank - List.length axes .. rank - 1 ]

    /// reduce(reduce(x)) with one combination is one reduction. Sums of rows stay: a loop sums its rows anyway, and a
    /// number per row can be scaled for nothing.
    let reduceOfReduce (node: Node) : Node option =
        match node.Operation with
        | Operation.Reduce(outer, outerAxes) ->
            match node.Inputs[0].Operation with
            | Operation.Reduce(inner, innerAxes) when
                inner = outer && not (isTrailing innerAxes node.Inputs[0].Inputs[0].Shape)
                ->
                let source = node.Inputs[0].Inputs[0]

                let kept = [ 0 .. Shape.rank source.Shape - 1 ] |> List.except innerAxes

                let axes = innerAxes @ (outerAxes |> List.map (fun axis -> kept[axis])) |> List.sort
                Some(Node.Create(Operation.Reduce(outer, axes), source))
            | _ -> None
        | _ -> None

    /// Over axes along which x was stretched, sum(x) = n * x and max(x) = min(x) = x.
    let reduceStretched (node: Node) : Node option =
        match node.Operation with
        | Operation.Reduce((Reduction.Sum | Reduction.Maximum | Reduction.Minimum) as reduction, axes) ->
            match node.Inputs[0].Operation with
            | Operation.Broadcast shape ->
                let source = node.Inputs[0].Inputs[0]
                let added = Shape.rank shape - Shape.rank source.Shape

                let isStretched axis =
                    axis < added
                    || (Dimension.isKnown 1 (Shape.dimension (axis - added) source.Shape)
                        && not (Dimension.isKnown 1 (Shape.dimension axis shape)))

                let count =
                    axes
                    |> List.map (fun axis -> Dimension.tryKnown (Shape.dimension axis shape))
                    |> List.fold (Option.map2 (*)) (Some 1)

                match count with
                | Some count when List.forall isStretched axes ->
                    let remaining =
                        axes
                        |> List.filter (fun axis -> axis >= added)
                        |> List.map (fun axis -> axis - added)

                    let reduced =
                        Ops.reshape (Shape.remove remaining source.Shape) source
                        |> Ops.broadcastTo node.Shape

                    if reduction = Reduction.Sum then
                        Some(binary BinaryFunction.Multiply reduced (Uniform.like node (float count)))
                    else
                        Some reduced
                | _ -> None
            | _ -> None
        | _ -> None

    // Below this size the scale inside the sum costs less than a kernel for one number.
    let private smallSum = 4096
    let private shortestRow = 16

    /// c * sum(x) = sum(c * x) where the scale costs nothing: in sums of a number per row, in sums over rows and columns
    /// (the sum of every row is scaled) and in small sums.
    let scaledSum (node: Node) : Node option =
        let scaleInside (scale: float) (axes: int list) (x: Node) =
            Node.Create(Operation.Reduce(Reduction.Sum, axes), binary BinaryFunction.Multiply x (Uniform.like x scale))

        let isPerRow (node: Node) =
            match node.Operation with
            | Operation.Reduce _ -> true
            | Operation.Unary _
            | Operation.Binary _ ->
                node.Inputs
                |> Seq.forall (fun input -> input.Operation.IsReduce || Option.isSome (Uniform.tryValue input))
            | _ -> false

        let isAtMost size (length: Dimension) =
            match Dimension.tryKnown length with
            | Some known -> known <= size
            | None -> false

        let (|Scaled|_|) (node: Node) =
            match node with
            | Binary(BinaryFunction.Multiply, sum, Number scale)
            | Binary(BinaryFunction.Multiply, Number scale, sum) -> Some(sum, scale)
            | Unary(UnaryFunction.Negate, sum) -> Some(sum, -1.0)
            | _ -> None

        match node with
        | Scaled(sum, scale) when ElementType.isFloating node.ElementType ->
            match sum.Operation with
            | Operation.Reduce(Reduction.Sum, axes) when Shape.rank node.Shape = 0 ->
                let x = sum.Inputs[0]
                let last = Shape.rank x.Shape - 1

                if isPerRow x || isAtMost smallSum (Shape.size x.Shape) then
                    Some(scaleInside scale axes x)
                elif last > 0 && not (isAtMost (shortestRow - 1) (Shape.last x.Shape)) then
                    Ops.sum [ last ] false x |> scaleInside scale [ 0 .. last - 1 ] |> Some
                else
                    None
            | _ -> None
        | _ -> None

    let private swapsLast (permutation: int list) : bool =
        let rank = permutation.Length

        rank >= 2 && permutation = [ 0 .. rank - 3 ] @ [ rank - 1; rank - 2 ]

    let private (|Transposed|_|) (node: Node) =
        match node.Operation with
        | Operation.Transpose permutation when swapsLast permutation -> Some node.Inputs[0]
        | _ -> None

    /// A transposed factor is a flag of the product.
    let productOfTransposed (node: Node) : Node option =
        match node.Operation with
        | Operation.MatMul(left, right) ->
            match node.Inputs[0], node.Inputs[1] with
            | Transposed first, Transposed second -> Some(Ops.matMulWith (not left) (not right) first second)
            | Transposed first, second -> Some(Ops.matMulWith (not left) right first second)
            | first, Transposed second -> Some(Ops.matMulWith left (not right) first second)
            | _ -> None
        | _ -> None

    /// transpose(a * b) = transpose(b) * transpose(a).
    let transposedProduct (node: Node) : Node option =
        match node with
        | Transposed product ->
            match product.Operation with
            | Operation.MatMul(left, right) ->
                Some(Ops.matMulWith (not right) (not left) product.Inputs[1] product.Inputs[0])
            | _ -> None
        | _ -> None

    /// A costly function of stretched values is computed before they are stretched.
    let functionOfStretched (node: Node) : Node option =
        let isCostly =
            match node.Operation with
            | Operation.Unary f ->
                match f with
                | UnaryFunction.Negate
                | UnaryFunction.Abs
                | UnaryFunction.Sign
                | UnaryFunction.Not -> false
                | _ -> true
            | Operation.Binary(BinaryFunction.Divide | BinaryFunction.Power | BinaryFunction.Atan2) -> true
            | _ -> false

        let stretched =
            node.Inputs
            |> Seq.filter (fun input -> Option.isNone (Uniform.tryValue input))
            |> Seq.map (fun input ->
                match input.Operation with
                | Operation.Broadcast _ -> Some input.Inputs[0].Shape
                | _ -> None)
            |> Seq.distinct
            |> List.ofSeq

        match stretched with
        | [ Some shape ] when isCostly && Shape.size shape <> Shape.size node.Shape ->
            let inputs =
                node.Inputs
                |> Seq.map (fun input ->
                    match Uniform.tryValue input with
                    | Some value -> Uniform.create shape input.ElementType value
                    | None -> input.Inputs[0])
                |> Array.ofSeq

            Node.Create(node.Operation, inputs) |> Ops.broadcastTo node.Shape |> Some
        | _ -> None

    /// Every law of this kind.
    let laws: Law list = [
        {
            Name = "a reduction of ones"
            Apply = reduceOnes
        }
        {
            Name = "a reduction of a reduction"
            Apply = reduceOfReduce
        }
        {
            Name = "sum of stretched values"
            Apply = reduceStretched
        }
        {
            Name = "a scaled sum"
            Apply = scaledSum
        }
        {
            Name = "a product of transposed factors"
            Apply = productOfTransposed
        }
        {
            Name = "a transposed product"
            Apply = transposedProduct
        }
        {
            Name = "a costly function of stretched values"
            Apply = functionOfStretched
        }
    ]
