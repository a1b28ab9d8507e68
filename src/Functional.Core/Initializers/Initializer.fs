namespace Functional.Core.Initializers

open Functional.Core.Configuration
open Functional.Core.Naming

/// How a weight begins: Keras's class and configuration, and what writes the row-major values for a seed and a shape.
/// Equal seeds and shapes give equal values.
[<ReferenceEquality>]
type Initializer = {
    ClassName: string
    Config: Config
    Writer: int -> int list -> ValueWriter
} with

    /// All values for a seed and a shape.
    member this.Values (seed: int) (shape: int list) : float array =
        this.Writer seed shape |> ValueWriter.toArray (List.fold (*) 1 shape)

[<RequireQualifiedAccess>]
module Initializer =

    // The standard deviation of a normal distribution cut at two standard deviations.
    let private truncatedDeviation = 0.87962566103423978

    /// An initializer without randomness.
    let private fixedValues className config (writer: int list -> ValueWriter) : Initializer = {
        ClassName = className
        Config = config
        Writer = fun _ shape -> writer shape
    }

    /// An initializer that draws numbers. A seed of its own, in the configuration, wins over the one that is given.
    let private random className (own: int option) config (writer: int -> int list -> ValueWriter) : Initializer =
        let seed =
            match own with
            | Some value -> ConfigValue.Int(int64 value)
            | None -> ConfigValue.Null

        {
            ClassName = className
            Config = config @ [ "seed", seed ]
            Writer = fun given shape -> writer (Option.defaultValue given own) shape
        }

    /// One number everywhere.
    let constant (value: float) : Initializer =
        fixedValues "Constant" [ "value", ConfigValue.Float value ] (fun _ -> ValueWriter.constant value)

    /// 0 everywhere.
    let zeros: Initializer = fixedValues "Zeros" [] (fun _ -> ValueWriter.constant 0.0)

    /// 1 everywhere.
    let ones: Initializer = fixedValues "Ones" [] (fun _ -> ValueWriter.constant 1.0)

    /// A number on the diagonal of a matrix, 0 elsewhere. Raises ArgumentException for a shape without two axes.
    let identity (gain: float) : Initializer =
        fixedValues "Identity" [ "gain", ConfigValue.Float gain ] (fun shape ->
            match shape with
            | [ _; columns ] ->
                ValueWriter.ofPosition (fun position ->
                    if position / columns = position % columns then
                        gain
                    else
                        0.0)
            | _ -> invalidArg (nameof shape) $"The identity initializer makes matrices, but the shape is %A{shape}.")

    /// Normal numbers.
    let randomNormal (mean: float) (standardDeviation: float) (seed: int option) : Initializer =
        let config = [
            "mean", ConfigValue.Float mean
            "stddev", ConfigValue.Float standardDeviation
        ]

        random "RandomNormal" seed config (fun seed _ -> RandomValues.normal mean standardDeviation seed)

    /// Normal numbers within two standard deviations.
    let truncatedNormal (mean: float) (standardDeviation: float) (seed: int option) : Initializer =
        let config = [
            "mean", ConfigValue.Float mean
            "stddev", ConfigValue.Float standardDeviation
        ]

        random "TruncatedNormal" seed config (fun seed _ -> RandomValues.truncatedNormal mean standardDeviation seed)

    /// Numbers from low up to, but without, high.
    let randomUniform (low: float) (high: float) (seed: int option) : Initializer =
        let config = [ "minval", ConfigValue.Float low; "maxval", ConfigValue.Float high ]
        random "RandomUniform" seed config (fun seed _ -> RandomValues.uniform low high seed)

    /// Numbers whose variance is scale divided by the number of connections that the mode names ("fan_in", "fan_out" or
    /// "fan_avg"); distribution "truncated_normal", "untruncated_normal" or "uniform".
    let private scaledValues scale mode distribution : int -> int list -> ValueWriter =
        let connections shape =
            let fanIn, fanOut = Fans.ofShape shape

            match mode with
            | "fan_in" -> float fanIn
            | "fan_out" -> float fanOut
            | "fan_avg" -> float (fanIn + fanOut) / 2.0
            | _ -> invalidArg (nameof mode) (Names.unknown "mode" mode [ "fan_in"; "fan_out"; "fan_avg" ])

        let draw =
            match distribution with
            | "normal"
            | "truncated_normal" -> fun deviation -> RandomValues.truncatedNormal 0.0 (deviation / truncatedDeviation)
            | "untruncated_normal" -> fun deviation -> RandomValues.normal 0.0 deviation
            | "uniform" -> fun deviation -> RandomValues.uniform (-deviation * sqrt 3.0) (deviation * sqrt 3.0)
            | _ ->
                [ "truncated_normal"; "untruncated_normal"; "uniform" ]
                |> Names.unknown "distribution" distribution
                |> invalidArg (nameof distribution)

        fun seed shape -> draw (sqrt (scale / max 1.0 (connections shape))) seed

    /// Numbers whose variance is scale divided by the number of connections: mode "fan_in", "fan_out" or "fan_avg",
    /// distribution "truncated_normal", "untruncated_normal" or "uniform". Raises ArgumentException for other texts.
    let varianceScaling (scale: float) (mode: string) (distribution: string) (seed: int option) : Initializer =
        let config = [
            "scale", ConfigValue.Float scale
            "mode", ConfigValue.String mode
            "distribution", ConfigValue.String distribution
        ]

        random "VarianceScaling" seed config (scaledValues scale mode distribution)

    /// Orthogonal vectors of one length, along the last axis or, when that is longer, along all others together. Raises
    /// ArgumentException for a shape with less than two axes.
    let orthogonal (gain: float) (seed: int option) : Initializer =
        random "OrthogonalInitializer" seed [ "gain", ConfigValue.Float gain ] (fun seed shape ->
            if shape.Length < 2 then
                invalidArg
                    (nameof shape)
                    $"The orthogonal initializer needs at least two axes, but the shape is %A{shape}."

            let columns = List.last shape
            RandomValues.orthogonal gain seed (List.fold (*) 1 shape / columns) columns)

    let private scaled names scale mode distribution : RegistryEntry<Initializer> =
        Registry.entry names (fun config ->
            random (List.head names) (Config.tryInt "seed" config) [] (scaledValues scale mode distribution))

    /// Every initializer by its Keras names.
    let registry: Registry<Initializer> = {
        Kind = "initializer"
        Module = "keras.initializers"
        IgnoresCase = false
        Entries = [
            Registry.entry [ "Zeros"; "zeros"; "zero" ] (fun _ -> zeros)
            Registry.entry [ "Ones"; "ones"; "one" ] (fun _ -> ones)
            Registry.entry [ "Constant"; "constant" ] (fun config -> constant (Config.float "value" 0.0 config))
            Registry.entry [ "Identity"; "identity"; "IdentityInitializer" ] (fun config ->
                identity (Config.float "gain" 1.0 config))
            Registry.entry [ "RandomNormal"; "random_normal"; "normal" ] (fun config ->
                randomNormal
                    (Config.float "mean" 0.0 config)
                    (Config.float "stddev" 0.05 config)
                    (Config.tryInt "seed" config))
            Registry.entry [ "RandomUniform"; "random_uniform"; "uniform" ] (fun config ->
                randomUniform
                    (Config.float "minval" -0.05 config)
                    (Config.float "maxval" 0.05 config)
                    (Config.tryInt "seed" config))
            Registry.entry [ "TruncatedNormal"; "truncated_normal" ] (fun config ->
                truncatedNormal
                    (Config.float "mean" 0.0 config)
                    (Config.float "stddev" 0.05 config)
                    (Config.tryInt "seed" config))
            Registry.entry [ "VarianceScaling"; "variance_scaling" ] (fun config ->
                varianceScaling
                    (Config.float "scale" 1.0 config)
                    (Config.string "mode" "fan_in" config)
                    (Config.string "distribution" "truncated_normal" config)
                    (Config.tryInt "seed" config))
            scaled [ "GlorotUniform"; "glorot_uniform" ] 1.0 "fan_avg" "uniform"
            scaled [ "GlorotNormal"; "glorot_normal" ] 1.0 "fan_avg" "truncated_normal"
            scaled [ "HeUniform"; "he_uniform" ] 2.0 "fan_in" "uniform"
            scaled [ "HeNormal"; "he_normal" ] 2.0 "fan_in" "truncated_normal"
            scaled [ "LecunUniform"; "lecun_uniform" ] 1.0 "fan_in" "uniform"
            scaled [ "LecunNormal"; "lecun_normal" ] 1.0 "fan_in" "truncated_normal"
            Registry.entry
                [
                    "OrthogonalInitializer"
                    "Orthogonal"
                    "orthogonal"
                    "orthogonal_initializer"
                ]
                (fun config -> orthogonal (Config.float "gain" 1.0 config) (Config.tryInt "seed" config))
        ]
    }

    /// The initializer with a Keras name and configuration. Raises ArgumentException with the nearest names when unknown.
    let ofNameWith (name: string) (config: Config) : Initializer = Registry.create name config registry

    /// The initializer with a Keras name. Raises ArgumentException with the nearest names when it is unknown.
    let ofName (name: string) : Initializer = ofNameWith name []

    /// The initializer that a saved value stands for.
    let ofConfig (value: ConfigValue) : Initializer = Registry.ofConfig value registry

    /// What Keras saves.
    let toConfig (initializer: Initializer) : ConfigValue =
        Registry.toConfig initializer.ClassName initializer.Config registry
