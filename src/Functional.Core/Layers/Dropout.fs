namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// In training, sets elements to 0 with probability rate and divides the others by 1 - rate, so that the mean stays; else
/// changes nothing. Passes the mask on. Srivastava et al. 2014; keras/src/layers/regularization/dropout.py
type Dropout = {
    /// The probability of 0.
    Rate: float
    /// The shape of the choice, stretched to the input's: 1 where elements go together, None for the input's length.
    NoiseShape: int option list option
    /// A seed of this layer's own; without one, the run's.
    Seed: int option
}

[<RequireQualifiedAccess>]
module Dropout =

    /// Every element on its own.
    let defaults (rate: float) : Dropout = {
        Rate = rate
        NoiseShape = None
        Seed = None
    }

    /// Keras's arguments.
    let toConfig (settings: Dropout) : Config = [
        "rate", ConfigValue.Float settings.Rate
        "seed", Arguments.ofOption Arguments.ofInt settings.Seed
        "noise_shape",
        settings.NoiseShape
        |> Arguments.ofOption (List.map (Arguments.ofOption Arguments.ofInt) >> ConfigValue.List)
    ]

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : Dropout = {
        Rate = Arguments.float "rate" config
        NoiseShape = Arguments.tryOpenInts "noise_shape" config
        Seed = Config.tryInt "seed" config
    }

    /// The shape of the random choice for an input.
    let internal concrete (noiseShape: int option list option) (shape: Shape) : Shape =
        match noiseShape with
        | None -> shape
        | Some lengths ->
            if lengths.Length <> Shape.rank shape then
                invalidArg
                    "noise_shape"
                    $"expects {lengths.Length} axes as in noise_shape, but input 0 has shape {shape}"

            List.map2
                (fun given length -> given |> Option.map Dimension.known |> Option.defaultValue length)
                lengths
                (Shape.dimensions shape)
            |> Shape.create

    /// Which elements stay (bool), with probability 1 - rate each.
    let internal kept rate seed (shape: Shape) (context: CallContext) (node: Node) : Node =
        let uniform =
            Layer.random Distribution.Uniform 0 shape node.ElementType (Noise.seeded seed context)

        Ops.greaterOrEqual uniform (uniform.Number rate)

    let private drop (rate: float) seed (shape: Shape) (context: CallContext) (node: Node) : Node =
        if rate >= 1.0 then
            node * 0.0
        else
            Ops.select (kept rate seed shape context node) (node * (1.0 / (1.0 - rate))) (node.Number 0.0)

    let private create className name rate config apply : Layer =
        Expect.fraction className "rate" rate

        Layer.ofFunction className name config (fun context node ->
            match context.Mode with
            | Mode.Training when rate > 0.0 -> apply context node
            | _ -> node)

    /// The layer. Raises ArgumentException when the rate is not from 0 to 1.
    let layer (name: string option) (settings: Dropout) : Layer =
        create "Dropout" name settings.Rate (toConfig settings) (fun context node ->
            drop settings.Rate settings.Seed (concrete settings.NoiseShape node.Shape) context node)

    /// SpatialDropout1D, 2D or 3D: whole channels at a time. keras/src/layers/regularization/spatial_dropout.py
    let spatial (spatialRank: int) (name: string option) (format: DataFormat) (settings: Dropout) : Layer =
        let config = [
            "rate", ConfigValue.Float settings.Rate
            "seed", Arguments.ofOption Arguments.ofInt settings.Seed
            if spatialRank > 1 then
                "data_format", DataFormat.toConfig format
        ]

        let rank = spatialRank + 2

        create $"SpatialDropout{spatialRank}D" name settings.Rate config (fun context node ->
            Expect.rank rank 0 node.Shape

            let shape =
                (node.Shape, DataFormat.spatialAxes rank format)
                ||> List.fold (fun shape axis -> Shape.withDimension axis (Dimension.known 1) shape)

            drop settings.Rate settings.Seed shape context node)

/// In training, multiplies by normal numbers with mean 1 and standard deviation sqrt(rate / (1 - rate)). Passes the mask
/// on. keras/src/layers/regularization/gaussian_dropout.py
type GaussianDropout = { Rate: float; Seed: int option }

[<RequireQualifiedAccess>]
module GaussianDropout =

    /// Without a seed of its own.
    let defaults (rate: float) : GaussianDropout = { Rate = rate; Seed = None }

    /// Keras's arguments.
    let toConfig (settings: GaussianDropout) : Config = [
        "rate", ConfigValue.Float settings.Rate
        "seed", Arguments.ofOption Arguments.ofInt settings.Seed
    ]

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : GaussianDropout = {
        Rate = Arguments.float "rate" config
        Seed = Config.tryInt "seed" config
    }

    /// The layer. Raises ArgumentException when the rate is not at least 0 and below 1.
    let layer (name: string option) (settings: GaussianDropout) : Layer =
        let rate = settings.Rate

        Expect.argument "GaussianDropout" "rate" rate "at least 0 and below 1" (rate >= 0.0 && rate < 1.0)

        Layer.ofFunction "GaussianDropout" name (toConfig settings) (fun context node ->
            match context.Mode with
            | Mode.Training when rate > 0.0 ->
                let normal = Noise.normal settings.Seed context node
                node * (1.0 + normal * sqrt (rate / (1.0 - rate)))
            | _ -> node)

/// In training, sets elements to selu's lower limit with probability rate and rescales, so that mean and variance stay.
/// Passes the mask on. Klambauer et al. 2017; keras/src/layers/regularization/alpha_dropout.py
type AlphaDropout = {
    Rate: float
    NoiseShape: int option list option
    Seed: int option
}

[<RequireQualifiedAccess>]
module AlphaDropout =

    // selu's limit at minus infinity: -scale * alpha.
    let private lowerLimit =
        -1.0507009873554804934193349852946 * 1.6732632423543772848170429916717

    /// Every element on its own.
    let defaults (rate: float) : AlphaDropout = {
        Rate = rate
        NoiseShape = None
        Seed = None
    }

    /// Keras's arguments.
    let toConfig (settings: AlphaDropout) : Config =
        Dropout.toConfig {
            Rate = settings.Rate
            NoiseShape = settings.NoiseShape
            Seed = settings.Seed
        }

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : AlphaDropout = {
        Rate = Arguments.float "rate" config
        NoiseShape = Arguments.tryOpenInts "noise_shape" config
        Seed = Config.tryInt "seed" config
    }

    /// The layer. Raises ArgumentException when the rate is not at least 0 and below 1.
    let layer (name: string option) (settings: AlphaDropout) : Layer =
        let rate = settings.Rate

        Expect.argument "AlphaDropout" "rate" rate "at least 0 and below 1" (rate >= 0.0 && rate < 1.0)

        let scale = 1.0 / sqrt ((1.0 - rate) * (1.0 + rate * lowerLimit * lowerLimit))

        Layer.ofFunction "AlphaDropout" name (toConfig settings) (fun context node ->
            match context.Mode with
            | Mode.Training when rate > 0.0 ->
                let shape = Dropout.concrete settings.NoiseShape node.Shape
                let kept = Dropout.kept rate settings.Seed shape context node

                Ops.select kept node (node.Number lowerLimit) * scale
                - scale * lowerLimit * rate
            | _ -> node)
