namespace Functional.Core.Models

open Functional.Core.Configuration

/// Values that Python code wrote as objects, as the plain values they stand for: NumPy's numbers and arrays, tuples, shapes.
[<RequireQualifiedAccess>]
module internal SavedValues =

    let private (|Named|_|) (key: string) (value: ConfigValue) : Config option =
        match value with
        | ConfigValue.Object content when List.exists (fst >> (=) key) content -> Some content
        | _ -> None

    /// The value without such objects at any depth.
    let rec plain (value: ConfigValue) : ConfigValue =
        match value with
        // Keras 2.2 and before: {"type": "ndarray", "value": 0.3}.
        | Named "type" content when content.Length = 2 && List.exists (fst >> (=) "value") content ->
            content |> List.find (fst >> (=) "value") |> snd |> plain
        | Named "class_name" content ->
            match SavedObject.className content with
            | "__tuple__"
            | "TensorShape" ->
                Config.tryFind "items" content
                |> Option.defaultValue (ConfigValue.List [])
                |> plain
            | "__numpy__" ->
                Config.tryFind "value" (SavedObject.config content)
                |> Option.defaultValue ConfigValue.Null
            | _ -> ConfigValue.Object(content |> List.map (fun (key, item) -> key, plain item))
        | ConfigValue.Object content -> ConfigValue.Object(content |> List.map (fun (key, item) -> key, plain item))
        | ConfigValue.List items -> ConfigValue.List(List.map plain items)
        | ConfigValue.Null
        | ConfigValue.Bool _
        | ConfigValue.Int _
        | ConfigValue.Float _
        | ConfigValue.String _ -> value
