namespace Functional.Core.Constraints

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Naming

/// A projection of a weight after every update.
[<ReferenceEquality>]
type Constraint = {
    ClassName: string
    Config: Config
    Apply: Node -> Node
}

[<RequireQualifiedAccess>]
module Constraint =

    /// Keras's epsilon, which keeps a division by a norm of zero finite.
    let private epsilon = 1e-7

    let private axesConfig (axes: int list) : ConfigValue =
        match axes with
        | [ single ] -> ConfigValue.Int(int64 single)
        | _ -> ConfigValue.List(axes |> List.map (int64 >> ConfigValue.Int))

    let private norm (axes: int list) (weight: Node) : Node =
        Ops.sqrt (Ops.sum axes true (Ops.square weight))

    /// Scales down what is longer than maxValue along the axes: w * clip(norm, 0, maxValue) / (norm + 1e-7).
    let maxNorm (maxValue: float) (axes: int list) : Constraint = {
        ClassName = "MaxNorm"
        Config = [ "max_value", ConfigValue.Float maxValue; "axis", axesConfig axes ]
        Apply =
            fun weight ->
                let length = norm axes weight
                weight * (Ops.clip 0.0 maxValue length / (length + epsilon))
    }

    /// Negative elements become 0.
    let nonNeg: Constraint = {
        ClassName = "NonNeg"
        Config = []
        Apply = fun weight -> Ops.maximum weight (weight.Number 0.0)
    }

    /// Scales to length 1 along the axes: w / (norm + 1e-7).
    let unitNorm (axes: int list) : Constraint = {
        ClassName = "UnitNorm"
        Config = [ "axis", axesConfig axes ]
        Apply = fun weight -> weight / (norm axes weight + epsilon)
    }

    /// Moves the length along the axes towards [minValue, maxValue], by the part `rate` of the way.
    let minMaxNorm (minValue: float) (maxValue: float) (rate: float) (axes: int list) : Constraint = {
        ClassName = "MinMaxNorm"
        Config = [
            "min_value", ConfigValue.Float minValue
            "max_value", ConfigValue.Float maxValue
            "rate", ConfigValue.Float rate
            "axis", axesConfig axes
        ]
        Apply =
            fun weight ->
                let length = norm axes weight
                let wanted = Ops.clip minValue maxValue length * rate + length * (1.0 - rate)
                weight * (wanted / (length + epsilon))
    }

    /// Every constraint by its Keras names.
    let registry: Registry<Constraint> =
        let axes config =
            Config.tryInts "axis" config |> Option.defaultValue [ 0 ]

        {
            Kind = "constraint"
            Module = "keras.constraints"
            IgnoresCase = false
            Entries = [
                Registry.entry [ "MaxNorm"; "max_norm"; "maxnorm" ] (fun config ->
                    maxNorm (Config.float "max_value" 2.0 config) (axes config))
                Registry.entry [ "NonNeg"; "non_neg"; "nonneg" ] (fun _ -> nonNeg)
                Registry.entry [ "UnitNorm"; "unit_norm"; "unitnorm" ] (fun config -> unitNorm (axes config))
                Registry.entry [ "MinMaxNorm"; "min_max_norm"; "minmaxnorm" ] (fun config ->
                    minMaxNorm
                        (Config.float "min_value" 0.0 config)
                        (Config.float "max_value" 1.0 config)
                        (Config.float "rate" 1.0 config)
                        (axes config))
            ]
        }

    /// The constraint with a Keras name, arguments at their defaults. Raises ArgumentException with the nearest names
    /// when it is unknown.
    let ofName (name: string) : Constraint = Registry.create name [] registry

    /// The constraint that a saved value stands for; null is none.
    let ofConfig (value: ConfigValue) : Constraint option =
        match value with
        | ConfigValue.Null -> None
        | _ -> Some(Registry.ofConfig value registry)

    /// What Keras saves.
    let toConfig (projection: Constraint option) : ConfigValue =
        match projection with
        | None -> ConfigValue.Null
        | Some projection -> Registry.toConfig projection.ClassName projection.Config registry
