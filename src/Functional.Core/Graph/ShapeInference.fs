namespace Functional.Core.Graph

open Functional.Core.Tensors

/// The shape and element type of an operation's result, or why the inputs do not fit.
[<RequireQualifiedAccess>]
module ShapeInference =

    type private Signature = Shape * ElementType

    // Every node is checked when it is made: the words of an error are put together only when there is one. What is
    // named by an error is a function or a text; both show themselves with ToString.

    let private requireSame (what: 'Name) (left: Signature) (right: Signature) : Result<unit, ShapeError> =
        if fst left <> fst right then
            Error(ShapeError.ShapeMismatch(string what, fst left, fst right))
        elif snd left <> snd right then
            Error(ShapeError.ElementTypeMismatch(string what, ElementType.name (snd left), snd right))
        else
            Ok()

    let private requireType (what: 'Name) (expected: ElementType) (found: ElementType) : Result<unit, ShapeError> =
        if expected = found then
            Ok()
        else
            Error(ShapeError.ElementTypeMismatch(string what, ElementType.name expected, found))

    let private requireNumber (what: 'Name) (found: ElementType) : Result<unit, ShapeError> =
        if found <> ElementType.Bool then
            Ok()
        else
            Error(ShapeError.ElementTypeMismatch(string what, "a number", found))

    let private requireFloating (what: 'Name) (found: ElementType) : Result<unit, ShapeError> =
        if ElementType.isFloating found then
            Ok()
        else
            Error(ShapeError.ElementTypeMismatch(string what, "float32 or float64", found))

    /// Operations hold positions: an axis counted from the end is no position.
    let private requirePosition (shape: Shape) (axis: int) : Result<unit, ShapeError> =
        if axis >= 0 && axis < Shape.rank shape then
            Ok()
        else
            Error(ShapeError.AxisOutOfRange(axis, shape))

    let private requirePositions (axes: int list) (shape: Shape) : Result<unit, ShapeError> =
        (Ok(), axes)
        ||> List.fold (fun state axis -> state |> Result.bind (fun () -> requirePosition shape axis))
        |> Result.bind (fun () -> Shape.tryAxes axes shape |> Result.map ignore)

    let private unary (unary: UnaryFunction) ((shape, elementType): Signature) : Result<Signature, ShapeError> =
        match unary with
        | UnaryFunction.Not -> requireType "Not" ElementType.Bool elementType
        | UnaryFunction.Negate
        | UnaryFunction.Abs
        | UnaryFunction.Sign -> requireNumber unary elementType
        | _ -> requireFloating unary elementType
        |> Result.map (fun () -> shape, elementType)

    let private binary (binary: BinaryFunction) (left: Signature) (right: Signature) : Result<Signature, ShapeError> =
        let elementTypeFits =
            match binary with
            | BinaryFunction.And
            | BinaryFunction.Or -> requireType binary ElementType.Bool (snd left)
            | BinaryFunction.Atan2
            | BinaryFunction.Power -> requireFloating binary (snd left)
            | BinaryFunction.Add
            | BinaryFunction.Subtract
            | BinaryFunction.Multiply
            | BinaryFunction.Divide
            | BinaryFunction.Maximum
            | BinaryFunction.Minimum
            | BinaryFunction.Remainder -> requireNumber binary (snd left)

        requireSame binary left right
        |> Result.bind (fun () -> elementTypeFits)
        |> Result.map (fun () -> left)

    /// The lengths that a rule gives for every axis, or the first error.
    let private axisByAxis
        (rule: Dimension -> 'Axis -> Result<Dimension, ShapeError>)
        (axes: 'Axis list)
        (shape: Shape)
        : Result<Shape, ShapeError> =
        if List.length axes <> Shape.rank shape then
            Error(ShapeError.RankMismatch($"{List.length axes} axes", shape))
        else
            (List.zip (Shape.dimensions shape) axes, Ok [])
            ||> List.foldBack (fun (length, axis) state ->
                rule length axis
                |> Result.bind (fun first -> state |> Result.map (fun rest -> first :: rest)))
            |> Result.bind Shape.tryCreate

    /// Whether a difference of lengths is known to be below a number: what is not known yet may fit.
    let private isBelow (limit: int) (difference: Dimension) : bool =
        Dimension.tryKnown difference |> Option.exists (fun size -> size < limit)

    let private slice (axes: SliceAxis list) (shape: Shape) : Result<Shape, ShapeError> =
        let rule (length: Dimension) (axis: SliceAxis) =
            let isOutside =
                isBelow 0 axis.Start
                || isBelow 1 (axis.Stop - axis.Start)
                || isBelow 0 (length - axis.Stop)

            if axis.Stride < 1 || isOutside then
                Error(ShapeError.OutOfBounds($"the slice {axis.Start}:{axis.Stop}:{axis.Stride}", shape))
            else
                Ok(Dimension.floorDivide axis.Stride (axis.Stop - axis.Start + Dimension.known (axis.Stride - 1)))

        axisByAxis rule axes shape

    let private pad (axes: PadAxis list) (shape: Shape) : Result<Shape, ShapeError> =
        let rule (length: Dimension) (axis: PadAxis) =
            if axis.Interior < 0 || isBelow 0 axis.Low || isBelow 0 axis.High then
                Error(ShapeError.OutOfBounds($"the padding {axis.Low}:{axis.High}:{axis.Interior}", shape))
            else
                let gaps = Dimension.known axis.Interior * (length - Dimension.known 1)
                Ok(axis.Low + length + gaps + axis.High)

        axisByAxis rule axes shape

    let private concatenate (axis: int) (inputs: Signature list) : Result<Signature, ShapeError> =
        match inputs with
        | [] -> Error(ShapeError.InputCount(1, 0))
        | (first, elementType) :: others ->
            requirePosition first axis
            |> Result.bind (fun () ->
                let fits (shape, found) =
                    Shape.rank shape = Shape.rank first
                    && Shape.remove [ axis ] shape = Shape.remove [ axis ] first
                    && found = elementType

                match List.tryFind (fits >> not) others with
                | Some(shape, found) when found = elementType ->
                    Error(ShapeError.ShapeMismatch($"Concatenate along axis {axis}", first, shape))
                | Some(_, found) ->
                    Error(ShapeError.ElementTypeMismatch("Concatenate", ElementType.name elementType, found))
                | None ->
                    let total = inputs |> List.map (fst >> Shape.dimension axis) |> List.reduce (+)
                    Ok(Shape.withDimension axis total first, elementType))

    let private matMul transposeLeft transposeRight (left: Signature) (right: Signature) =
        let leftShape, elementType = left
        let rightShape = fst right
        let rank = Shape.rank leftShape

        let axes transposed =
            if transposed then
                rank - 1, rank - 2
            else
                rank - 2, rank - 1

        if rank < 2 then
            Error(ShapeError.RankMismatch("at least 2 axes", leftShape))
        elif Shape.rank rightShape <> rank then
            Error(ShapeError.ShapeMismatch("MatMul", leftShape, rightShape))
        else
            let rowAxis, leftInner = axes transposeLeft
            let rightInner, columnAxis = axes transposeRight

            let leading shape =
                List.take (rank - 2) (Shape.dimensions shape)

            let expected = Shape.dimension leftInner leftShape
            let found = Shape.dimension rightInner rightShape

            if leading leftShape <> leading rightShape then
                Error(ShapeError.ShapeMismatch("MatMul, leading axes", leftShape, rightShape))
            elif expected <> found then
                Error(ShapeError.LengthMismatch("MatMul, inner axis", expected, found, leftShape, rightShape))
            elif not (ElementType.isFloating elementType) then
                Error(ShapeError.ElementTypeMismatch("MatMul", "float32 or float64", elementType))
            elif snd right <> elementType then
                Error(ShapeError.ElementTypeMismatch("MatMul", ElementType.name elementType, snd right))
            else
                let result =
                    leading leftShape
                    @ [ Shape.dimension rowAxis leftShape; Shape.dimension columnAxis rightShape ]

                Ok(Shape.create result, elementType)

    let private scatterAdd axis length (indices: Signature) (updates: Signature) =
        let indexRank = Shape.rank (fst indices)
        let lengths = Shape.dimensions (fst updates)

        if axis < 0 || axis + indexRank > List.length lengths then
            Error(ShapeError.AxisOutOfRange(axis, fst updates))
        elif List.take indexRank (List.skip axis lengths) <> Shape.dimensions (fst indices) then
            Error(ShapeError.ShapeMismatch("ScatterAdd, indices against updates", fst indices, fst updates))
        else
            requireType "ScatterAdd, indices" ElementType.Int32 (snd indices)
            |> Result.bind (fun () ->
                List.take axis lengths @ [ length ] @ List.skip (axis + indexRank) lengths
                |> Shape.tryCreate)
            |> Result.map (fun shape -> shape, snd updates)

    let private scan (scan: Scan) (result: int) (inputs: Signature list) : Result<Signature, ShapeError> =
        let steps = Array.ofList scan.Body.Steps

        let outputs = [
            for output in scan.Body.Outputs -> steps[output].Shape, steps[output].ElementType
        ]

        let sequenceEnd = scan.CarryCount + scan.SequenceCount

        /// An input as one step of the loop sees it.
        let seen position (shape: Shape, elementType: ElementType) =
            if position < scan.CarryCount || position >= sequenceEnd then
                Ok(shape, elementType)
            elif Shape.rank shape = 0 then
                Error(ShapeError.RankMismatch("a leading axis to scan over", shape))
            elif Shape.dimension 0 shape <> scan.Length then
                let found = Shape.dimension 0 shape
                Error(ShapeError.LengthMismatch("Scan, leading axis", scan.Length, found, shape, shape))
            else
                Ok(Shape.remove [ 0 ] shape, elementType)

        let fits position input =
            seen position input
            |> Result.bind (fun found ->
                let leaves =
                    scan.Body.Steps
                    |> List.filter (fun step -> BodyStep.tryInput step = Some position)
                    |> List.map (fun step -> step.Shape, step.ElementType)

                let next =
                    if position < scan.CarryCount then
                        [ outputs[position] ]
                    else
                        []

                (Ok(), leaves @ next)
                ||> List.fold (fun state expected ->
                    state
                    |> Result.bind (fun () -> requireSame $"Scan, input {position}" expected found)))

        let largest = scan.Body.Steps |> List.choose BodyStep.tryInput |> List.fold max -1

        if inputs.Length <= largest || inputs.Length < sequenceEnd then
            Error(ShapeError.InputCount(max (largest + 1) sequenceEnd, inputs.Length))
        elif result < 0 || result >= outputs.Length then
            Error(ShapeError.InputCount(outputs.Length, result + 1))
        else
            (Ok(), List.indexed inputs)
            ||> List.fold (fun state (position, input) -> state |> Result.bind (fun () -> fits position input))
            |> Result.bind (fun () ->
                let shape, elementType = outputs[result]

                if result < scan.CarryCount then
                    Ok(shape, elementType)
                else
                    Shape.tryCreate (scan.Length :: Shape.dimensions shape)
                    |> Result.map (fun stacked -> stacked, elementType))

    /// The result's shape and element type.
    let infer (operation: Operation) (inputs: (Shape * ElementType) list) : Result<Shape * ElementType, ShapeError> =
        match operation, inputs with
        | Operation.Leaf(_, _, shape, elementType), [] -> Ok(shape, elementType)
        | Operation.Constant literal, [] -> Ok(Literal.shape literal, literal.ElementType)
        | Operation.Size(_, elementType), [] ->
            requireNumber "Size" elementType
            |> Result.map (fun () -> Shape.scalar, elementType)
        | Operation.Iota(shape, axis, elementType), [] ->
            requireNumber "Iota" elementType
            |> Result.bind (fun () -> requirePosition shape axis)
            |> Result.map (fun () -> shape, elementType)
        | Operation.Random(_, _, shape, elementType), [ key, keyType ] ->
            requireType "Random, key" ElementType.Int32 keyType
            |> Result.bind (fun () -> requireFloating "Random" elementType)
            |> Result.bind (fun () ->
                if key = Shape.ofInts [ 2 ] then
                    Ok(shape, elementType)
                else
                    Error(ShapeError.RankMismatch("a key of shape (2,)", key)))
        | Operation.Unary f, [ input ] -> unary f input
        | Operation.Binary f, [ left; right ] -> binary f left right
        | Operation.Compare comparison, [ left; right ] ->
            requireSame comparison left right
            |> Result.map (fun () -> fst left, ElementType.Bool)
        | Operation.Select, [ condition; ifTrue; ifFalse ] ->
            requireSame "Select" ifTrue ifFalse
            |> Result.bind (fun () -> requireSame "Select, condition" (fst ifTrue, ElementType.Bool) condition)
            |> Result.map (fun () -> ifTrue)
        | Operation.Cast elementType, [ shape, _ ] -> Ok(shape, elementType)
        | Operation.StopGradient, [ input ] -> Ok input
        | Operation.Broadcast target, [ shape, elementType ] ->
            if Shape.stretchesTo target shape then
                Ok(target, elementType)
            else
                Error(ShapeError.NotBroadcastableTo(shape, target))
        | Operation.Reshape target, [ shape, elementType ] ->
            if Shape.size shape = Shape.size target then
                Ok(target, elementType)
            else
                Error(ShapeError.SizeMismatch(shape, target))
        | Operation.Transpose permutation, [ shape, elementType ] ->
            if List.sort permutation = [ 0 .. Shape.rank shape - 1 ] then
                Ok(permutation |> List.map (fun axis -> Shape.dimension axis shape) |> Shape.create, elementType)
            else
                Error(
                    ShapeError.RankMismatch(
                        $"a shape whose every axis is once in the permutation %A{permutation}",
                        shape
                    )
                )
        | Operation.Slice axes, [ shape, elementType ] ->
            slice axes shape |> Result.map (fun result -> result, elementType)
        | Operation.Pad(axes, _), [ shape, elementType ] ->
            pad axes shape |> Result.map (fun result -> result, elementType)
        | Operation.Concatenate axis, inputs -> concatenate axis inputs
        | Operation.Reverse axes, [ shape, elementType ] ->
            requirePositions axes shape |> Result.map (fun () -> shape, elementType)
        | Operation.Reduce(_, axes), [ shape, elementType ] ->
            requirePositions axes shape
            |> Result.bind (fun () -> requireNumber "Reduce" elementType)
            |> Result.map (fun () -> Shape.remove axes shape, elementType)
        | Operation.ArgMax axis, [ shape, _ ] ->
            requirePosition shape axis
            |> Result.map (fun () -> Shape.remove [ axis ] shape, ElementType.Int32)
        | Operation.CumulativeSum(axis, _, _), [ shape, elementType ] ->
            requireNumber "CumulativeSum" elementType
            |> Result.bind (fun () -> requirePosition shape axis)
            |> Result.map (fun () -> shape, elementType)
        | Operation.Hash _, [ shape, elementType ] ->
            requireType "Hash" ElementType.Int32 elementType
            |> Result.map (fun () -> shape, elementType)
        | Operation.MatMul(transposeLeft, transposeRight), [ left; right ] ->
            matMul transposeLeft transposeRight left right
        | Operation.Gather axis, [ values, elementType; indices, indexType ] ->
            requireType "Gather, indices" ElementType.Int32 indexType
            |> Result.bind (fun () -> requirePosition values axis)
            |> Result.map (fun () ->
                let lengths = Shape.dimensions values

                List.take axis lengths @ Shape.dimensions indices @ List.skip (axis + 1) lengths
                |> Shape.create,
                elementType)
        | Operation.ScatterAdd(axis, length), [ indices; updates ] -> scatterAdd axis length indices updates
        | Operation.Convolution window, [ input; kernel ] -> WindowShapes.convolution window input kernel
        | Operation.ConvolutionInputGradient(window, inputShape), [ upstream; kernel ] ->
            WindowShapes.inputGradient window inputShape upstream kernel
        | Operation.ConvolutionKernelGradient(window, kernelShape), [ input; upstream ] ->
            WindowShapes.kernelGradient window kernelShape input upstream
        | Operation.SumPool window, [ input ] -> WindowShapes.pool "SumPool" window input
        | Operation.SumPoolGradient(window, inputShape), [ upstream, elementType ] ->
            WindowShapes.poolGradient "SumPoolGradient" window inputShape [ elementType ] upstream
        | Operation.MaxPool window, [ input ] -> WindowShapes.pool "MaxPool" window input
        | Operation.SelectAndScatter window, [ values, valuesType; upstream, upstreamType ] ->
            WindowShapes.poolGradient "SelectAndScatter" window values [ valuesType; upstreamType ] upstream
        | Operation.SelectAndGather window, [ values; others ] -> WindowShapes.selectAndGather window values others
        | Operation.Scan(loop, result), inputs -> scan loop result inputs
        | (Operation.Leaf _ | Operation.Constant _ | Operation.Size _ | Operation.Iota _), _ ->
            Error(ShapeError.InputCount(0, List.length inputs))
        | (Operation.Binary _ | Operation.Compare _ | Operation.MatMul _ | Operation.Gather _ | Operation.ScatterAdd _),
          _ -> Error(ShapeError.InputCount(2, List.length inputs))
        | (Operation.Convolution _ | Operation.ConvolutionInputGradient _ | Operation.ConvolutionKernelGradient _ | Operation.SelectAndScatter _ | Operation.SelectAndGather _),
          _ -> Error(ShapeError.InputCount(2, List.length inputs))
        | (Operation.SumPool _ | Operation.SumPoolGradient _ | Operation.MaxPool _), _ ->
            Error(ShapeError.InputCount(1, List.length inputs))
        | Operation.Select, _ -> Error(ShapeError.InputCount(3, List.length inputs))
        | (Operation.Random _ | Operation.Unary _ | Operation.Cast _ | Operation.StopGradient | Operation.Broadcast _ | Operation.Reshape _ | Operation.Transpose _ | Operation.Slice _ | Operation.Pad _ | Operation.Reverse _ | Operation.Reduce _ | Operation.ArgMax _ | Operation.CumulativeSum _ | Operation.Hash _),
          _ -> Error(ShapeError.InputCount(1, List.length inputs))
