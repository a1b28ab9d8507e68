namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph

/// The arguments of one call of an operation, as Keras keeps them: "args" are those by position, "kwargs" those by name.
/// A tensor among them is {"input": k}, the position of the input it is.
[<RequireQualifiedAccess>]
module OperationCall =

    let private inputKey = "input"

    /// The input at this position, as an argument.
    let input (position: int) : ConfigValue =
        ConfigValue.Object [ inputKey, ConfigValue.Int(int64 position) ]

    let private tryInput (value: ConfigValue) : int option =
        match value with
        | ConfigValue.Object [ key, ConfigValue.Int position ] when key = inputKey -> Some(int position)
        | _ -> None

    /// The arguments of a call.
    let arguments (positional: ConfigValue list) (named: Config) : Config = [
        "args", ConfigValue.List positional
        "kwargs", ConfigValue.Object named
    ]

    /// The arguments by position; a call that tells of none is given its inputs in their order.
    let positional (inputCount: int) (arguments: Config) : ConfigValue list =
        match Config.tryFind "args" arguments with
        | Some(ConfigValue.List values) -> values
        | _ -> List.init inputCount input

    /// The arguments by name.
    let named (arguments: Config) : Config =
        match Config.tryFind "kwargs" arguments with
        | Some(ConfigValue.Object values) -> values
        | _ -> []

    /// The argument with something else in the place of its inputs.
    let rec substitute (tensor: int -> ConfigValue) (value: ConfigValue) : ConfigValue =
        match tryInput value, value with
        | Some position, _ -> tensor position
        | None, ConfigValue.List items -> ConfigValue.List(List.map (substitute tensor) items)
        | None, _ -> value

    let rec private holdsInput (value: ConfigValue) : bool =
        match tryInput value, value with
        | Some _, _ -> true
        | None, ConfigValue.List items -> List.exists holdsInput items
        | None, _ -> false

    let rec private operand (inputs: Node list) (value: ConfigValue) : Operand =
        match tryInput value, value with
        | Some position, _ -> Operand.Tensor(List.item position inputs)
        | None, ConfigValue.List items when holdsInput value -> Operand.Several(List.map (operand inputs) items)
        | None, _ -> Operand.Constant value

    /// What a call is given for every parameter of an operation, null where it says nothing. An operation that names no
    /// parameters takes any number of arguments. Raises ArgumentException when there are too many, or names unknown.
    let operands (parameters: string list) (arguments: Config) (inputs: Node list) : Operand list =
        let positional = positional inputs.Length arguments |> List.map (operand inputs)

        let named =
            named arguments |> List.map (fun (name, value) -> name, operand inputs value)

        match List.tryFind (fun (name, _) -> not (List.contains name parameters)) named with
        | Some(name, _) -> invalidArg name $"""takes no argument '{name}', only: {String.concat ", " parameters}"""
        | None -> ()

        if parameters.IsEmpty then
            positional
        elif positional.Length > parameters.Length then
            invalidArg (nameof inputs) $"takes at most {parameters.Length} inputs, but got {positional.Length}"
        else
            parameters
            |> List.mapi (fun index parameter ->
                match List.tryItem index positional, List.tryFind (fst >> (=) parameter) named with
                | Some operand, _ -> operand
                | None, Some(_, operand) -> operand
                | None, None -> Operand.Constant ConfigValue.Null)
