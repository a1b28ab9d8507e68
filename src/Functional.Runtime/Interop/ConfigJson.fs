namespace Functional.Runtime.Interop

open System
open System.Globalization
open System.Text.Json
open System.Text.Json.Nodes
open Functional.Core.Configuration

/// Between configurations and JSON, the form in which the facade gives and takes them.
[<RequireQualifiedAccess>]
module internal ConfigJson =

    /// A number keeps its kind: 1 is whole, 1.0 is not.
    let private number (value: JsonValue) : ConfigValue =
        match value.GetValue<obj>() with
        | :? int as whole -> ConfigValue.Int(int64 whole)
        | :? int64 as whole -> ConfigValue.Int whole
        | :? float as real -> ConfigValue.Float real
        | :? float32 as real -> ConfigValue.Float(float real)
        | :? JsonElement as element ->
            match element.TryGetInt64() with
            | true, whole -> ConfigValue.Int whole
            | false, _ -> ConfigValue.Float(element.GetDouble())
        | other ->
            invalidArg (nameof value) $"A configuration has int, long, float and double numbers, but found {other}."

    /// The configuration value of a JSON value.
    let rec toValue (node: JsonNode | null) : ConfigValue =
        match node with
        | null -> ConfigValue.Null
        | :? JsonObject as content -> ConfigValue.Object(toConfig content)
        | :? JsonArray as items -> ConfigValue.List [ for item in items -> toValue item ]
        | node ->
            let value = node.AsValue()

            match value.GetValueKind() with
            | JsonValueKind.True -> ConfigValue.Bool true
            | JsonValueKind.False -> ConfigValue.Bool false
            | JsonValueKind.String -> ConfigValue.String(value.GetValue<string>())
            | JsonValueKind.Null -> ConfigValue.Null
            | _ -> number value

    /// The configuration of a JSON object.
    and toConfig (content: JsonObject) : Config = [ for entry in content -> entry.Key, toValue entry.Value ]

    /// A real number keeps its point in a text: 2.0 is not 2 when it is read again.
    let private real (value: float) : JsonNode | null =
        if value = Math.Floor value && abs value < 1e15 then
            JsonNode.Parse(value.ToString("0.0", CultureInfo.InvariantCulture))
        elif Double.IsInfinity value then
            // JSON has no name for it, but a number beyond all others: Python and .NET read it as infinity.
            JsonNode.Parse(if value > 0.0 then "1e999" else "-1e999")
        else
            JsonValue.Create value

    /// The JSON value of a configuration value.
    let rec ofValue (value: ConfigValue) : JsonNode | null =
        match value with
        | ConfigValue.Null -> null
        | ConfigValue.Bool flag -> JsonValue.Create flag
        | ConfigValue.Int whole when whole = int64 (int whole) -> JsonValue.Create(int whole)
        | ConfigValue.Int whole -> JsonValue.Create whole
        | ConfigValue.Float number -> real number
        | ConfigValue.String text -> JsonValue.Create text
        | ConfigValue.List items -> JsonArray(items |> List.map ofValue |> Array.ofList)
        | ConfigValue.Object config -> ofConfig config

    /// The JSON object of a configuration.
    and ofConfig (config: Config) : JsonObject =
        let content = JsonObject()

        for key, value in config do
            content[key] <- ofValue value

        content

    /// The JSON value of a configuration value that is there.
    let ofPresent (value: ConfigValue) : JsonNode =
        match ofValue value with
        | null -> invalidArg (nameof value) "A name or an object is wanted, but the value is null."
        | node -> node
