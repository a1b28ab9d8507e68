namespace Functional.Core.Layers

open Functional.Core.Graph
open Functional.Core.Tensors

/// Images as layers work on them: (batch, height, width, channels) of floating numbers.
[<RequireQualifiedAccess>]
module ImageAxes =

    /// Applies a function of images (batch, height, width, channels), floating, to images in a format: four axes, or three
    /// for one image without a batch. Whole numbers become floating. Raises ArgumentException for other numbers of axes.
    let map (format: DataFormat) (floating: ElementType) (f: Node -> Node) (node: Node) : Node =
        let images = Ops.cast floating node

        let onBatch batch =
            DataFormat.toChannelsLast format batch |> f |> DataFormat.ofChannelsLast format

        match Shape.rank node.Shape with
        | 4 -> onBatch images
        | 3 -> Ops.expandDimensions [ 0 ] images |> onBatch |> Ops.squeeze [ 0 ]
        | _ -> invalidArg "inputs" $"expects images of 3 or 4 axes, but input 0 has shape {node.Shape}"

    /// Height and width of images (batch, height, width, channels), which must be known before data arrives.
    let size (images: Node) : int * int =
        Expect.length 1 0 images.Shape, Expect.length 2 0 images.Shape

    /// A part of the images: rows and columns from a start on.
    let crop (top: int, left: int) (height: int, width: int) (images: Node) : Node =
        let part axis start length =
            Ops.sliceAxis axis (Dimension.known start) (Dimension.known (start + length))

        images |> part 1 top height |> part 2 left width
