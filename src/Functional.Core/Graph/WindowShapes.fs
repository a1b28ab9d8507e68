namespace Functional.Core.Graph

open Functional.Core.Tensors

/// The shapes of convolutions and pools, for shape inference.
[<RequireQualifiedAccess>]
module internal WindowShapes =

    /// A size known to be below a number: what is not known yet may fit.
    let private isBelow (limit: int) (size: Dimension) : bool =
        Dimension.tryKnown size |> Option.exists (fun known -> known < limit)

    let private lengths name (items: int) (rank: int) (shape: Shape) : Result<unit, ShapeError> =
        if items = rank && rank > 0 then
            Ok()
        else
            Error(ShapeError.RankMismatch($"a batch axis, {items} spatial axes and channels for {name}", shape))

    /// How many windows fit along the spatial axes of (batch, space.., channels).
    let private slide name (strides: int list) padding (extents: Dimension list) (shape: Shape) =
        let slideAxis stride (low, high) (extent, length) =
            let room = length + low + high - extent

            if stride < 1 || isBelow 0 low || isBelow 0 high || isBelow 0 room then
                Error(
                    ShapeError.OutOfBounds(
                        $"{name}, a window of {extent} with stride {stride}, padding {low}:{high},",
                        shape
                    )
                )
            else
                Ok(Dimension.floorDivide stride room + Dimension.known 1)

        let spatial = Shape.dimensions shape |> List.skip 1 |> List.take strides.Length

        (List.map3 slideAxis strides padding (List.zip extents spatial), Ok [])
        ||> List.foldBack (fun axis state ->
            Result.bind (fun rest -> axis |> Result.map (fun first -> first :: rest)) state)

    let private requireFloating name (types: ElementType list) : Result<unit, ShapeError> =
        match types with
        | first :: _ when not (ElementType.isFloating first) ->
            Error(ShapeError.ElementTypeMismatch(name, "float32 or float64", first))
        | first :: rest ->
            match List.tryFind ((<>) first) rest with
            | Some other -> Error(ShapeError.ElementTypeMismatch(name, ElementType.name first, other))
            | None -> Ok()
        | [] -> Ok()

    let private convolutionShape
        (window: ConvolutionWindow)
        (input: Shape)
        (kernel: Shape)
        : Result<Shape, ShapeError> =
        let name = "Convolution"
        let axes = window.Strides.Length

        lengths name axes (Shape.rank input - 2) input
        |> Result.bind (fun () -> lengths $"{name}, a kernel" axes (Shape.rank kernel - 2) kernel)
        |> Result.bind (fun () ->
            if window.Padding.Length <> axes || window.Dilations.Length <> axes then
                Error(ShapeError.RankMismatch($"strides, padding and dilations of one length for {name}", input))
            elif window.Groups < 1 || List.exists (fun dilation -> dilation < 1) window.Dilations then
                Error(
                    ShapeError.OutOfBounds(
                        $"{name} with groups {window.Groups} and dilations %A{window.Dilations}",
                        kernel
                    )
                )
            else
                let channels = Shape.last input
                let perGroup = Shape.dimension axes kernel
                let filters = Shape.last kernel

                let isDivided =
                    window.Groups = 1
                    || Dimension.tryKnown filters
                       |> Option.forall (fun count -> count % window.Groups = 0)

                if channels <> perGroup * Dimension.known window.Groups then
                    let what = $"{name}, channels per group (groups {window.Groups})"

                    Error(
                        ShapeError.LengthMismatch(
                            what,
                            Dimension.floorDivide window.Groups channels,
                            perGroup,
                            input,
                            kernel
                        )
                    )
                elif not isDivided then
                    Error(ShapeError.OutOfBounds($"{name}, {filters} channels in {window.Groups} groups,", kernel))
                else
                    let extent dilation size =
                        Dimension.known dilation * (size - Dimension.known 1) + Dimension.known 1

                    let extents =
                        List.map2 extent window.Dilations (List.take axes (Shape.dimensions kernel))

                    slide name window.Strides window.Padding extents input
                    |> Result.map (fun spatial -> Shape.create (Shape.dimension 0 input :: spatial @ [ filters ])))

    /// (batch, space.., channels out) from input and kernel.
    let convolution
        window
        (input: Shape, inputType)
        (kernel: Shape, kernelType)
        : Result<Shape * ElementType, ShapeError> =
        requireFloating "Convolution" [ inputType; kernelType ]
        |> Result.bind (fun () -> convolutionShape window input kernel)
        |> Result.map (fun shape -> shape, inputType)

    let private requireResult name (expected: Shape) (upstream: Shape) : Result<unit, ShapeError> =
        if expected = upstream then
            Ok()
        else
            Error(ShapeError.ShapeMismatch($"{name}, upstream against the result", upstream, expected))

    /// The input's shape, when upstream and kernel fit it.
    let inputGradient window (inputShape: Shape) (upstream: Shape, upstreamType) (kernel: Shape, kernelType) =
        requireFloating "ConvolutionInputGradient" [ upstreamType; kernelType ]
        |> Result.bind (fun () -> convolutionShape window inputShape kernel)
        |> Result.bind (fun expected -> requireResult "ConvolutionInputGradient" expected upstream)
        |> Result.map (fun () -> inputShape, upstreamType)

    /// The kernel's shape, when input and upstream fit it.
    let kernelGradient window (kernelShape: Shape) (input: Shape, inputType) (upstream: Shape, upstreamType) =
        requireFloating "ConvolutionKernelGradient" [ inputType; upstreamType ]
        |> Result.bind (fun () -> convolutionShape window input kernelShape)
        |> Result.bind (fun expected -> requireResult "ConvolutionKernelGradient" expected upstream)
        |> Result.map (fun () -> kernelShape, inputType)

    let private poolShape name (window: PoolWindow) (input: Shape) : Result<Shape, ShapeError> =
        let axes = window.Strides.Length

        lengths name axes (Shape.rank input - 2) input
        |> Result.bind (fun () ->
            if window.Padding.Length <> axes || window.Size.Length <> axes then
                Error(ShapeError.RankMismatch($"size, strides and padding of one length for {name}", input))
            elif List.exists (fun size -> size < 1) window.Size then
                Error(ShapeError.OutOfBounds($"{name} of size %A{window.Size}", input))
            else
                slide name window.Strides window.Padding (List.map Dimension.known window.Size) input
                |> Result.map (fun spatial -> Shape.create (Shape.dimension 0 input :: spatial @ [ Shape.last input ])))

    /// (batch, space.., channels) from an input.
    let pool name window (input: Shape, inputType) : Result<Shape * ElementType, ShapeError> =
        requireFloating name [ inputType ]
        |> Result.bind (fun () -> poolShape name window input)
        |> Result.map (fun shape -> shape, inputType)

    /// The input's shape, when upstream fits it.
    let poolGradient name window (inputShape: Shape) (types: ElementType list) (upstream: Shape) =
        requireFloating name types
        |> Result.bind (fun () -> poolShape name window inputShape)
        |> Result.bind (fun expected -> requireResult name expected upstream)
        |> Result.map (fun () -> inputShape, List.head types)

    /// The pool's shape, when the others are shaped as the values.
    let selectAndGather window (values: Shape, valuesType) (others: Shape, othersType) =
        if values <> others then
            Error(ShapeError.ShapeMismatch("SelectAndGather", values, others))
        else
            requireFloating "SelectAndGather" [ valuesType; othersType ]
            |> Result.bind (fun () -> poolShape "SelectAndGather" window values)
            |> Result.map (fun shape -> shape, valuesType)
