namespace Functional.Core.Models

open System.Text.Json
open Functional.Core.Configuration

/// From layers that are functions of TensorFlow to operations of Keras 3: TFOpLambda names its function, and before
/// TensorFlow 2.4 TensorFlowOpLayer holds a node of TensorFlow's graph.
[<RequireQualifiedAccess>]
module internal TensorFlowLayers =

    let private unknown (layer: Config) (what: string) : 'Result =
        invalidArg
            "layers"
            $"Layer '{SavedObject.name layer}' ({SavedObject.className layer}) is TensorFlow's function {what}, which has no counterpart among the operations here."

    let private ofName (layer: Config) (name: string) : TensorFlowFunction =
        match Map.tryFind name TensorFlowFunctions.functions with
        | Some found -> found
        | None -> unknown layer $"'{name}'"

    /// A key of a tensor: slices are objects of their own in Keras 3.
    let private sliceSpecification (value: ConfigValue) : ConfigValue =
        let item value =
            match value with
            | ConfigValue.Object content when List.exists (fst >> (=) "start") content ->
                ConfigValue.Object [
                    "class_name", ConfigValue.String "__slice__"
                    "config", ConfigValue.Object content
                ]
            | _ -> value

        match value with
        | ConfigValue.List items -> ConfigValue.List(List.map item items)
        | _ -> item value

    /// The operation and its call, {"args", "kwargs"}, for arguments by name; the first has no name.
    let private call
        (layer: Config)
        (f: TensorFlowFunction)
        (first: ConfigValue)
        (named: Config)
        : Config * ConfigValue =
        let isSaid value =
            value <> ConfigValue.Null && value <> ConfigValue.Bool false

        let tensor position name =
            let value =
                if position = 0 then
                    Some first
                else
                    Config.tryFind name named

            match value with
            | Some value when name = "slice_spec" -> sliceSpecification value
            | Some value -> value
            | None -> unknown layer $"'{f.ClassName}' without its argument '{name}'"

        for key, value in named do
            let isKnown =
                key = "name"
                || List.contains key f.Tensors
                || List.exists (fst >> (=) key) f.Settings

            if not isKnown && isSaid value then
                unknown layer $"'{f.ClassName}' with '{key}' = {value}"

        let settings =
            f.Settings
            |> List.choose (fun (key, name) ->
                match Config.tryFind key named with
                | Some value -> Some(name, value)
                | None when
                    List.exists (fst >> (=) key) named
                    && not (List.exists (fst >> (=) name) f.Fixed)
                    ->
                    Some(name, ConfigValue.Null)
                | None -> None)

        (settings, f.Fixed)
        ||> List.fold (fun config (key, value) -> SavedObject.withDefault key value config),
        ConfigValue.Object [
            "args", ConfigValue.List(List.mapi tensor f.Tensors)
            "kwargs", ConfigValue.Object []
        ]

    let private operationLayer
        (layer: Config)
        (f: TensorFlowFunction)
        (config: Config)
        (calls: ConfigValue list)
        : Config = [
        "module", ConfigValue.String $"keras.src.ops.{f.Module}"
        "class_name", ConfigValue.String f.ClassName
        "config", ConfigValue.Object config
        "name", ConfigValue.String(SavedObject.name layer)
        "inbound_nodes", ConfigValue.List calls
    ]

    /// A layer TFOpLambda with its calls, each the first argument and the named ones, as an operation of Keras 3.
    let ofLambda (layer: Config) (calls: (ConfigValue * Config) list) : Config =
        let name =
            Config.tryFind "function" (SavedObject.config layer)
            |> Option.map (fun value ->
                match value with
                | ConfigValue.String name -> name
                | _ -> "")
            |> Option.defaultValue ""

        let f = ofName layer name
        let made = calls |> List.map (fun (first, named) -> call layer f first named)

        match made |> List.map fst |> List.distinct with
        | [ config ] -> operationLayer layer f config (List.map snd made)
        | [] -> operationLayer layer f f.Fixed []
        | _ -> unknown layer $"'{name}' called with different arguments"

    /// The node of TensorFlow's graph that a layer holds: its kind, and its attributes.
    let private graphNode (layer: Config) : string * JsonElement =
        match Config.tryFind "node_def" (SavedObject.config layer) with
        | Some(ConfigValue.String text) when text.TrimStart().StartsWith '{' ->
            use document = JsonDocument.Parse text
            let root = document.RootElement.Clone()

            let attributes =
                match root.TryGetProperty "attr" with
                | true, attributes -> attributes
                | false, _ -> JsonDocument.Parse("{}").RootElement

            root.GetProperty("op").GetString() |> string, attributes
        | _ -> unknown layer "of a graph in TensorFlow's own format"

    let private flag (name: string) (attributes: JsonElement) : bool =
        match attributes.TryGetProperty name with
        | true, attribute ->
            match attribute.TryGetProperty "b" with
            | true, value -> value.GetBoolean()
            | false, _ -> false
        | false, _ -> false

    /// A layer TensorFlowOpLayer with its calls, each its tensors in order, as an operation of Keras 3. Its constants stand
    /// between the tensors.
    let ofGraphNode (layer: Config) (calls: ConfigValue list list) : Config =
        let kind, attributes = graphNode layer

        let name =
            match Map.tryFind kind TensorFlowFunctions.nodes with
            | Some name -> name
            | None -> unknown layer $"'{kind}'"

        let constants =
            match Config.tryFind "constants" (SavedObject.config layer) with
            | Some(ConfigValue.Object constants) ->
                constants
                |> List.map (fun (position, value) -> int position, value)
                |> List.sortBy fst
            | _ -> []

        let inserted (tensors: ConfigValue list) =
            (tensors, constants)
            ||> List.fold (fun inputs (position, value) -> List.insertAt (min position inputs.Length) value inputs)

        let named (inputs: ConfigValue list) : ConfigValue * Config =
            let f = ofName layer name

            match kind, inputs with
            | "ConcatV2", _ ->
                let values = List.take (inputs.Length - 1) inputs
                ConfigValue.List values, [ "axis", List.last inputs ]
            | "Pack", _ ->
                let axis =
                    match attributes.TryGetProperty "axis" with
                    | true, attribute -> attribute.GetProperty("i").GetString() |> string |> int64
                    | false, _ -> 0L

                ConfigValue.List inputs, [ "axis", ConfigValue.Int axis ]
            | ("MatMul" | "BatchMatMulV2"), _ when
                [ "transpose_a"; "transpose_b"; "adj_x"; "adj_y" ]
                |> List.exists (fun name -> flag name attributes)
                ->
                unknown layer $"'{kind}' of a transposed matrix"
            | _, first :: others ->
                let names = f.Tensors.Tail @ List.map fst f.Settings

                first,
                (List.zip (List.truncate others.Length names) others)
                @ [
                    if List.exists (fst >> (=) "keepdims") f.Settings then
                        "keepdims", ConfigValue.Bool(flag "keep_dims" attributes)
                ]
            | _, [] -> unknown layer $"'{kind}' without inputs"

        calls
        |> List.map (inserted >> named)
        |> ofLambda (
            layer
            |> SavedObject.set
                "config"
                (ConfigValue.Object(SavedObject.config layer |> SavedObject.set "function" (ConfigValue.String name)))
        )
