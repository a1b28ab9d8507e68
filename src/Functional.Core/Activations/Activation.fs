namespace Functional.Core.Activations

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Naming

/// A function between layers: its Keras name, the arguments that differ from Keras's defaults, and what it computes.
[<ReferenceEquality>]
type Activation = {
    Name: string
    Arguments: Config
    Apply: Node -> Node
}

[<RequireQualifiedAccess>]
module Activation =

    /// An activation of one's own.
    let create (name: string) (arguments: Config) (apply: Node -> Node) : Activation = {
        Name = name
        Arguments = arguments
        Apply = apply
    }

    let private plain (names: string list) (apply: Node -> Node) : RegistryEntry<Activation> =
        Registry.entry names (fun _ -> create names.Head [] apply)

    let private known (names: string list) (apply: Config -> Node -> Node) : RegistryEntry<Activation> =
        Registry.entry names (fun config -> create names.Head config (apply config))

    /// An activation with one number as argument, under Keras's name and with Keras's default.
    let private withNumber name key fallback (apply: float -> Node -> Node) : RegistryEntry<Activation> =
        known [ name ] (fun config -> apply (Config.float key fallback config))

    let private withAxis name (apply: int -> Node -> Node) : RegistryEntry<Activation> =
        known [ name ] (fun config -> apply (Config.int "axis" -1 config))

    let private relu (config: Config) : Node -> Node =
        let maxValue =
            Config.tryFind "max_value" config
            |> Option.map (fun _ -> Config.float "max_value" 0.0 config)

        Rectifiers.reluWith (Config.float "negative_slope" 0.0 config) maxValue (Config.float "threshold" 0.0 config)

    let private threshold (config: Config) : Node -> Node =
        Rectifiers.threshold (Config.float "threshold" 0.0 config) (Config.float "default_value" 0.0 config)

    /// Every activation by its Keras names, and the textbooks' step function and maxout.
    let registry: Registry<Activation> = {
        Kind = "activation"
        Module = "keras.activations"
        IgnoresCase = false
        Entries = [
            withNumber "celu" "alpha" 1.0 Rectifiers.celu
            withNumber "elu" "alpha" 1.0 Rectifiers.elu
            plain [ "exponential" ] Ops.exp
            known [ "gelu" ] (fun config -> Sigmoids.gelu (Config.bool "approximate" false config))
            withAxis "glu" AxisActivations.glu
            withNumber "hard_shrink" "threshold" 0.5 Rectifiers.hardShrink
            plain [ "hard_sigmoid" ] Sigmoids.hardSigmoid
            plain [ "hard_sigmoid_keras2" ] Sigmoids.hardSigmoidOfKeras2
            plain [ "hard_silu"; "hard_swish" ] Sigmoids.hardSilu
            plain [ "hard_tanh" ] Sigmoids.hardTanh
            withNumber "leaky_relu" "negative_slope" 0.2 Rectifiers.leakyRelu
            plain [ "linear" ] id
            plain [ "log_sigmoid" ] Sigmoids.logSigmoid
            withAxis "log_softmax" AxisActivations.logSoftmax
            known [ "maxout" ] (fun config -> AxisActivations.maxout (Config.int "pieces" 2 config))
            plain [ "mish" ] Sigmoids.mish
            known [ "relu" ] relu
            plain [ "relu6" ] Rectifiers.relu6
            plain [ "selu" ] Rectifiers.selu
            plain [ "sigmoid" ] Sigmoids.sigmoid
            plain [ "silu"; "swish" ] Sigmoids.silu
            withNumber "soft_shrink" "threshold" 0.5 Rectifiers.softShrink
            withAxis "softmax" AxisActivations.softmax
            plain [ "softplus" ] Rectifiers.softplus
            plain [ "softsign" ] Sigmoids.softsign
            plain [ "sparse_plus" ] Rectifiers.sparsePlus
            plain [ "sparse_sigmoid" ] Sigmoids.sparseSigmoid
            withAxis "sparsemax" AxisActivations.sparsemax
            withNumber "squareplus" "b" 4.0 Rectifiers.squareplus
            plain [ "step" ] Rectifiers.step
            plain [ "tanh" ] Sigmoids.tanh
            plain [ "tanh_shrink" ] Sigmoids.tanhShrink
            known [ "threshold" ] threshold
        ]
    }

    /// The activation with a Keras name and arguments. Raises ArgumentException with the nearest names when unknown.
    let ofNameWith (name: string) (arguments: Config) : Activation = Registry.create name arguments registry

    /// The activation with a Keras name, arguments at their defaults. Raises ArgumentException with the nearest names
    /// when it is unknown.
    let ofName (name: string) : Activation = ofNameWith name []

    /// The activation that a saved value stands for; null is "linear".
    let ofConfig (value: ConfigValue) : Activation =
        match value with
        | ConfigValue.Null -> ofName "linear"
        | _ -> Registry.ofConfig value registry

    /// What Keras saves: the name; an object when there are arguments.
    let toConfig (activation: Activation) : ConfigValue =
        match activation.Arguments with
        | [] -> ConfigValue.String activation.Name
        | arguments -> Registry.toConfig activation.Name arguments registry
