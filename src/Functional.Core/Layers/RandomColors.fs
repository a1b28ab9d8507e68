namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// In training, moves every image's numbers away from (or nearer to) the mean of their channel by a random factor, and
/// limits them; in inference changes nothing. Channels are last.
/// keras/src/layers/preprocessing/image_preprocessing/random_contrast.py
type RandomContrast = {
    /// The factor is from 1 - the first to 1 + the second; both from 0 to 1.
    Factor: float * float
    /// What the results are limited to.
    ValueRange: float * float
    /// A seed of this layer's own; without one, the run's.
    Seed: int option
}

[<RequireQualifiedAccess>]
module RandomContrast =

    let private fullRange = 0.0, 255.0

    /// Keras's arguments. "value_range", which Keras 3.3.3 does not know, comes only when it is another than its.
    let toConfig (settings: RandomContrast) : Config = [
        "factor",
        (if fst settings.Factor = snd settings.Factor then
             ConfigValue.Float(fst settings.Factor)
         else
             RandomImages.ofBounds settings.Factor)
        if settings.ValueRange <> fullRange then
            "value_range", RandomImages.ofBounds settings.ValueRange
        "seed", RandomImages.ofSeed settings.Seed
    ]

    /// Settings from Keras's arguments. Raises ArgumentException when the factor is not from 0 to 1.
    let ofConfig (config: Config) : RandomContrast = {
        Factor =
            match Config.tryFind "factor" config with
            | Some(ConfigValue.List [ lower; upper ]) ->
                Arguments.float "factor" [ "factor", lower ], Arguments.float "factor" [ "factor", upper ]
            | _ ->
                let factor = Arguments.float "factor" config
                factor, factor
        ValueRange = RandomImages.range "value_range" fullRange config
        Seed = Config.tryInt "seed" config
    }

    /// Keras's defaults for a factor.
    let defaults (factor: float) : RandomContrast =
        ofConfig [ "factor", ConfigValue.Float factor ]

    let private adjust (settings: RandomContrast) (context: CallContext) (images: Node) : Node =
        let lower, upper = settings.Factor
        let factor = RandomImages.perImage 0 4 (1.0 - lower, 1.0 + upper) context images
        let mean = Ops.mean [ 1; 2 ] true images
        let low, high = settings.ValueRange
        Ops.clip low high ((images - mean) * factor + mean)

    /// The layer. Raises ArgumentException when a factor is not from 0 to 1.
    let layer (name: string option) (settings: RandomContrast) : Layer =
        Expect.fraction "RandomContrast" "factor" (fst settings.Factor)
        Expect.fraction "RandomContrast" "factor" (snd settings.Factor)

        RandomImages.layer
            "RandomContrast"
            name
            (toConfig settings)
            DataFormat.ChannelsLast
            settings.Seed
            (adjust settings)

/// In training, adds a random number to every image and limits the result; in inference changes nothing.
/// keras/src/layers/preprocessing/image_preprocessing/random_brightness.py
type RandomBrightness = {
    /// The bounds of the number as parts of the value range, from -1 to 1.
    Factor: float * float
    /// What the images' numbers are within, and what the results are limited to.
    ValueRange: float * float
    /// A seed of this layer's own; without one, the run's.
    Seed: int option
}

[<RequireQualifiedAccess>]
module RandomBrightness =

    /// Keras's arguments.
    let toConfig (settings: RandomBrightness) : Config = [
        "factor", RandomImages.ofBounds settings.Factor
        "value_range", RandomImages.ofBounds settings.ValueRange
        "seed", RandomImages.ofSeed settings.Seed
    ]

    /// Settings from Keras's arguments. Raises ArgumentException when the factor is not from -1 to 1.
    let ofConfig (config: Config) : RandomBrightness = {
        Factor =
            RandomFactor.ofConfig "RandomBrightness" "factor" (-1.0, 1.0) config
            |> RandomFactor.bounds
        ValueRange = RandomImages.range "value_range" (0.0, 255.0) config
        Seed = Config.tryInt "seed" config
    }

    /// Keras's defaults for a factor.
    let defaults (factor: float) : RandomBrightness =
        ofConfig [ "factor", ConfigValue.Float factor ]

    let private adjust (settings: RandomBrightness) (context: CallContext) (images: Node) : Node =
        let low, high = settings.ValueRange
        let part = RandomImages.perImage 0 4 settings.Factor context images
        Ops.clip low high (images + part * (high - low))

    /// The layer.
    let layer (name: string option) (settings: RandomBrightness) : Layer =
        RandomImages.layer
            "RandomBrightness"
            name
            (toConfig settings)
            DataFormat.ChannelsLast
            settings.Seed
            (adjust settings)
