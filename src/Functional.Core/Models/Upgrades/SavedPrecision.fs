namespace Functional.Core.Models

open Functional.Core.Configuration
open Functional.Core.Layers
open Functional.Core.Tensors

/// The element types that a saved model computes in: every layer has a "dtype", a type or a policy. Here a model computes in
/// one type.
[<RequireQualifiedAccess>]
module internal SavedPrecision =

    /// The name of a type or policy: "float32", "mixed_float16", "int8_from_float32".
    let rec private policyName (value: ConfigValue) : string option =
        match value with
        | ConfigValue.String name -> Some name
        | ConfigValue.Object content ->
            match Config.tryFind "name" (SavedObject.config content) with
            | Some name -> policyName name
            | None ->
                // Policies by layer name have a default one.
                Config.tryFind "default_policy" (SavedObject.config content)
                |> Option.bind policyName
        | _ -> None

    let private isFloating (name: string) : bool =
        name.Contains("float", System.StringComparison.Ordinal)

    /// The layers of a saved model and those inside layers, the model itself not included.
    let rec private layers (saved: Config) : Config list =
        let inside (value: ConfigValue) =
            match value with
            | ConfigValue.Object content -> content :: layers content
            | _ -> []

        SavedObject.config saved
        |> List.collect (fun (key, value) ->
            match key, value with
            | ("layers" | "cells"), ConfigValue.List items -> List.collect inside items
            | ("layer" | "backward_layer" | "cell"), ConfigValue.Object _ -> inside value
            | _ -> [])

    /// What an operation says of types is its argument, not where it computes.
    let private isOperation (saved: Config) : bool =
        match Config.tryString "module" saved with
        | Some name -> name.StartsWith(Layer.operationsModule, System.StringComparison.Ordinal)
        | None -> false

    let private policies (saved: Config) : (Config * string) list =
        layers saved
        |> List.filter (fun layer -> SavedObject.className layer <> "InputLayer" && not (isOperation layer))
        |> List.choose (fun layer ->
            Config.tryFind "dtype" (SavedObject.config layer)
            |> Option.bind policyName
            |> Option.filter isFloating
            |> Option.map (fun name -> layer, name))

    /// The floating type of a model: float64 where all its layers have it.
    let floating (saved: Config) : ElementType =
        match policies saved with
        | [] -> ElementType.Float32
        | found when found |> List.forall (snd >> (=) "float64") -> ElementType.Float64
        | _ -> ElementType.Float32

    /// What is computed in another type than it was: a sentence for every type.
    let warnings (saved: Config) : string list =
        let own = ElementType.name (floating saved)

        policies saved
        |> List.filter (snd >> (<>) own)
        |> List.groupBy snd
        |> List.map (fun (policy, found) ->
            let first = SavedObject.name (fst found.Head)

            let who =
                match found.Length with
                | 1 -> $"Layer '{first}' was"
                | count -> $"{count} layers ('{first}' first) were"

            $"{who} saved with dtype '{policy}': what they hold is read, and computed in {own}.")

    let private isSavedLayer (content: Config) : bool =
        List.exists (fst >> (=) "class_name") content

    /// The configuration of a model whose layers all have the type float32, in place of which a model has its own.
    let rec plain (saved: Config) : Config =
        let inside (value: ConfigValue) =
            match value with
            | ConfigValue.Object content when isSavedLayer content && not (isOperation content) ->
                ConfigValue.Object(plain content)
            | _ -> value

        let argument (key: string, value: ConfigValue) =
            match key, value with
            | "dtype", _ ->
                match policyName value with
                | Some name when isFloating name -> key, ConfigValue.String(ElementType.name ElementType.Float32)
                | _ -> key, value
            | ("layers" | "cells"), ConfigValue.List items -> key, ConfigValue.List(List.map inside items)
            | ("layer" | "backward_layer" | "cell"), _ -> key, inside value
            | _ -> key, value

        saved
        |> SavedObject.change "config" (fun config ->
            match config with
            | ConfigValue.Object content -> ConfigValue.Object(List.map argument content)
            | _ -> config)
