namespace Functional.Core.Gradients

open Functional.Core.Graph
open Functional.Core.Tensors

/// What flows back: for every operation, the gradient of each input given the gradient of the result, in operations
/// again. None where an input has no gradient (integers, comparisons, positions).
[<RequireQualifiedAccess>]
module Pullback =

    /// The gradient of a value before it was broadcast: the sum over the axes that were added or stretched. Other lengths
    /// that differ are equal when data arrives.
    let private unbroadcast (shape: Shape) (upstream: Node) : Node =
        let added = Shape.rank upstream.Shape - Shape.rank shape

        let lengths =
            List.zip (Shape.dimensions shape) (List.skip added (Shape.dimensions upstream.Shape))

        let isStretched (before, after) =
            before <> after && Dimension.isKnown 1 before

        let stretched = [
            for axis, pair in List.indexed lengths do
                if isStretched pair then
                    axis + added
        ]

        let kept = [
            for before, after in lengths -> if isStretched (before, after) then before else after
        ]

        upstream
        |> Ops.sum ([ 0 .. added - 1 ] @ stretched) false
        |> Ops.reshape (Shape.create kept)
        |> Ops.broadcastTo shape

    let private unary (f: UnaryFunction) (x: Node) (y: Node) (upstream: Node) : Node option =
        match f with
        | UnaryFunction.Negate -> Some(-upstream)
        | UnaryFunction.Abs -> Some(upstream * Ops.sign x)
        | UnaryFunction.Exp -> Some(upstream * y)
        | UnaryFunction.Expm1 -> Some(upstream * (y + 1.0))
        | UnaryFunction.Log -> Some(upstream / x)
        | UnaryFunction.Log1p -> Some(upstream / (x + 1.0))
        | UnaryFunction.Sqrt -> Some(upstream * 0.5 / y)
        | UnaryFunction.Rsqrt -> Some(upstream * -0.5 * (y * y * y))
        | UnaryFunction.Tanh -> Some(upstream * (1.0 - y * y))
        | UnaryFunction.Sigmoid -> Some(upstream * (y * (1.0 - y)))
        | UnaryFunction.Softplus -> Some(upstream * Ops.sigmoid x)
        | UnaryFunction.Erf -> Some(upstream * (Ops.exp (-(x * x)) * (2.0 / sqrt System.Math.PI)))
        | UnaryFunction.Sin -> Some(upstream * Ops.cos x)
        | UnaryFunction.Cos -> Some(-(upstream * Ops.sin x))
        | UnaryFunction.Tan -> Some(upstream * (1.0 + y * y))
        | UnaryFunction.Asin -> Some(upstream * Ops.rsqrt (1.0 - x * x))
        | UnaryFunction.Acos -> Some(-(upstream * Ops.rsqrt (1.0 - x * x)))
        | UnaryFunction.Atan -> Some(upstream / (1.0 + x * x))
        | UnaryFunction.Sinh -> Some(upstream * Ops.cosh x)
        | UnaryFunction.Cosh -> Some(upstream * Ops.sinh x)
        | UnaryFunction.Asinh -> Some(upstream * Ops.rsqrt (x * x + 1.0))
        | UnaryFunction.Acosh -> Some(upstream * Ops.rsqrt (x * x - 1.0))
        | UnaryFunction.Atanh -> Some(upstream / (1.0 - x * x))
        // Constant almost everywhere.
        | UnaryFunction.Sign
        | UnaryFunction.Floor
        | UnaryFunction.Ceiling
        | UnaryFunction.Round
        | UnaryFunction.Not -> None

    let private binary (f: BinaryFunction) (x: Node) (y: Node) (result: Node) (upstream: Node) : Node option list =
        /// At ties both sides get one half, so that the rule is symmetric.
        let choose wins =
            let half = Ops.select (Ops.equal x y) (upstream.Number 0.5) (upstream.Number 0.0)

            let share winner loser =
                Ops.select (wins winner loser) (upstream.Number 1.0) half

            [ Some(upstream * share x y); Some(upstream * share y x) ]

        match f with
        | BinaryFunction.Add -> [ Some upstream; Some upstream ]
        | BinaryFunction.Subtract -> [ Some upstream; Some(-upstream) ]
        | BinaryFunction.Multiply -> [ Some(upstream * y); Some(upstream * x) ]
        | BinaryFunction.Divide -> [ Some(upstream / y); Some(-(upstream * result / y)) ]
        | BinaryFunction.Power ->
            // 0 ** 0 would have 0 * infinity as its slope, and log(0) is no slope of 0 ** y: there 1 stands in for the
            // base, where the result has no slope in it.
            let isFlat =
                Ops.logicalAnd (Ops.equal x (x.Number 0.0)) (Ops.equal y (y.Number 0.0))

            let slopedBase = Ops.select isFlat (x.Number 1.0) x
            let positiveBase = Ops.select (Ops.greater x (x.Number 0.0)) x (x.Number 1.0)

            [
                Some(upstream * y * Ops.power slopedBase (y - 1.0))
                Some(upstream * result * Ops.log positiveBase)
            ]
        | BinaryFunction.Maximum -> choose Ops.greater
        | BinaryFunction.Minimum -> choose Ops.less
        | BinaryFunction.Remainder -> [ Some upstream; Some(-(upstream * Ops.floor (x / y))) ]
        | BinaryFunction.Atan2 ->
            let scaled = upstream / (x * x + y * y)
            [ Some(scaled * y); Some(-(scaled * x)) ]
        | BinaryFunction.And
        | BinaryFunction.Or -> [ None; None ]

    let private slice (axes: SliceAxis list) (shape: Shape) (upstream: Node) : Node =
        let padAxis (length: Dimension, taken: Dimension) axis = {
            Low = axis.Start
            High =
                length
                - axis.Start
                - Dimension.known axis.Stride * (taken - Dimension.known 1)
                - Dimension.known 1
            Interior = axis.Stride - 1
        }

        let lengths = List.zip (Shape.dimensions shape) (Shape.dimensions upstream.Shape)
        Ops.pad (List.map2 padAxis lengths axes) 0.0 upstream

    let private pad (axes: PadAxis list) (shape: Shape) (upstream: Node) : Node =
        let sliceAxis (length: Dimension) axis = {
            Start = axis.Low
            Stop =
                axis.Low
                + Dimension.known (1 + axis.Interior) * (length - Dimension.known 1)
                + Dimension.known 1
            Stride = 1 + axis.Interior
        }

        Ops.slice (List.map2 sliceAxis (Shape.dimensions shape) axes) upstream

    let private reduce reduction (axes: int list) (x: Node) (result: Node) (upstream: Node) : Node =
        let restore node =
            Ops.expandDimensions axes node |> Ops.broadcastTo x.Shape

        match reduction with
        | Reduction.Sum -> restore upstream
        | Reduction.Maximum
        | Reduction.Minimum ->
            // Equal extremes share the gradient evenly.
            let isExtreme = Ops.equal x (restore result)
            let share = Ops.cast x.ElementType isExtreme
            restore (upstream / Ops.sum axes false share) * share
        | Reduction.Product ->
            // Exact with zeros too: the product of the others, as prefix times suffix, costs n^2 only where it is used.
            let others =
                let length =
                    axes
                    |> List.map (fun axis -> Shape.dimension axis x.Shape)
                    |> List.fold (*) (Dimension.known 1)

                let kept = [ 0 .. Shape.rank x.Shape - 1 ] |> List.except axes
                let keptLengths = kept |> List.map (fun axis -> Shape.dimension axis x.Shape)

                let flat =
                    x
                    |> Ops.transpose (kept @ axes)
                    |> Ops.reshape (Shape.create (keptLengths @ [ length ]))

                let rank = List.length keptLengths
                let square = Shape.create (keptLengths @ [ length; length ])
                let row = Ops.iota ElementType.Int32 rank square
                let column = Ops.iota ElementType.Int32 (rank + 1) square
                let spread = Ops.broadcastTo square (Ops.expandDimensions [ rank ] flat)

                let products =
                    Ops.select (Ops.equal row column) (x.Number 1.0) spread
                    |> Ops.product [ rank + 1 ] false

                let transposedShape =
                    (kept @ axes) |> List.map (fun axis -> Shape.dimension axis x.Shape)

                let inverse =
                    [ 0 .. Shape.rank x.Shape - 1 ]
                    |> List.map (fun axis -> List.findIndex ((=) axis) (kept @ axes))

                products |> Ops.reshape (Shape.create transposedShape) |> Ops.transpose inverse

            restore upstream * others

    let private matMul transposeLeft transposeRight (left: Node) (right: Node) (upstream: Node) : Node option list =
        let leftGradient =
            if transposeLeft then
                Ops.matMulWith transposeRight true right upstream
            else
                Ops.matMulWith false (not transposeRight) upstream right

        let rightGradient =
            if transposeRight then
                Ops.matMulWith true transposeLeft upstream left
            else
                Ops.matMulWith (not transposeLeft) false left upstream

        [ Some leftGradient; Some rightGradient ]

    /// The gradient of every input, given the node and the gradient of its value.
    let inputs (node: Node) (upstream: Node) : Node option list =
        let input index = node.Inputs[index]

        let scatter window upstream =
            Node.Create(Operation.SelectAndScatter window, input 0, upstream)

        match node.Operation with
        | Operation.Leaf _
        | Operation.Constant _
        | Operation.Size _
        | Operation.Iota _ -> []
        | Operation.Random _
        | Operation.StopGradient
        | Operation.ArgMax _
        | Operation.Hash _ -> [ None ]
        | Operation.CumulativeSum(axis, reverse, exclusive) -> [
            Some(Ops.cumulativeSum axis (not reverse) exclusive upstream)
          ]
        | Operation.Compare _ -> [ None; None ]
        | Operation.Unary f -> [ unary f (input 0) node upstream ]
        | Operation.Binary f -> binary f (input 0) (input 1) node upstream
        | Operation.Select ->
            let zero = upstream.Number 0.0

            [
                None
                Some(Ops.select (input 0) upstream zero)
                Some(Ops.select (input 0) zero upstream)
            ]
        | Operation.Cast _ -> [
            if ElementType.isFloating (input 0).ElementType then
                Some(Ops.cast (input 0).ElementType upstream)
            else
                None
          ]
        | Operation.Broadcast _ -> [ Some(unbroadcast (input 0).Shape upstream) ]
        | Operation.Reshape _ -> [ Some(Ops.reshape (input 0).Shape upstream) ]
        | Operation.Transpose permutation ->
            let inverse = permutation |> List.indexed |> List.sortBy snd |> List.map fst
            [ Some(Ops.transpose inverse upstream) ]
        | Operation.Slice axes -> [ Some(slice axes (input 0).Shape upstream) ]
        | Operation.Pad(axes, _) -> [ Some(pad axes (input 0).Shape upstream) ]
        | Operation.Concatenate axis ->
            let lengths = [ for part in node.Inputs -> Shape.dimension axis part.Shape ]
            let starts = List.scan (+) (Dimension.known 0) lengths

            List.zip (List.take lengths.Length starts) lengths
            |> List.map (fun (start, length) -> Some(Ops.sliceAxis axis start (start + length) upstream))
        | Operation.Reverse axes -> [ Some(Ops.reverse axes upstream) ]
        | Operation.Reduce(reduction, axes) -> [ Some(reduce reduction axes (input 0) node upstream) ]
        | Operation.MatMul(transposeLeft, transposeRight) ->
            matMul transposeLeft transposeRight (input 0) (input 1) upstream
        | Operation.Gather axis ->
            let length = Shape.dimension axis (input 0).Shape
            [ Some(Ops.scatterAdd axis length (input 1) upstream); None ]
        | Operation.ScatterAdd(axis, _) -> [ None; Some(Ops.gather axis (input 0) upstream) ]
        | Operation.Convolution window -> [
            Some(WindowOps.convolutionInputGradient window (input 0).Shape (input 1) upstream)
            Some(WindowOps.convolutionKernelGradient window (input 1).Shape (input 0) upstream)
          ]
        | Operation.ConvolutionInputGradient(window, _) -> [
            Some(WindowOps.convolution window (input 1) upstream)
            Some(WindowOps.convolutionKernelGradient window (input 1).Shape upstream (input 0))
          ]
        | Operation.ConvolutionKernelGradient(window, _) -> [
            Some(WindowOps.convolutionInputGradient window (input 0).Shape upstream (input 1))
            Some(WindowOps.convolution window upstream (input 0))
          ]
        | Operation.SumPool window -> [
            Some(Node.Create(Operation.SumPoolGradient(window, (input 0).Shape), upstream))
          ]
        | Operation.SumPoolGradient(window, _) -> [ Some(WindowOps.sumPool window upstream) ]
        | Operation.MaxPool window -> [ Some(scatter window upstream) ]
        // Where the maxima are does not change with the values, almost everywhere.
        | Operation.SelectAndScatter window -> [
            None
            Some(Node.Create(Operation.SelectAndGather window, input 0, upstream))
          ]
        | Operation.SelectAndGather window -> [ None; Some(scatter window upstream) ]
        | Operation.Scan _ ->
            invalidOp "Bug in Functional: the results of a scan flow back together, not one by one. Please report it."
