namespace Functional.Core.Layers

open System
open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// In training, turns every image by a random angle about its middle; in inference changes nothing.
/// keras/src/layers/preprocessing/image_preprocessing/random_rotation.py
type RandomRotation = {
    /// The angle's bounds as parts of a whole turn, from -1 to 1; positive turns counter-clockwise.
    Factor: float * float
    Sampling: ImageSampling
    /// A seed of this layer's own; without one, the run's.
    Seed: int option
    /// Kept for Keras's files; nothing depends on it.
    ValueRange: float * float
    DataFormat: DataFormat
}

[<RequireQualifiedAccess>]
module RandomRotation =

    /// Keras's arguments.
    let toConfig (settings: RandomRotation) : Config = [
        "factor", RandomImages.ofBounds settings.Factor
        "value_range", RandomImages.ofBounds settings.ValueRange
        "data_format", DataFormat.toConfig settings.DataFormat
        "fill_mode", ConfigValue.String(FillMode.name settings.Sampling.FillMode)
        "fill_value", ConfigValue.Float settings.Sampling.FillValue
        "interpolation", RandomImages.interpolation settings.Sampling
        "seed", RandomImages.ofSeed settings.Seed
    ]

    /// Settings from Keras's arguments. Raises ArgumentException when the factor is not from -1 to 1.
    let ofConfig (config: Config) : RandomRotation = {
        Factor =
            RandomFactor.ofConfig "RandomRotation" "factor" (-1.0, 1.0) config
            |> RandomFactor.bounds
        Sampling = RandomImages.sampling config
        Seed = Config.tryInt "seed" config
        ValueRange = RandomImages.range "value_range" (0.0, 255.0) config
        DataFormat = DataFormat.ofConfig config
    }

    /// Keras's defaults for a factor.
    let defaults (factor: float) : RandomRotation =
        ofConfig [ "factor", ConfigValue.Float factor ]

    let private rotate (settings: RandomRotation) (context: CallContext) (images: Node) : Node =
        let low, high = settings.Factor
        let turn = 2.0 * Math.PI
        let angle = RandomImages.perImage 0 3 (low * turn, high * turn) context images
        let cos = Ops.cos angle
        let sin = Ops.sin angle
        let bottom = Ops.size images.ElementType (Shape.dimension 1 images.Shape) - 1.0
        let right = Ops.size images.ElementType (Shape.dimension 2 images.Shape) - 1.0

        let map = {
            ColumnX = cos
            ColumnY = -sin
            Column = (right - (cos * right - sin * bottom)) * 0.5
            RowX = sin
            RowY = cos
            Row = (bottom - (sin * right + cos * bottom)) * 0.5
        }

        ImageSampling.affine settings.Sampling map images

    /// The layer.
    let layer (name: string option) (settings: RandomRotation) : Layer =
        RandomImages.layer "RandomRotation" name (toConfig settings) settings.DataFormat settings.Seed (rotate settings)

/// In training, shifts every image at random; in inference changes nothing.
/// keras/src/layers/preprocessing/image_preprocessing/random_translation.py
type RandomTranslation = {
    /// The bounds of the shift as parts of the height; positive is down.
    HeightFactor: RandomFactor
    /// The bounds of the shift as parts of the width; positive is right.
    WidthFactor: RandomFactor
    Sampling: ImageSampling
    /// A seed of this layer's own; without one, the run's.
    Seed: int option
    DataFormat: DataFormat
}

