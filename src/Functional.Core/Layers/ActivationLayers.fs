namespace Functional.Core.Layers

open Functional.Core.Activations
open Functional.Core.Configuration

/// Any activation as a layer: activation(x). Passes the mask on. keras/src/layers/activations/activation.py
type ActivationLayer = { Activation: Activation }

[<RequireQualifiedAccess>]
module ActivationLayer =

    /// Keras's arguments.
    let toConfig (settings: ActivationLayer) : Config = [ "activation", Activation.toConfig settings.Activation ]

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : ActivationLayer = {
        Activation =
            match Config.tryFind "activation" config with
            | Some value -> Activation.ofConfig value
            | None -> invalidArg "activation" "'activation' has no default: it must be given."
    }

    /// The layer; Keras's class is Activation.
    let layer (name: string option) (settings: ActivationLayer) : Layer =
        Layer.create "Activation" name (toConfig settings) (fun _ -> []) (fun _ inputs ->
            let value = Expect.single inputs
            Layer.output (Activated.value settings.Activation value.Mask value.Node))

    /// The class of Keras that computes the activation with its arguments, which a function loses in Keras's files.
    let ownClass (settings: ActivationLayer) : (string * Config) option =
        let arguments = settings.Activation.Arguments

        match settings.Activation.Name with
        | _ when arguments.IsEmpty -> None
        | "relu" -> Some("ReLU", arguments)
        | "elu" -> Some("ELU", arguments)
        | "leaky_relu" ->
            Some(
                "LeakyReLU",
                [
                    "negative_slope", ConfigValue.Float(Config.float "negative_slope" 0.2 arguments)
                ]
            )
        | _ -> None

/// x from the threshold up to a maximum, negativeSlope * (x - threshold) below. Passes the mask on.
/// keras/src/layers/activations/relu.py
type ReLU = {
    MaxValue: float option
    NegativeSlope: float
    Threshold: float
}

[<RequireQualifiedAccess>]
module ReLU =

    /// max(x, 0).
    let defaults: ReLU = {
        MaxValue = None
        NegativeSlope = 0.0
        Threshold = 0.0
    }

    /// Keras's arguments.
    let toConfig (settings: ReLU) : Config = [
        "max_value", Arguments.ofOption ConfigValue.Float settings.MaxValue
        "negative_slope", ConfigValue.Float settings.NegativeSlope
        "threshold", ConfigValue.Float settings.Threshold
    ]

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : ReLU = {
        MaxValue = Arguments.tryFloat "max_value" config
        NegativeSlope = Config.float "negative_slope" 0.0 config
        Threshold = Config.float "threshold" 0.0 config
    }

    /// The layer. Raises ArgumentException when a number is negative.
    let layer (name: string option) (settings: ReLU) : Layer =
        settings.MaxValue
        |> Option.iter (fun value -> Expect.argument "ReLU" "max_value" value "0 or more" (value >= 0.0))

        Expect.argument "ReLU" "negative_slope" settings.NegativeSlope "0 or more" (settings.NegativeSlope >= 0.0)
        Expect.argument "ReLU" "threshold" settings.Threshold "0 or more" (settings.Threshold >= 0.0)

        Layer.ofFunction "ReLU" name (toConfig settings) (fun _ ->
            Rectifiers.reluWith settings.NegativeSlope settings.MaxValue settings.Threshold)

/// x where it is positive, negativeSlope * x elsewhere. Passes the mask on. keras/src/layers/activations/leaky_relu.py
type LeakyReLU = { NegativeSlope: float }

[<RequireQualifiedAccess>]
module LeakyReLU =

    /// A slope of 0.3.
    let defaults: LeakyReLU = { NegativeSlope = 0.3 }

    /// Keras's arguments.
    let toConfig (settings: LeakyReLU) : Config = [ "negative_slope", ConfigValue.Float settings.NegativeSlope ]

    /// Settings from Keras's arguments; "alpha" is the slope's old name.
    let ofConfig (config: Config) : LeakyReLU = {
        NegativeSlope = Config.float "negative_slope" (Config.float "alpha" 0.3 config) config
    }

    /// The layer. Raises ArgumentException when the slope is negative.
    let layer (name: string option) (settings: LeakyReLU) : Layer =
        Expect.argument "LeakyReLU" "negative_slope" settings.NegativeSlope "0 or more" (settings.NegativeSlope >= 0.0)
        Layer.ofFunction "LeakyReLU" name (toConfig settings) (fun _ -> Rectifiers.leakyRelu settings.NegativeSlope)

/// x where it is positive, alpha * (exp(x) - 1) elsewhere. Passes the mask on. keras/src/layers/activations/elu.py
type ELU = { Alpha: float }

[<RequireQualifiedAccess>]
module ELU =

    /// An alpha of 1.
    let defaults: ELU = { Alpha = 1.0 }

    /// Keras's arguments.
    let toConfig (settings: ELU) : Config = [ "alpha", ConfigValue.Float settings.Alpha ]

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : ELU = {
        Alpha = Config.float "alpha" 1.0 config
    }

    /// The layer.
    let layer (name: string option) (settings: ELU) : Layer =
        Layer.ofFunction "ELU" name (toConfig settings) (fun _ -> Rectifiers.elu settings.Alpha)
