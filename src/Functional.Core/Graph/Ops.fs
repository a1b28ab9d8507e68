namespace Functional.Core.Graph

open Functional.Core.Tensors

/// Makes values from values: the primitives under NumPy's and Keras's names, with broadcasting, and what is made of
/// them. Every function raises ArgumentException that names the shapes when they do not fit.
[<RequireQualifiedAccess>]
module Ops =

    let private known (result: Result<'Value, ShapeError>) : 'Value =
        match result with
        | Ok value -> value
        | Error error -> invalidArg "axis" (ShapeError.explain error)

    // Leaves

    /// Data given at every run.
    let input (name: string) (shape: Shape) (elementType: ElementType) : Node =
        Node.Create(Operation.Leaf(LeafKind.Input, name, shape, elementType))

    /// A trainable weight.
    let parameter (name: string) (shape: Shape) (elementType: ElementType) : Node =
        Node.Create(Operation.Leaf(LeafKind.Parameter, name, shape, elementType))

    /// State kept between runs.
    let variable (name: string) (shape: Shape) (elementType: ElementType) : Node =
        Node.Create(Operation.Leaf(LeafKind.Variable, name, shape, elementType))

    /// Fixed values.
    let constant (literal: Literal) : Node = Node.Create(Operation.Constant literal)

    /// A fixed number without axes.
    let scalar (elementType: ElementType) (value: float) : Node =
        constant (Literal.scalar elementType value)

    /// The length of an axis as a number without axes.
    let size (elementType: ElementType) (length: Dimension) : Node =
        match Dimension.tryKnown length with
        | Some known -> scalar elementType (float known)
        | None -> Node.Create(Operation.Size(length, elementType))

    /// The position along one axis.
    let iota (elementType: ElementType) (axis: int) (shape: Shape) : Node =
        Node.Create(Operation.Iota(shape, known (Shape.tryAxis axis shape), elementType))

    /// Random numbers of a stream; the key is int32 of shape (2,): seed and step.
    let random (distribution: Distribution) (stream: int) (shape: Shape) (elementType: ElementType) (key: Node) : Node =
        Node.Create(Operation.Random(distribution, stream, shape, elementType), key)

    // Movement

    /// An axis counted from the end when negative, as a position.
    let axisOf (axis: int) (node: Node) : int = known (Shape.tryAxis axis node.Shape)

    /// Stretches a value to a shape (NumPy's broadcast_to).
    let broadcastTo (shape: Shape) (node: Node) : Node = Node.Stretch shape node

    /// The same elements under another shape.
    let reshape (shape: Shape) (node: Node) : Node =
        if node.Shape = shape then
            node
        else
            Node.Create(Operation.Reshape shape, node)

    /// Inserts axes of length 1 at these positions of the result.
    let expandDimensions (axes: int list) (node: Node) : Node =
        let rank = Shape.rank node.Shape + List.length axes

        let positions =
            axes |> List.map (fun axis -> if axis < 0 then axis + rank else axis)

        let rec insert position lengths =
            if position = rank then
                []
            elif List.contains position positions then
                Dimension.known 1 :: insert (position + 1) lengths
            else
                match lengths with
                | first :: rest -> first :: insert (position + 1) rest
                | [] -> invalidArg (nameof axes) $"axes %A{axes} do not fit shape {node.Shape}"

        reshape (Shape.create (insert 0 (Shape.dimensions node.Shape))) node

    /// Removes axes of length 1.
    let squeeze (axes: int list) (node: Node) : Node =
        reshape (Shape.remove (known (Shape.tryAxes axes node.Shape)) node.Shape) node

    /// Axis i of the result is axis permutation[i] of the input.
    let transpose (permutation: int list) (node: Node) : Node =
        if permutation = [ 0 .. Shape.rank node.Shape - 1 ] then
            node
        else
            Node.Create(Operation.Transpose permutation, node)

    /// The whole of an axis.
    let wholeAxis (length: Dimension) : SliceAxis = {
        Start = Dimension.known 0
        Stop = length
        Stride = 1
    }

    /// A part of every axis.
    let slice (axes: SliceAxis list) (node: Node) : Node =
        if axes = List.map wholeAxis (Shape.dimensions node.Shape) then
            node
        else
            Node.Create(Operation.Slice axes, node)

    /// start .. stop-1 of one axis.
    let sliceAxis (axis: int) (start: Dimension) (stop: Dimension) (node: Node) : Node =
        let axis = axisOf axis node

        Shape.dimensions node.Shape
        |> List.mapi (fun position length ->
            if position = axis then
                {
                    Start = start
                    Stop = stop
                    Stride = 1
                }
            else
                wholeAxis length)
        |> fun axes -> slice axes node

    /// Adds elements of one value around (and between) the elements. Negative lengths take elements away.
    let pad (axes: PadAxis list) (value: float) (node: Node) : Node =
        let isNegative length =
            Dimension.tryKnown length |> Option.exists (fun size -> size < 0)

        let added length =
            if isNegative length then Dimension.known 0 else length

        let additions =
            axes
            |> List.map (fun axis -> {
                axis with
                    Low = added axis.Low
                    High = added axis.High
            })

        let isNothing axis =
            Dimension.isKnown 0 axis.Low
            && Dimension.isKnown 0 axis.High
            && axis.Interior = 0

        let padded =
            if List.forall isNothing additions then
                node
            else
                Node.Create(Operation.Pad(additions, value), node)

        (axes, additions, Shape.dimensions padded.Shape)
        |||> List.map3 (fun axis addition length -> {
            Start = addition.Low - axis.Low
            Stop = length - (addition.High - axis.High)
            Stride = 1
        })
        |> fun kept -> slice kept padded

    /// Joins values along an axis.
    let concatenate (axis: int) (nodes: Node list) : Node =
        match nodes with
        | [ single ] -> single
        | [] -> invalidArg (nameof nodes) "Concatenate needs at least one value."
        | first :: _ ->
            let axis = axisOf axis first

            let fitted =
                (nodes, List.except [ axis ] [ 0 .. Shape.rank first.Shape - 1 ])
                ||> List.fold (fun nodes other ->
                    if nodes |> List.forall (fun node -> other < Shape.rank node.Shape) then
                        Node.Meet [ for node in nodes -> node, other ]
                    else
                        nodes)

            Node.Create(Operation.Concatenate axis, Array.ofList fitted)

    /// Turns the order of axes round.
    let reverse (axes: int list) (node: Node) : Node =
        Node.Create(Operation.Reverse(known (Shape.tryAxes axes node.Shape)), node)

    // Elementwise

    let private unary f (node: Node) : Node = Node.Create(Operation.Unary f, node)
    let abs (node: Node) : Node = unary UnaryFunction.Abs node
    let sign (node: Node) : Node = unary UnaryFunction.Sign node
    let exp (node: Node) : Node = unary UnaryFunction.Exp node
    let expm1 (node: Node) : Node = unary UnaryFunction.Expm1 node
    let log (node: Node) : Node = unary UnaryFunction.Log node
    let log1p (node: Node) : Node = unary UnaryFunction.Log1p node
    let sqrt (node: Node) : Node = unary UnaryFunction.Sqrt node
    let rsqrt (node: Node) : Node = unary UnaryFunction.Rsqrt node
    let tanh (node: Node) : Node = unary UnaryFunction.Tanh node
    let sigmoid (node: Node) : Node = unary UnaryFunction.Sigmoid node
    /// log(1 + exp(x)), stable for every x.
    let softplus (node: Node) : Node = unary UnaryFunction.Softplus node
    let erf (node: Node) : Node = unary UnaryFunction.Erf node
    let sin (node: Node) : Node = unary UnaryFunction.Sin node
    let cos (node: Node) : Node = unary UnaryFunction.Cos node
    let tan (node: Node) : Node = unary UnaryFunction.Tan node
    let asin (node: Node) : Node = unary UnaryFunction.Asin node
    let acos (node: Node) : Node = unary UnaryFunction.Acos node
    let atan (node: Node) : Node = unary UnaryFunction.Atan node
    let sinh (node: Node) : Node = unary UnaryFunction.Sinh node
    let cosh (node: Node) : Node = unary UnaryFunction.Cosh node
    let asinh (node: Node) : Node = unary UnaryFunction.Asinh node
    let acosh (node: Node) : Node = unary UnaryFunction.Acosh node
    let atanh (node: Node) : Node = unary UnaryFunction.Atanh node
    let floor (node: Node) : Node = unary UnaryFunction.Floor node
    let ceiling (node: Node) : Node = unary UnaryFunction.Ceiling node
    /// Half to even.
    let round (node: Node) : Node = unary UnaryFunction.Round node
    let logicalNot (node: Node) : Node = unary UnaryFunction.Not node
    let square (node: Node) : Node = node * node

    let private binary f left right : Node =
        Node.Broadcasting(Operation.Binary f, left, right)

    let power (left: Node) (right: Node) : Node = binary BinaryFunction.Power left right

    let maximum (left: Node) (right: Node) : Node =
        binary BinaryFunction.Maximum left right

    let minimum (left: Node) (right: Node) : Node =
        binary BinaryFunction.Minimum left right

    let remainder (left: Node) (right: Node) : Node =
        binary BinaryFunction.Remainder left right

    let atan2 (left: Node) (right: Node) : Node = binary BinaryFunction.Atan2 left right
    let logicalAnd (left: Node) (right: Node) : Node = binary BinaryFunction.And left right
    let logicalOr (left: Node) (right: Node) : Node = binary BinaryFunction.Or left right

    let private compare comparison left right : Node =
        Node.Broadcasting(Operation.Compare comparison, left, right)

    let equal (left: Node) (right: Node) : Node = compare Comparison.Equal left right
    let notEqual (left: Node) (right: Node) : Node = compare Comparison.NotEqual left right
    let less (left: Node) (right: Node) : Node = compare Comparison.Less left right

    let lessOrEqual (left: Node) (right: Node) : Node =
        compare Comparison.LessOrEqual left right

    let greater (left: Node) (right: Node) : Node = compare Comparison.Greater left right

    let greaterOrEqual (left: Node) (right: Node) : Node =
        compare Comparison.GreaterOrEqual left right

    /// ifTrue where the condition holds, else ifFalse (NumPy's where).
    let select (condition: Node) (ifTrue: Node) (ifFalse: Node) : Node =
        let shape =
            Shape.tryBroadcast ifTrue.Shape ifFalse.Shape
            |> Result.bind (Shape.tryBroadcast condition.Shape)
            |> known

        Node.Create(Operation.Select, broadcastTo shape condition, broadcastTo shape ifTrue, broadcastTo shape ifFalse)

    /// Changes the element type.
    let cast (elementType: ElementType) (node: Node) : Node =
        if node.ElementType = elementType then
            node
        else
            Node.Create(Operation.Cast elementType, node)

    /// The value; gradients stop here.
    let stopGradient (node: Node) : Node =
        Node.Create(Operation.StopGradient, node)

    /// Limits values to [low, high].
    let clip (low: float) (high: float) (node: Node) : Node =
        minimum (maximum node (node.Number low)) (node.Number high)

    // Reductions

    let private reduce reduction axes keepDimensions (node: Node) : Node =
        let axes = known (Shape.tryAxes axes node.Shape)

        let reduced =
            if List.isEmpty axes then
                node
            else
                Node.Create(Operation.Reduce(reduction, axes), node)

        if keepDimensions then
            expandDimensions axes reduced
        else
            reduced

    /// All axes of a value.
    let allAxes (node: Node) : int list = [ 0 .. Shape.rank node.Shape - 1 ]

    let sum (axes: int list) (keepDimensions: bool) (node: Node) : Node =
        reduce Reduction.Sum axes keepDimensions node

    let max (axes: int list) (keepDimensions: bool) (node: Node) : Node =
        reduce Reduction.Maximum axes keepDimensions node

    let min (axes: int list) (keepDimensions: bool) (node: Node) : Node =
        reduce Reduction.Minimum axes keepDimensions node

    let product (axes: int list) (keepDimensions: bool) (node: Node) : Node =
        reduce Reduction.Product axes keepDimensions node

    /// The number of elements along axes, as a number without axes.
    let count (axes: int list) (node: Node) : Node =
        known (Shape.tryAxes axes node.Shape)
        |> List.map (fun axis -> Shape.dimension axis node.Shape)
        |> List.fold (*) (Dimension.known 1)
        |> size node.ElementType

    let mean (axes: int list) (keepDimensions: bool) (node: Node) : Node =
        // Divided before the axes are put back: with and without them it is one value.
        let mean = sum axes false node / count axes node

        if keepDimensions then
            expandDimensions (known (Shape.tryAxes axes node.Shape)) mean
        else
            mean

    /// The mean squared distance from the mean (divided by n).
    let variance (axes: int list) (keepDimensions: bool) (node: Node) : Node =
        mean axes keepDimensions (square (node - mean axes true node))

    /// The position of the first maximum along an axis, as int32.
    let argMax (axis: int) (node: Node) : Node =
        Node.Create(Operation.ArgMax(axisOf axis node), node)

    /// Sums along an axis up to each place, or from it on where reversed; without the place itself where exclusive.
    let cumulativeSum (axis: int) (reverse: bool) (exclusive: bool) (node: Node) : Node =
        Node.Create(Operation.CumulativeSum(axisOf axis node, reverse, exclusive), node)

    // Products and look-ups

    let private turned (node: Node) : Node =
        let rank = Shape.rank node.Shape
        transpose ([ 0 .. rank - 3 ] @ [ rank - 1; rank - 2 ]) node

    /// Matrix product over the last two axes; leading axes are equal. Of whole numbers it is the sum of their products.
    let matMulWith (transposeLeft: bool) (transposeRight: bool) (left: Node) (right: Node) : Node =
        if
            not (ElementType.isFloating left.ElementType)
            && left.ElementType = right.ElementType
        then
            let left = if transposeLeft then turned left else left
            let right = if transposeRight then right else turned right
            sum [ -1 ] false (expandDimensions [ -2 ] left * expandDimensions [ -3 ] right)
        else
            Node.MatMul(transposeLeft, transposeRight, left, right)

    /// Matrix product over the last two axes; leading axes are equal.
    let matMul (left: Node) (right: Node) : Node = matMulWith false false left right

    /// Contracts the last axis of any value with the first axis of a matrix: (..., k) and (k, n) give (..., n).
    let dense (kernel: Node) (node: Node) : Node =
        if Shape.rank node.Shape = 0 then
            invalidArg (nameof node) (ShapeError.explain (ShapeError.RankMismatch("at least 1 axis", node.Shape)))

        let leading = Shape.dimensions node.Shape |> List.rev |> List.tail |> List.rev
        let rows = List.fold (*) (Dimension.known 1) leading
        let flat = reshape (Shape.create [ rows; Shape.last node.Shape ]) node

        matMul flat kernel
        |> reshape (Shape.create (leading @ [ Shape.last kernel.Shape ]))

    /// The entries of one axis that indices (int32) name: the axis is replaced by the axes of the indices.
    let gather (axis: int) (indices: Node) (values: Node) : Node =
        Node.Create(Operation.Gather(axisOf axis values), values, indices)

    /// Zeros with updates added at indices: the adjoint of gather.
    let scatterAdd (axis: int) (length: Dimension) (indices: Node) (updates: Node) : Node =
        Node.Create(Operation.ScatterAdd(axis, length), indices, updates)

    /// One more, last axis of a length with a one where the index (int32) points, zeros elsewhere.
    let oneHot (length: int) (elementType: ElementType) (indices: Node) : Node =
        let shape =
            Shape.create (Shape.dimensions indices.Shape @ [ Dimension.known length ])

        let positions = iota ElementType.Int32 (Shape.rank shape - 1) shape
        equal (expandDimensions [ -1 ] indices) positions |> cast elementType

    // Functions that need care

    /// log(sum(exp(x))) over axes, stable for every finite x.
    let logSumExp (axes: int list) (keepDimensions: bool) (node: Node) : Node =
        let largest = stopGradient (max axes true node)
        let total = log (sum axes true (exp (node - largest))) + largest
        if keepDimensions then total else squeeze axes total

    /// exp(x) / sum(exp(x)) over an axis, stable for every finite x.
    let softmax (axis: int) (node: Node) : Node =
        let powers = exp (node - stopGradient (max [ axis ] true node))
        powers / sum [ axis ] true powers

    /// log(softmax(x)) over an axis, stable for every finite x.
    let logSoftmax (axis: int) (node: Node) : Node =
        let shifted = node - stopGradient (max [ axis ] true node)
        shifted - log (sum [ axis ] true (exp shifted))
