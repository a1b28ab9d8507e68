namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Naming
open Functional.Core.Tensors

/// How much a random layer changes at most, as it was given and is saved: Keras's factors.
[<RequireQualifiedAccess>]
type RandomFactor =
    /// As much both ways; the sign means nothing.
    | BothWays of size: float
    /// From one bound to the other.
    | Between of first: float * second: float

[<RequireQualifiedAccess>]
module RandomFactor =

    /// Lower and upper bound.
    let bounds (factor: RandomFactor) : float * float =
        match factor with
        // Not -size, which is -0 for 0.
        | RandomFactor.BothWays size -> 0.0 - abs size, abs size
        | RandomFactor.Between(first, second) -> min first second, max first second

    /// A number or a list of two, without a default. Raises ArgumentException when a number is not within the limits.
    let ofConfig (className: string) (key: string) (lowest: float, highest: float) (config: Config) : RandomFactor =
        let number (value: float) =
            Expect.argument className key value $"from {lowest} to {highest}" (value >= lowest && value <= highest)
            value

        let part value =
            number (Arguments.float key [ key, value ])

        match Config.tryFind key config with
        | Some(ConfigValue.List [ first; second ]) -> RandomFactor.Between(part first, part second)
        | Some(ConfigValue.List values) ->
            invalidArg key $"{className}: {key} must be a number or two, but are {values.Length}."
        | _ -> RandomFactor.BothWays(number (Arguments.float key config))

    /// As it was given.
    let toConfig (factor: RandomFactor) : ConfigValue =
        match factor with
        | RandomFactor.BothWays size -> ConfigValue.Float size
        | RandomFactor.Between(first, second) -> ConfigValue.List [ ConfigValue.Float first; ConfigValue.Float second ]

/// What the layers that change images at random in training have in common.
[<RequireQualifiedAccess>]
module RandomImages =

    /// A layer that changes floating images (batch, height, width, channels) in training, and nothing else in inference but
    /// that whole numbers become floating.
    let layer
        (className: string)
        (name: string option)
        (config: Config)
        (format: DataFormat)
        (seed: int option)
        (change: CallContext -> Node -> Node)
        : Layer =
        Layer.ofFunction className name config (fun context node ->
            let change =
                match context.Mode with
                | Mode.Training -> change (Noise.seeded seed context)
                | Mode.Inference -> id

            ImageAxes.map format context.Floating change node)

    /// Numbers from low to high, one for every image: (batch, 1, ..., 1) with as many axes as asked for.
    let perImage (index: int) (axes: int) (low: float, high: float) (context: CallContext) (images: Node) : Node =
        let shape =
            Shape.create (Shape.dimension 0 images.Shape :: List.replicate (axes - 1) (Dimension.known 1))

        let uniform =
            Layer.random Distribution.Uniform index shape images.ElementType context

        uniform * (high - low) + low

    /// Two numbers as Keras writes them.
    let ofBounds (low: float, high: float) : ConfigValue =
        ConfigValue.List [ ConfigValue.Float low; ConfigValue.Float high ]

    /// Keras's arguments of a seed.
    let ofSeed (seed: int option) : ConfigValue = Arguments.ofOption Arguments.ofInt seed

    /// Two numbers of an argument, in order.
    let range (key: string) (fallback: float * float) (config: Config) : float * float =
        match Config.tryFind key config with
        | None -> fallback
        | Some(ConfigValue.List [ first; second ]) ->
            let first = Arguments.float key [ key, first ]
            let second = Arguments.float key [ key, second ]
            min first second, max first second
        | Some value -> invalidArg key $"'{key}' must be two numbers, but is {value}."

    /// Reads "fill_mode", "fill_value" and "interpolation"; Keras's defaults are reflect, 0 and bilinear.
    let sampling (config: Config) : ImageSampling = {
        FillMode = Config.string "fill_mode" "reflect" config |> FillMode.ofName
        FillValue = Config.float "fill_value" 0.0 config
        IsBilinear =
            match Config.string "interpolation" "bilinear" config with
            | "bilinear" -> true
            | "nearest" -> false
            | other -> invalidArg "interpolation" (Names.unknown "interpolation" other [ "bilinear"; "nearest" ])
    }

    /// Keras's text of an interpolation.
    let interpolation (sampling: ImageSampling) : ConfigValue =
        ConfigValue.String(if sampling.IsBilinear then "bilinear" else "nearest")
