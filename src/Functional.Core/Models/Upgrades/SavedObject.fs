namespace Functional.Core.Models

open Functional.Core.Configuration

/// Changes to configurations of saved things, {"class_name", "config"}.
[<RequireQualifiedAccess>]
module internal SavedObject =

    /// The class name; empty where there is none.
    let className (saved: Config) : string =
        match Config.tryFind "class_name" saved with
        | Some(ConfigValue.String name) -> name
        | _ -> ""

    /// The arguments; none where "config" is no object.
    let config (saved: Config) : Config =
        match Config.tryFind "config" saved with
        | Some(ConfigValue.Object config) -> config
        | _ -> []

    /// How errors and warnings name it.
    let name (saved: Config) : string =
        [ saved; config saved ]
        |> List.tryPick (fun content ->
            match Config.tryFind "name" content with
            | Some(ConfigValue.String name) -> Some name
            | _ -> None)
        |> Option.defaultValue (className saved)

    /// The configuration with another value for a key, which takes its old place or the last.
    let set (key: string) (value: ConfigValue) (config: Config) : Config =
        if List.exists (fst >> (=) key) config then
            config
            |> List.map (fun (other, old) -> other, (if other = key then value else old))
        else
            config @ [ key, value ]

    /// The configuration without keys.
    let without (keys: string list) (config: Config) : Config =
        config |> List.filter (fun (key, _) -> not (List.contains key keys))

    /// The configuration with the value of one key changed, where it is there and not null.
    let change (key: string) (f: ConfigValue -> ConfigValue) (config: Config) : Config =
        config
        |> List.map (fun (other, value) ->
            if other = key && value <> ConfigValue.Null then
                other, f value
            else
                other, value)

    /// The configuration with keys under new names. A key whose new name is there already is left out.
    let rename (names: (string * string) list) (config: Config) : Config =
        let isThere name = List.exists (fst >> (=) name) config

        config
        |> List.choose (fun (key, value) ->
            match List.tryFind (fst >> (=) key) names with
            | Some(_, newName) when isThere newName -> None
            | Some(_, newName) -> Some(newName, value)
            | None -> Some(key, value))

    /// The configuration with a value for a key that is not there.
    let withDefault (key: string) (value: ConfigValue) (config: Config) : Config =
        match Config.tryFind key config with
        | Some _ -> config
        | None -> set key value config
