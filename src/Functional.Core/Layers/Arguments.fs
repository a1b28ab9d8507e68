namespace Functional.Core.Layers

open Functional.Core.Activations
open Functional.Core.Configuration
open Functional.Core.Constraints
open Functional.Core.Initializers
open Functional.Core.Regularizers

/// Keras's arguments that layers read and write, beyond what Config reads.
[<RequireQualifiedAccess>]
module Arguments =

    let private missing (key: string) : 'Value =
        invalidArg key $"'{key}' has no default: it must be given."

    /// A whole number that has no default.
    let int (key: string) (config: Config) : int =
        Config.tryInt key config |> Option.defaultWith (fun () -> missing key)

    /// A number that has no default.
    let float (key: string) (config: Config) : float =
        match Config.tryFind key config with
        | Some _ -> Config.float key 0.0 config
        | None -> missing key

    /// A number, or None where the key is missing or null.
    let tryFloat (key: string) (config: Config) : float option =
        Config.tryFind key config |> Option.map (fun _ -> float key config)

    /// A text that has no default.
    let string (key: string) (config: Config) : string =
        Config.tryString key config |> Option.defaultWith (fun () -> missing key)

    /// Whole numbers that have no default.
    let ints (key: string) (config: Config) : int list =
        Config.tryInts key config |> Option.defaultWith (fun () -> missing key)

    /// As many whole numbers as there are axes: one number stands for all. None where the key is missing or null.
    let tryPerAxis (key: string) (axisCount: int) (config: Config) : int list option =
        Config.tryInts key config
        |> Option.map (fun values ->
            match values with
            | [ single ] -> List.replicate axisCount single
            | _ when values.Length = axisCount -> values
            | _ -> invalidArg key $"'{key}' must be one whole number or {axisCount}, but is %A{values}.")

    /// Two whole numbers for every axis (before and after): one number stands for all, a number instead of a pair for
    /// both. None where the key is missing or null.
    let tryPairs (key: string) (axisCount: int) (config: Config) : (int * int) list option =
        let wrong (value: ConfigValue) =
            invalidArg key $"'{key}' must be a whole number, or {axisCount} numbers or pairs, but is {value}."

        let pair value =
            match value with
            | ConfigValue.Int single -> Config.whole key single, Config.whole key single
            | ConfigValue.List [ ConfigValue.Int first; ConfigValue.Int second ] ->
                Config.whole key first, Config.whole key second
            | _ -> wrong value

        Config.tryFind key config
        |> Option.map (fun value ->
            match value with
            | ConfigValue.List [ ConfigValue.Int first; ConfigValue.Int second ] when axisCount = 1 -> [
                Config.whole key first, Config.whole key second
              ]
            | ConfigValue.List values when values.Length = axisCount -> List.map pair values
            | ConfigValue.Int _ -> List.replicate axisCount (pair value)
            | _ -> wrong value)

    /// A list of lengths in which null stands for "as it is". None where the key is missing or null.
    let tryOpenInts (key: string) (config: Config) : int option list option =
        Config.tryFind key config
        |> Option.map (fun value ->
            match value with
            | ConfigValue.List values ->
                values
                |> List.map (fun value ->
                    match value with
                    | ConfigValue.Null -> None
                    | ConfigValue.Int length -> Some(Config.whole key length)
                    | _ -> invalidArg key $"'{key}' must hold whole numbers or null, but holds {value}.")
            | _ -> invalidArg key $"'{key}' must be a list, but is {value}.")

    /// A whole number as a value.
    let ofInt (value: int) : ConfigValue = ConfigValue.Int(int64 value)

    /// Whole numbers as a value.
    let ofInts (values: int list) : ConfigValue = ConfigValue.List(List.map ofInt values)

    /// Pairs as a value.
    let ofPairs (pairs: (int * int) list) : ConfigValue =
        pairs
        |> List.map (fun (first, second) -> ofInts [ first; second ])
        |> ConfigValue.List

    /// A value, or null.
    let ofOption (write: 'Value -> ConfigValue) (value: 'Value option) : ConfigValue =
        value |> Option.map write |> Option.defaultValue ConfigValue.Null

    /// An activation; missing or null is the default's name.
    let activation (key: string) (fallback: string) (config: Config) : Activation =
        match Config.tryFind key config with
        | Some value -> Activation.ofConfig value
        | None -> Activation.ofName fallback

    /// An initializer; missing or null is the default.
    let initializer (key: string) (fallback: Initializer) (config: Config) : Initializer =
        match Config.tryFind key config with
        | Some value -> Initializer.ofConfig value
        | None -> fallback

    /// A regularizer, or None where the key is missing or null.
    let regularizer (key: string) (config: Config) : Regularizer option =
        Config.tryFind key config |> Option.bind Regularizer.ofConfig

    /// A constraint, or None where the key is missing or null.
    let ``constraint`` (key: string) (config: Config) : Constraint option =
        Config.tryFind key config |> Option.bind Constraint.ofConfig
