namespace Functional.Core.Layers

open Functional.Core.Graph
open Functional.Core.Naming
open Functional.Core.Tensors

/// What is outside an image: Keras's "fill_mode".
[<RequireQualifiedAccess>]
type FillMode =
    /// The image mirrored at its edges: (d c b a | a b c d | d c b a).
    | Reflect
    /// The image again: (a b c d | a b c d | a b c d).
    | Wrap
    /// One number.
    | Constant
    /// The nearest element: (a a a a | a b c d | d d d d).
    | Nearest

[<RequireQualifiedAccess>]
module FillMode =

    let private names = [
        "reflect", FillMode.Reflect
        "wrap", FillMode.Wrap
        "constant", FillMode.Constant
        "nearest", FillMode.Nearest
    ]

    /// Keras's text.
    let name (mode: FillMode) : string =
        names |> List.find (snd >> (=) mode) |> fst

    /// The mode of a Keras text. Raises ArgumentException with the nearest ones.
    let ofName (text: string) : FillMode =
        match List.tryFind (fst >> (=) text) names with
        | Some(_, mode) -> mode
        | None -> invalidArg "fill_mode" (Names.unknown "fill_mode" text (List.map fst names))

/// How images are read at places that are no elements.
type ImageSampling = {
    FillMode: FillMode
    /// The number outside an image where FillMode is Constant.
    FillValue: float
    /// Whether the four neighbours are weighted; else the nearest one counts.
    IsBilinear: bool
}

/// Six numbers for every image, each (batch, 1, 1): the element at row y and column x of the result is read at column
/// ColumnX * x + ColumnY * y + Column and row RowX * x + RowY * y + Row of the image.
type AffineMap = {
    ColumnX: Node
    ColumnY: Node
    Column: Node
    RowX: Node
    RowY: Node
    Row: Node
}

[<RequireQualifiedAccess>]
module ImageSampling =

    /// A whole position (as a floating number), as one inside an axis.
    let private inside (mode: FillMode) (length: Node) (position: Node) : Node =
        let last = length - 1.0

        match mode with
        | FillMode.Reflect ->
            let period = length * 2.0
            let place = Ops.remainder position period
            Ops.minimum place (period - 1.0 - place)
        | FillMode.Wrap -> Ops.remainder position length
        | FillMode.Constant
        | FillMode.Nearest -> Ops.minimum (Ops.maximum position (position.Number 0.0)) last

    /// Elements of the images (batch, height, width, channels) at whole places (batch, rows, columns).
    let private read (sampling: ImageSampling) (images: Node) (row: Node) (column: Node) : Node =
        match Shape.dimensions images.Shape with
        | [ batch; height; width; channels ] ->
            let length dimension = Ops.size images.ElementType dimension
            let rows = length height
            let columns = length width
            let whole = Ops.cast ElementType.Int32
            let wholeLength = Ops.size ElementType.Int32
            let image = Ops.iota ElementType.Int32 0 row.Shape

            let place =
                (image * wholeLength height + whole (inside sampling.FillMode rows row))
                * wholeLength width
                + whole (inside sampling.FillMode columns column)

            let elements =
                Ops.reshape (Shape.create [ batch * height * width; channels ]) images
                |> Ops.gather 0 place

            match sampling.FillMode with
            | FillMode.Constant ->
                let isInside =
                    [ row, rows; column, columns ]
                    |> List.map (fun (position, length) ->
                        Ops.logicalAnd (Ops.greaterOrEqual position (position.Number 0.0)) (Ops.less position length))
                    |> List.reduce Ops.logicalAnd

                Ops.select (Ops.expandDimensions [ -1 ] isInside) elements (elements.Number sampling.FillValue)
            | FillMode.Reflect
            | FillMode.Wrap
            | FillMode.Nearest -> elements
        | _ -> invalidArg "inputs" $"expects images of 4 axes, but input 0 has shape {images.Shape}"

    /// Images read at places: rows and columns, each (batch, rows, columns).
    let at (sampling: ImageSampling) (images: Node) (row: Node) (column: Node) : Node =
        if sampling.IsBilinear then
            let top = Ops.floor row
            let left = Ops.floor column
            let below = Ops.expandDimensions [ -1 ] (row - top)
            let right = Ops.expandDimensions [ -1 ] (column - left)
            let read = read sampling images

            let across y =
                read y left * (1.0 - right) + read y (left + 1.0) * right

            across top * (1.0 - below) + across (top + 1.0) * below
        else
            read sampling images (Ops.floor (row + 0.5)) (Ops.floor (column + 0.5))

    /// Images read where a map says.
    let affine (sampling: ImageSampling) (map: AffineMap) (images: Node) : Node =
        let lengths = Shape.dimensions images.Shape
        let grid = Shape.create (List.take 3 lengths)
        let y = Ops.iota images.ElementType 1 grid
        let x = Ops.iota images.ElementType 2 grid
        let row = map.RowX * x + map.RowY * y + map.Row
        let column = map.ColumnX * x + map.ColumnY * y + map.Column
        at sampling images row column