[<RequireQualifiedAccess>]
module RandomTranslation =

    /// Keras's arguments.
    let toConfig (settings: RandomTranslation) : Config = [
        "height_factor", RandomFactor.toConfig settings.HeightFactor
        "width_factor", RandomFactor.toConfig settings.WidthFactor
        "fill_mode", ConfigValue.String(FillMode.name settings.Sampling.FillMode)
        "interpolation", RandomImages.interpolation settings.Sampling
        "seed", RandomImages.ofSeed settings.Seed
        "fill_value", ConfigValue.Float settings.Sampling.FillValue
        "data_format", DataFormat.toConfig settings.DataFormat
    ]

    /// Settings from Keras's arguments. Raises ArgumentException when a factor is not from -1 to 1.
    let ofConfig (config: Config) : RandomTranslation = {
        HeightFactor = RandomFactor.ofConfig "RandomTranslation" "height_factor" (-1.0, 1.0) config
        WidthFactor = RandomFactor.ofConfig "RandomTranslation" "width_factor" (-1.0, 1.0) config
        Sampling = RandomImages.sampling config
        Seed = Config.tryInt "seed" config
        DataFormat = DataFormat.ofConfig config
    }

    /// Keras's defaults for two factors.
    let defaults (heightFactor: float) (widthFactor: float) : RandomTranslation =
        ofConfig [
            "height_factor", ConfigValue.Float heightFactor
            "width_factor", ConfigValue.Float widthFactor
        ]

    let private translate (settings: RandomTranslation) (context: CallContext) (images: Node) : Node =
        let shift index axis factor =
            let length = Ops.size images.ElementType (Shape.dimension axis images.Shape)

            -(RandomImages.perImage index 3 (RandomFactor.bounds factor) context images
              * length)

        let one = images.Number 1.0
        let zero = images.Number 0.0

        let map = {
            ColumnX = one
            ColumnY = zero
            Column = shift 1 2 settings.WidthFactor
            RowX = zero
            RowY = one
            Row = shift 0 1 settings.HeightFactor
        }

        ImageSampling.affine settings.Sampling map images

    /// The layer.
    let layer (name: string option) (settings: RandomTranslation) : Layer =
        RandomImages.layer
            "RandomTranslation"
            name
            (toConfig settings)
            settings.DataFormat
            settings.Seed
            (translate settings)

/// In training, makes what every image shows smaller (factor above 0) or larger (below 0) at random about its middle; in
/// inference changes nothing. keras/src/layers/preprocessing/image_preprocessing/random_zoom.py
type RandomZoom = {
    /// The bounds of the vertical factor, from -1 to 1: what is seen is 1 + factor times as high.
    HeightFactor: RandomFactor
    /// The same for the width; None for the vertical one, so that nothing is distorted.
    WidthFactor: RandomFactor option
    Sampling: ImageSampling
    /// A seed of this layer's own; without one, the run's.
    Seed: int option
    DataFormat: DataFormat
}

[<RequireQualifiedAccess>]
module RandomZoom =

    /// Keras's arguments.
    let toConfig (settings: RandomZoom) : Config = [
        "height_factor", RandomFactor.toConfig settings.HeightFactor
        "width_factor", settings.WidthFactor |> Arguments.ofOption RandomFactor.toConfig
        "fill_mode", ConfigValue.String(FillMode.name settings.Sampling.FillMode)
        "interpolation", RandomImages.interpolation settings.Sampling
        "seed", RandomImages.ofSeed settings.Seed
        "fill_value", ConfigValue.Float settings.Sampling.FillValue
        "data_format", DataFormat.toConfig settings.DataFormat
    ]

    /// Settings from Keras's arguments. Raises ArgumentException when a factor is not from -1 to 1.
    let ofConfig (config: Config) : RandomZoom = {
        HeightFactor = RandomFactor.ofConfig "RandomZoom" "height_factor" (-1.0, 1.0) config
        WidthFactor =
            Config.tryFind "width_factor" config
            |> Option.map (fun _ -> RandomFactor.ofConfig "RandomZoom" "width_factor" (-1.0, 1.0) config)
        Sampling = RandomImages.sampling config
        Seed = Config.tryInt "seed" config
        DataFormat = DataFormat.ofConfig config
    }

    /// Keras's defaults for a vertical factor.
    let defaults (heightFactor: float) : RandomZoom =
        ofConfig [ "height_factor", ConfigValue.Float heightFactor ]

    let private zoom (settings: RandomZoom) (context: CallContext) (images: Node) : Node =
        let scale index factor =
            let low, high = RandomFactor.bounds factor
            RandomImages.perImage index 3 (1.0 + low, 1.0 + high) context images

        let vertical = scale 0 settings.HeightFactor

        let horizontal =
            settings.WidthFactor |> Option.map (scale 1) |> Option.defaultValue vertical

        let offset axis (scale: Node) =
            let last = Ops.size images.ElementType (Shape.dimension axis images.Shape) - 1.0
            last * 0.5 * (1.0 - scale)

        let zero = images.Number 0.0

        let map = {
            ColumnX = horizontal
            ColumnY = zero
            Column = offset 2 horizontal
            RowX = zero
            RowY = vertical
            Row = offset 1 vertical
        }

        ImageSampling.affine settings.Sampling map images

    /// The layer.
    let layer (name: string option) (settings: RandomZoom) : Layer =
        RandomImages.layer "RandomZoom" name (toConfig settings) settings.DataFormat settings.Seed (zoom settings)
