namespace Functional.Core.Models

open Functional.Core.Configuration

/// A tensor as saved models name it: the layer it comes from, which of that layer's calls, and which of its outputs.
type SavedTensor = { Layer: string; Node: int; Index: int }

/// What a saved call passes for one argument.
[<RequireQualifiedAccess>]
type SavedArgument =
    | Tensor of SavedTensor
    | Tensors of SavedArgument list
    | Value of ConfigValue

/// One call of a layer as Keras saves it: {"args": [...], "kwargs": {...}}.
type SavedCall = {
    Positional: SavedArgument list
    Named: (string * SavedArgument) list
}

[<RequireQualifiedAccess>]
module SavedCall =

    /// ["layer", node, index] or ["layer", node, index, {...}].
    let tryHistory (value: ConfigValue) : SavedTensor option =
        match value with
        | ConfigValue.List(ConfigValue.String layer :: ConfigValue.Int node :: ConfigValue.Int index :: _) ->
            Some {
                Layer = layer
                Node = Config.whole "keras_history" node
                Index = Config.whole "keras_history" index
            }
        | _ -> None

    /// Keras from 3.4 on writes a tuple as an object; here it is a list, as in the files of earlier versions.
    let rec withoutTuples (value: ConfigValue) : ConfigValue =
        match value with
        | ConfigValue.Object content when Config.tryFind "class_name" content = Some(ConfigValue.String "__tuple__") ->
            Config.tryFind "items" content
            |> Option.defaultValue (ConfigValue.List [])
            |> withoutTuples
        | ConfigValue.Object content ->
            ConfigValue.Object(content |> List.map (fun (key, value) -> key, withoutTuples value))
        | ConfigValue.List items -> ConfigValue.List(List.map withoutTuples items)
        | _ -> value

    /// A value of "args" or "kwargs".
    let rec argument (value: ConfigValue) : SavedArgument =
        match value with
        | ConfigValue.Object content when
            Config.tryFind "class_name" content = Some(ConfigValue.String "__keras_tensor__")
            ->
            match Config.tryFind "config" content with
            | Some(ConfigValue.Object config) ->
                match Config.tryFind "keras_history" config |> Option.bind tryHistory with
                | Some tensor -> SavedArgument.Tensor tensor
                | None -> invalidArg (nameof value) "A saved tensor has no 'keras_history'."
            | _ -> invalidArg (nameof value) "A saved tensor has no 'config'."
        | ConfigValue.List items ->
            let parts = List.map argument items

            let isValue part =
                match part with
                | SavedArgument.Value _ -> true
                | SavedArgument.Tensor _
                | SavedArgument.Tensors _ -> false

            if List.forall isValue parts then
                SavedArgument.Value value
            else
                SavedArgument.Tensors parts
        | _ -> SavedArgument.Value value

    /// The tensors of an argument, in order.
    let rec tensors (argument: SavedArgument) : SavedTensor list =
        match argument with
        | SavedArgument.Tensor tensor -> [ tensor ]
        | SavedArgument.Tensors parts -> List.collect tensors parts
        | SavedArgument.Value _ -> []

    /// One entry of "inbound_nodes". Raises ArgumentException when it has another form.
    let ofConfig (value: ConfigValue) : SavedCall =
        match withoutTuples value with
        | ConfigValue.Object content ->
            let positional =
                match Config.tryFind "args" content with
                | Some(ConfigValue.List items) -> List.map argument items
                | _ -> []

            let named =
                match Config.tryFind "kwargs" content with
                | Some(ConfigValue.Object items) -> items |> List.map (fun (key, value) -> key, argument value)
                | _ -> []

            {
                Positional = positional
                Named = named
            }
        | _ -> invalidArg (nameof value) $"A saved call is an object, but here it is {value}."

    /// Every tensor that the call needs.
    let allTensors (call: SavedCall) : SavedTensor list =
        List.collect tensors call.Positional @ List.collect (snd >> tensors) call.Named
