namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// The window that a convolution or a pool slides over images, volumes or series; lists have one entry per spatial axis.
type SpatialWindow = {
    Size: int list
    /// Input positions from one window to the next.
    Strides: int list
    Padding: WindowPadding
    DataFormat: DataFormat
    /// Input positions from one element of the window to the next.
    DilationRate: int list
}

[<RequireQualifiedAccess>]
module SpatialWindow =

    /// Reads a convolution's "kernel_size", "strides", "padding", "data_format" and "dilation_rate".
    let ofConfig (spatialRank: int) (paddings: WindowPadding list) (config: Config) : SpatialWindow =
        let ones = List.replicate spatialRank 1

        {
            Size =
                Arguments.tryPerAxis "kernel_size" spatialRank config
                |> Option.defaultWith (fun () -> Arguments.ints "kernel_size" config)
            Strides = Arguments.tryPerAxis "strides" spatialRank config |> Option.defaultValue ones
            Padding = WindowPadding.ofConfig paddings config
            DataFormat = DataFormat.ofConfig config
            DilationRate =
                Arguments.tryPerAxis "dilation_rate" spatialRank config
                |> Option.defaultValue ones
        }

    /// A convolution's arguments, in Keras's order.
    let toConfig (window: SpatialWindow) : Config = [
        "kernel_size", Arguments.ofInts window.Size
        "strides", Arguments.ofInts window.Strides
        "padding", WindowPadding.toConfig window.Padding
        "data_format", DataFormat.toConfig window.DataFormat
        "dilation_rate", Arguments.ofInts window.DilationRate
    ]

    /// That every number is allowed. Keras has no convolution with both strides and dilation.
    let check (className: string) (sizeName: string) (window: SpatialWindow) : unit =
        let positive name (values: int list) =
            values
            |> List.forall (fun value -> value >= 1)
            |> Expect.argument className name values "at least 1 on every axis"

        positive sizeName window.Size
        positive "strides" window.Strides
        positive "dilation_rate" window.DilationRate

        window.DilationRate
        |> List.forall ((=) 1)
        |> (||) (List.forall ((=) 1) window.Strides)
        |> Expect.argument
            className
            "dilation_rate"
            window.DilationRate
            $"1 on every axis where strides are {window.Strides}"

    /// From a window's first position to its last, on every axis.
    let extents (window: SpatialWindow) : int list =
        List.map2 (fun size dilation -> dilation * (size - 1) + 1) window.Size window.DilationRate

    /// The number of channels of a layer's first input, which must be known before data arrives.
    let channels (window: SpatialWindow) (shape: Shape) : int =
        let rank = window.Size.Length + 2
        Expect.rank rank 0 shape
        Expect.length (DataFormat.channelAxis rank window.DataFormat) 0 shape

    let private requireFit (sizeName: string) (window: SpatialWindow) (shape: Shape) : unit =
        let axes =
            List.zip3 (DataFormat.spatialAxes (Shape.rank shape) window.DataFormat) window.Size window.DilationRate

        for (axis, size, dilation), extent in List.zip axes (extents window) do
            match window.Padding, Dimension.tryKnown (Shape.dimension axis shape) with
            | WindowPadding.Valid, Some length when length < extent ->
                let reach =
                    if dilation = 1 then
                        $"{sizeName} {size}"
                    else
                        $"{sizeName} {size} with dilation_rate {dilation} reaches over {extent} positions and"

                invalidArg
                    "inputs"
                    $"{reach} does not fit axis {axis} of length {length} with padding 'valid': input 0 has shape {shape}"
            | _ -> ()

    /// A value with its channels last, as far as windows reach, and the padding around its spatial axes.
    let frame (sizeName: string) (window: SpatialWindow) (node: Node) : Node * (Dimension * Dimension) list =
        Expect.rank (window.Size.Length + 2) 0 node.Shape
        requireFit sizeName window node.Shape
        let node = DataFormat.toChannelsLast window.DataFormat node

        let ends =
            Shape.dimensions node.Shape
            |> List.skip 1
            |> List.take window.Size.Length
            |> List.map3
                (fun stride extent -> WindowPadding.ends stride extent window.Padding)
                window.Strides
                (extents window)

        let kept =
            (node, List.indexed ends)
            ||> List.fold (fun node (axis, ends) -> Ops.sliceAxis (axis + 1) (Dimension.known 0) ends.Kept node)

        kept, ends |> List.map (fun ends -> ends.Low, ends.High)
