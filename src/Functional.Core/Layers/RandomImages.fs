namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Naming
open Functional.Core.Tensors

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

    /// Two bounds from a number (its negative and itself) or a list of two, in order. Raises ArgumentException when they are
    /// not within the limits.
    let bounds (className: string) (key: string) (lowest: float, highest: float) (config: Config) : float * float =
        let checkedBound (value: float) =
            Expect.argument className key value $"from {lowest} to {highest}" (value >= lowest && value <= highest)
            value

        match Config.tryFind key config with
        | Some(ConfigValue.List [ first; second ]) ->
            let number value =
                checkedBound (Arguments.float key [ key, value ])

            min (number first) (number second), max (number first) (number second)
        | Some(ConfigValue.List values) ->
            invalidArg key $"{className}: {key} must be a number or two, but are {values.Length}."
        | _ ->
            let size = abs (checkedBound (Arguments.float key config))
            // Not -size, which is -0 for 0: that is written as another text.
            0.0 - size, size

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
        | Some value -> invalidArg key $"'{key}' must be two numbers, but is %A{value}."

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
