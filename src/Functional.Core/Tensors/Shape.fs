namespace Functional.Core.Tensors

/// The lengths of a tensor's axes, outermost first. A scalar has no axes.
type Shape =
    private
    | Shape of dimensions: Dimension list

    /// "(batch, 784)"; a scalar is "()", one axis is "(batch,)".
    override this.ToString() =
        let (Shape dimensions) = this

        match dimensions with
        | [ single ] -> $"({single},)"
        | _ -> $"""({dimensions |> List.map string |> String.concat ", "})"""

/// Why shapes or element types do not fit an operation.
[<RequireQualifiedAccess>]
type ShapeError =
    | DimensionNotPositive of axis: int * shape: Shape
    | NotBroadcastable of left: Shape * right: Shape
    | NotBroadcastableTo of shape: Shape * target: Shape
    | AxisOutOfRange of axis: int * shape: Shape
    | AxisRepeated of axis: int * axes: int list
    | SizeMismatch of shape: Shape * target: Shape
    | RankMismatch of expected: string * shape: Shape
    | LengthMismatch of what: string * expected: Dimension * found: Dimension * left: Shape * right: Shape
    | ShapeMismatch of what: string * left: Shape * right: Shape
    | ElementTypeMismatch of what: string * expected: string * found: ElementType
    | OutOfBounds of what: string * shape: Shape
    | InputCount of expected: int * found: int

[<RequireQualifiedAccess>]
module ShapeError =

    /// The error as one sentence.
    let explain (error: ShapeError) : string =
        match error with
        | ShapeError.DimensionNotPositive(axis, shape) ->
            $"every axis must have a length of at least 1, but axis {axis} of shape {shape} has not"
        | ShapeError.NotBroadcastable(left, right) ->
            $"shapes {left} and {right} cannot be broadcast together: aligned at the right, lengths must be equal or 1"
        | ShapeError.NotBroadcastableTo(shape, target) -> $"shape {shape} cannot be broadcast to {target}"
        | ShapeError.AxisOutOfRange(axis, shape) -> $"axis {axis} is out of range for shape {shape}"
        | ShapeError.AxisRepeated(axis, axes) -> $"axis {axis} is named more than once in %A{axes}"
        | ShapeError.SizeMismatch(shape, target) ->
            $"shape {shape} cannot be reshaped to {target}: the numbers of elements differ"
        | ShapeError.RankMismatch(expected, shape) -> $"expected {expected}, but the shape is {shape}"
        | ShapeError.LengthMismatch(what, expected, found, left, right) ->
            $"{what}: expected a length of {expected}, but found {found} (shapes {left} and {right})"
        | ShapeError.ShapeMismatch(what, left, right) -> $"{what}: shapes {left} and {right} differ"
        | ShapeError.ElementTypeMismatch(what, expected, found) ->
            $"{what}: expected {expected}, but found {ElementType.name found}"
        | ShapeError.OutOfBounds(what, shape) -> $"{what} is out of bounds for shape {shape}"
        | ShapeError.InputCount(expected, found) -> $"expected {expected} inputs, but found {found}"

