namespace Functional.Core.Configuration

open System.Globalization
open System.Text

/// A value of a configuration, as JSON has them: what Keras's get_config gives and from_config takes.
[<RequireQualifiedAccess>]
type ConfigValue =
    | Null
    | Bool of bool
    | Int of int64
    | Float of float
    | String of string
    | List of ConfigValue list
    | Object of Config

    /// As JSON has it; the beginning where it is long, for messages.
    override this.ToString() : string =
        let most = 100
        let text = StringBuilder()
        let append (part: string) = text.Append part |> ignore

        // What does not fit is not looked at: values of files may be large.
        let rec write (value: ConfigValue) : unit =
            if text.Length <= most then
                match value with
                | Null -> append "null"
                | Bool true -> append "true"
                | Bool false -> append "false"
                | Int whole -> append (whole.ToString CultureInfo.InvariantCulture)
                | Float number -> append (number.ToString CultureInfo.InvariantCulture)
                | String content -> append $"\"{content}\""
                | List items -> writeAll "[" "]" [ for item in items -> "", item ]
                | Object config -> writeAll "{" "}" [ for key, item in config -> $"\"{key}\": ", item ]

        and writeAll (opening: string) (closing: string) (items: (string * ConfigValue) list) : unit =
            append opening

            items
            |> Seq.takeWhile (fun _ -> text.Length <= most)
            |> Seq.iteri (fun index (key, item) ->
                append (if index = 0 then key else ", " + key)
                write item)

            append closing

        write this

        if text.Length <= most then
            text.ToString()
        else
            text.ToString(0, most) + "..."

/// The configuration of a layer, loss, optimizer...: Keras's argument names (snake case) and their values, in order.
and Config = (string * ConfigValue) list

[<RequireQualifiedAccess>]
module Config =

    /// The value of a key, when it is there and not null.
    let tryFind (key: string) (config: Config) : ConfigValue option =
        config
        |> List.tryPick (fun (name, value) ->
            if name = key && value <> ConfigValue.Null then
                Some value
            else
                None)

    let private wrongType key expected value : 'Value =
        invalidArg (nameof value) $"'{key}' must be {expected}, but is {value}."

    /// A whole number as an int. Raises ArgumentException when it is beyond that.
    let whole (key: string) (value: int64) : int =
        if value < int64 System.Int32.MinValue || value > int64 System.Int32.MaxValue then
            invalidArg key $"'{key}' must be a whole number of at most 32 bits, but is {value}."

        Operators.int value

    /// A number, or the default where the key is missing or null. Raises ArgumentException for another kind of value.
    let float (key: string) (fallback: float) (config: Config) : float =
        match tryFind key config with
        | None -> fallback
        | Some(ConfigValue.Float value) -> value
        | Some(ConfigValue.Int value) -> Operators.float value
        | Some value -> wrongType key "a number" value

    /// A whole number, or None where the key is missing or null.
    let tryInt (key: string) (config: Config) : int option =
        match tryFind key config with
        | None -> None
        | Some(ConfigValue.Int value) -> Some(whole key value)
        | Some(ConfigValue.Float value) when value = System.Math.Floor value && abs value < 1e18 ->
            Some(whole key (int64 value))
        | Some value -> wrongType key "a whole number" value

    /// A whole number, or the default where the key is missing or null.
    let int (key: string) (fallback: int) (config: Config) : int =
        tryInt key config |> Option.defaultValue fallback

    /// True or false, or the default where the key is missing or null.
    let bool (key: string) (fallback: bool) (config: Config) : bool =
        match tryFind key config with
        | None -> fallback
        | Some(ConfigValue.Bool value) -> value
        | Some value -> wrongType key "true or false" value

    /// A text, or None where the key is missing or null.
    let tryString (key: string) (config: Config) : string option =
        match tryFind key config with
        | None -> None
        | Some(ConfigValue.String value) -> Some value
        | Some value -> wrongType key "a text" value

    /// A text, or the default where the key is missing or null.
    let string (key: string) (fallback: string) (config: Config) : string =
        tryString key config |> Option.defaultValue fallback

    /// Whole numbers, or None where the key is missing or null. One number is a list of one.
    let tryInts (key: string) (config: Config) : int list option =
        match tryFind key config with
        | None -> None
        | Some(ConfigValue.Int value) -> Some [ whole key value ]
        | Some(ConfigValue.List values) ->
            values
            |> List.map (function
                | ConfigValue.Int value -> whole key value
                | value -> wrongType key "a list of whole numbers" value)
            |> Some
        | Some value -> wrongType key "a list of whole numbers" value

/// A named thing with arguments as Keras serializes it: {"module", "class_name", "config", "registered_name"}.
type Serialized = {
    Module: string
    ClassName: string
    Config: Config
}
