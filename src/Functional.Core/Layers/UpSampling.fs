namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Naming
open Functional.Core.Tensors

/// How new elements between old ones get their values.
[<RequireQualifiedAccess>]
type UpSamplingInterpolation =
    | Nearest
    | Bilinear

/// Makes every spatial axis longer by a whole factor: UpSampling1D on (batch, steps, features), UpSampling2D and
/// UpSampling3D on images and volumes. Drops the mask. keras/src/layers/reshaping/up_sampling2d.py
type UpSampling = {
    /// The factor of every spatial axis.
    Size: int list
    DataFormat: DataFormat
    /// UpSampling2D only; the others repeat.
    Interpolation: UpSamplingInterpolation
}

[<RequireQualifiedAccess>]
module UpSampling =

    /// Twice as long, by repetition.
    let defaults (spatialRank: int) : UpSampling = {
        Size = List.replicate spatialRank 2
        DataFormat = DataFormat.ChannelsLast
        Interpolation = UpSamplingInterpolation.Nearest
    }

    let private interpolationName (interpolation: UpSamplingInterpolation) : string =
        match interpolation with
        | UpSamplingInterpolation.Nearest -> "nearest"
        | UpSamplingInterpolation.Bilinear -> "bilinear"

    /// Keras's arguments.
    let toConfig (settings: UpSampling) : Config = [
        match settings.Size with
        | [ size ] -> "size", Arguments.ofInt size
        | sizes ->
            "size", Arguments.ofInts sizes
            "data_format", DataFormat.toConfig settings.DataFormat

            if sizes.Length = 2 then
                "interpolation", ConfigValue.String(interpolationName settings.Interpolation)
    ]

    /// Settings from Keras's arguments.
    let ofConfig (spatialRank: int) (config: Config) : UpSampling = {
        Size =
            Arguments.tryPerAxis "size" spatialRank config
            |> Option.defaultValue (defaults spatialRank).Size
        DataFormat = DataFormat.ofConfig config
        Interpolation =
            match Config.string "interpolation" "nearest" config with
            | "nearest" -> UpSamplingInterpolation.Nearest
            | "bilinear" -> UpSamplingInterpolation.Bilinear
            | other -> invalidArg "interpolation" (Names.unknown "interpolation" other [ "nearest"; "bilinear" ])
    }

    /// Every element of an axis several times.
    let private repeat (axis: int) (factor: int) (node: Node) : Node =
        let lengths = Shape.dimensions node.Shape

        let spread =
            Shape.create (List.insertAt (axis + 1) (Dimension.known factor) lengths)

        node
        |> Ops.expandDimensions [ axis + 1 ]
        |> Ops.broadcastTo spread
        |> Ops.reshape (Shape.withDimension axis (Dimension.known factor * lengths[axis]) node.Shape)

    /// Weighted means of neighbours along an axis.
    let private interpolate (axis: int) (factor: int) (node: Node) : Node =
        let length = int64 (Expect.length axis 0 node.Shape) * int64 factor
        Interpolation.resizeAxis Interpolation.Bilinear axis (Config.whole "size" length) node

    let private upSample (settings: UpSampling) (node: Node) : Node =
        let rank = settings.Size.Length + 2
        Expect.rank rank 0 node.Shape

        let stretch =
            match settings.Interpolation with
            | UpSamplingInterpolation.Nearest -> repeat
            | UpSamplingInterpolation.Bilinear -> interpolate

        (node, List.zip (DataFormat.spatialAxes rank settings.DataFormat) settings.Size)
        ||> List.fold (fun node (axis, factor) -> stretch axis factor node)

    /// UpSampling1D, UpSampling2D or UpSampling3D. Raises ArgumentException when a factor is not positive.
    let layer (name: string option) (settings: UpSampling) : Layer =
        let className = $"UpSampling{settings.Size.Length}D"

        settings.Size
        |> List.forall (fun factor -> factor >= 1)
        |> Expect.argument className "size" settings.Size "at least 1 on every axis"

        Layer.ofUnmaskedFunction className name (toConfig settings) (fun _ -> upSample settings)