[<RequireQualifiedAccess>]
module Shape =

    /// The shape with these lengths, or the first known one that is not positive.
    let tryCreate (dimensions: Dimension list) : Result<Shape, ShapeError> =
        let isBad dimension =
            match Dimension.tryKnown dimension with
            | Some size -> size < 1
            | None -> false

        match List.tryFindIndex isBad dimensions with
        | Some axis -> Error(ShapeError.DimensionNotPositive(axis, Shape dimensions))
        | None -> Ok(Shape dimensions)

    /// The shape with these lengths. Raises ArgumentException when a known one is not positive.
    let create (dimensions: Dimension list) : Shape =
        match tryCreate dimensions with
        | Ok shape -> shape
        | Error error -> invalidArg (nameof dimensions) (ShapeError.explain error)

    /// The shape with these known lengths.
    let ofInts (sizes: int seq) : Shape =
        sizes |> Seq.map Dimension.known |> List.ofSeq |> create

    /// The shape without axes.
    let scalar: Shape = Shape []

    /// The lengths, outermost first.
    let dimensions (Shape dimensions: Shape) : Dimension list = dimensions

    /// The number of axes.
    let rank (shape: Shape) : int = List.length (dimensions shape)

    /// The length of one axis, counted from 0.
    let dimension (axis: int) (shape: Shape) : Dimension = List.item axis (dimensions shape)

    /// The length of the last axis.
    let last (shape: Shape) : Dimension = List.last (dimensions shape)

    /// The number of elements.
    let size (shape: Shape) : Dimension =
        dimensions shape |> List.fold (*) (Dimension.known 1)

    /// The lengths as numbers, when all are known.
    let tryKnown (shape: Shape) : int list option =
        let sizes = dimensions shape |> List.map Dimension.tryKnown

        if List.forall Option.isSome sizes then
            Some(List.choose id sizes)
        else
            None

    /// Whether no length is known to be below 1.
    let isPositive (shape: Shape) : bool =
        dimensions shape
        |> List.forall (fun length -> Dimension.tryKnown length |> Option.forall (fun size -> size > 0))

    /// The lengths as numbers. Raises InvalidOperationException when one is not bound yet.
    let known (shape: Shape) : int list =
        match tryKnown shape with
        | Some sizes -> sizes
        | None -> invalidOp $"Shape {shape} still has sizes that are not known; bind them first."

    /// Puts numbers in the place of names.
    let bind (sizes: Map<string, int>) (shape: Shape) : Shape =
        Shape(dimensions shape |> List.map (Dimension.bind sizes))

    /// The names that the shape depends on.
    let names (shape: Shape) : Set<string> =
        dimensions shape |> List.map Dimension.names |> Set.unionMany

    /// An axis counted from the end when negative, as a position from 0.
    let tryAxis (axis: int) (shape: Shape) : Result<int, ShapeError> =
        let count = rank shape
        let position = if axis < 0 then axis + count else axis

        if position >= 0 && position < count then
            Ok position
        else
            Error(ShapeError.AxisOutOfRange(axis, shape))

    /// Axes counted from the end when negative, as sorted positions; each at most once.
    let tryAxes (axes: int list) (shape: Shape) : Result<int list, ShapeError> =
        let folder state axis =
            match state, tryAxis axis shape with
            | Error error, _
            | _, Error error -> Error error
            | Ok found, Ok position when List.contains position found -> Error(ShapeError.AxisRepeated(axis, axes))
            | Ok found, Ok position -> Ok(position :: found)

        (Ok [], axes) ||> List.fold folder |> Result.map List.sort

    /// The shape that both broadcast to: aligned at the right, lengths equal or 1 (NumPy's rule). Lengths that are not known
    /// yet have to be equal when data arrives.
    let tryBroadcast (left: Shape) (right: Shape) : Result<Shape, ShapeError> =
        let pad count list =
            List.replicate (count - List.length list) (Dimension.known 1) @ list

        let count = max (rank left) (rank right)

        let common (first: Dimension, second: Dimension) =
            if Dimension.isKnown 1 first then Some second
            elif Dimension.isKnown 1 second then Some first
            else Dimension.tryMeet first second

        let lengths =
            List.zip (pad count (dimensions left)) (pad count (dimensions right))
            |> List.map common

        if List.forall Option.isSome lengths then
            Ok(Shape(List.choose id lengths))
        else
            Error(ShapeError.NotBroadcastable(left, right))

    /// Whether two shapes may turn out to be equal when data arrives.
    let mayEqual (left: Shape) (right: Shape) : bool =
        rank left = rank right
        && List.forall2 Dimension.mayEqual (dimensions left) (dimensions right)

    /// Whether a shape can be stretched to another one: aligned at the right, lengths equal or 1, or equal when data
    /// arrives.
    let stretchesTo (target: Shape) (shape: Shape) : bool =
        let added = rank target - rank shape

        added >= 0
        && List.forall2
            (fun length wanted -> Dimension.isKnown 1 length || Dimension.mayEqual length wanted)
            (dimensions shape)
            (List.skip added (dimensions target))

    /// The shape without these axes (positions from 0).
    let remove (axes: int list) (shape: Shape) : Shape =
        dimensions shape
        |> List.indexed
        |> List.filter (fun (axis, _) -> not (List.contains axis axes))
        |> List.map snd
        |> Shape

    /// The shape with another length on one axis.
    let withDimension (axis: int) (length: Dimension) (shape: Shape) : Shape =
        Shape(List.updateAt axis length (dimensions shape))
