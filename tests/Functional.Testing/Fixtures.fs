namespace Functional.Testing

open System.IO
open System.IO.Compression
open System.Text.Json
open Functional.Core.Configuration
open Functional.Core.Tensors

/// Answers of Keras 3.3.3, kept in this assembly as gzipped JSON tables: {"about", "entries": [{"name", ...}]}.
[<RequireQualifiedAccess>]
module Fixtures =

    /// The entries of a table, in order: "losses".
    let entries (table: string) : JsonElement list =
        let assembly = System.Reflection.Assembly.GetExecutingAssembly()
        let resource = $"Functional.Testing.Fixtures.{table}.json.gz"

        match assembly.GetManifestResourceStream resource with
        | null -> invalidArg (nameof table) $"There is no fixture table '{table}'."
        | stream ->
            use stream = stream
            use unzipped = new GZipStream(stream, CompressionMode.Decompress)
            use reader = new StreamReader(unzipped)
            use document = JsonDocument.Parse(reader.ReadToEnd())

            [
                for entry in document.RootElement.GetProperty("entries").EnumerateArray() -> entry.Clone()
            ]

    /// A property, None where it is missing or null.
    let tryProperty (key: string) (entry: JsonElement) : JsonElement option =
        match entry.TryGetProperty key with
        | true, value when value.ValueKind <> JsonValueKind.Null -> Some value
        | _ -> None

    /// A text property.
    let text (key: string) (entry: JsonElement) : string =
        match entry.GetProperty(key).GetString() with
        | null -> invalidArg (nameof key) $"'{key}' is null."
        | value -> value

    /// A number; "NaN", "Infinity" and "-Infinity" are written as text.
    let number (element: JsonElement) : float =
        match element.ValueKind with
        | JsonValueKind.String ->
            match element.GetString() with
            | "NaN" -> nan
            | "Infinity" -> infinity
            | "-Infinity" -> -infinity
            | other -> invalidArg (nameof element) $"'{other}' is not a number."
        | JsonValueKind.True -> 1.0
        | JsonValueKind.False -> 0.0
        | _ -> element.GetDouble()

    /// The numbers of nested lists, row by row.
    let rec numbers (element: JsonElement) : float list =
        match element.ValueKind with
        | JsonValueKind.Array -> element.EnumerateArray() |> Seq.collect numbers |> List.ofSeq
        | _ -> [ number element ]

    /// The lengths of nested lists, outermost first.
    let rec dimensions (element: JsonElement) : int list =
        match element.ValueKind with
        | JsonValueKind.Array when element.GetArrayLength() > 0 -> element.GetArrayLength() :: dimensions element[0]
        | JsonValueKind.Array -> [ 0 ]
        | _ -> []

    /// Nested lists as an array of an element type.
    let literal (elementType: ElementType) (element: JsonElement) : Literal =
        Literal.create elementType (dimensions element) (numbers element)

    /// A value as configurations hold it.
    let rec configValue (element: JsonElement) : ConfigValue =
        match element.ValueKind with
        | JsonValueKind.Null
        | JsonValueKind.Undefined -> ConfigValue.Null
        | JsonValueKind.True -> ConfigValue.Bool true
        | JsonValueKind.False -> ConfigValue.Bool false
        | JsonValueKind.String -> ConfigValue.String(element.GetString() |> string)
        | JsonValueKind.Array ->
            element.EnumerateArray()
            |> Seq.map configValue
            |> List.ofSeq
            |> ConfigValue.List
        | JsonValueKind.Object -> ConfigValue.Object(config element)
        | _ ->
            match element.TryGetInt64() with
            | true, value -> ConfigValue.Int value
            | false, _ -> ConfigValue.Float(element.GetDouble())

    /// An object as a configuration.
    and config (element: JsonElement) : Config = [
        for property in element.EnumerateObject() -> property.Name, configValue property.Value
    ]

    /// Where numbers differ by more than the tolerances, as text; at most three places.
    let differences (what: string) (absolute: float) (relative: float) (expected: float seq) (actual: float seq) =
        let expected = Array.ofSeq expected
        let actual = Array.ofSeq actual

        if expected.Length <> actual.Length then
            [ $"{what}: {actual.Length} numbers instead of {expected.Length}" ]
        else
            Seq.zip expected actual
            |> Seq.indexed
            |> Seq.filter (fun (_, (want, found)) -> not (Tolerance.isClose absolute relative want found))
            |> Seq.truncate 3
            |> Seq.map (fun (index, (want, found)) -> $"{what}[{index}]: expected {want:R}, found {found:R}")
            |> List.ofSeq

    /// Runs a check on every entry of a table and fails with the names of all entries that differ. A check gives what is
    /// wrong; an exception counts as wrong. Returns how many entries ran.
    let checkEntries (entries: JsonElement list) (check: JsonElement -> string list) : int =
        let failures = [
            for entry in entries do
                let problems =
                    try
                        check entry
                    with error -> [ error.Message ]

                if not problems.IsEmpty then
                    $"""{text "name" entry}: {String.concat "; " problems}"""
        ]

        if not failures.IsEmpty then
            let all = String.concat "\n" failures
            invalidOp $"{failures.Length} of {entries.Length} entries differ:\n{all}"

        entries.Length

    /// As checkEntries, on a whole table.
    let checkAll (table: string) (check: JsonElement -> string list) : int = checkEntries (entries table) check
