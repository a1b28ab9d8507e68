namespace Functional.Core.Models

open System.Collections.Generic
open Functional.Core.Configuration
open Functional.Core.Layers
open Functional.Core.Tensors

/// From Keras's configuration of a model to the model.
[<RequireQualifiedAccess>]
module internal ModelReader =

    /// How a layer is made from its class name, name and arguments.
    type CreateLayer = string -> string option -> Config -> Layer

    let private content (key: string) (config: Config) : Config =
        match Config.tryFind key config with
        | Some(ConfigValue.Object value) -> value
        | _ -> invalidArg key $"A saved layer or model needs an object '{key}', but has {ConfigValue.Object config}."

    let private items (key: string) (config: Config) : ConfigValue list =
        match Config.tryFind key config with
        | Some(ConfigValue.List values) -> values
        | _ -> []

    let private asObject (value: ConfigValue) : Config =
        match value with
        | ConfigValue.Object config -> config
        | _ -> invalidArg (nameof value) $"A saved layer is an object, but here it is {value}."

    let private isModel (className: string) : bool =
        List.contains className [ "Functional"; "Sequential"; "Model" ]

    /// Whether a saved layer is an operation, which Keras also writes for masks that it computes, and not a layer.
    let private isOperation (saved: Config) : bool =
        match Config.tryString "module" saved with
        | Some name -> name.StartsWith(Layer.operationsModule, System.StringComparison.Ordinal)
        | None -> false

    let private nameOf (saved: Config) : string =
        match Config.tryString "name" saved with
        | Some name -> name
        | None -> Arguments.string "name" (content "config" saved)

    /// Types that our values do not have are held in the next one: int64 in int32.
    let private elementType (name: string) : ElementType =
        match ElementType.tryOfName name, name with
        | Some elementType, _ -> elementType
        | None, ("int64" | "int16" | "int8" | "uint8" | "uint16" | "uint32") -> ElementType.Int32
        | None, ("float16" | "bfloat16") -> ElementType.Float32
        | None, _ -> invalidArg "dtype" $"A model input has dtype '{name}', which cannot be held."

    /// A model input with the lengths of a saved shape, batch included; an unknown length is one of this input's own.
    let private inputOfShape (name: string) (typeName: string) (shape: ConfigValue list) : SymbolicTensor =
        let length axis value =
            match value with
            | ConfigValue.Int size -> Dimension.known (Config.whole "batch_shape" size)
            | _ -> Dimension.unnamed $"{name}.{axis}"

        let batch =
            match List.tryHead shape with
            | Some(ConfigValue.Int size) -> Some(Config.whole "batch_shape" size)
            | _ -> None

        let lengths = shape |> List.mapi length |> List.skip 1
        Model.inputOfBatch (Some name) batch lengths (elementType typeName)

    let private tryShape (config: Config) : ConfigValue list option =
        [ "batch_shape"; "batch_input_shape"; "build_input_shape"; "input_shape" ]
        |> List.tryPick (fun key ->
            match Config.tryFind key config with
            | Some(ConfigValue.List lengths) -> Some lengths
            | _ -> None)

    /// The shape of a Sequential model's input: its first layer's, or that of a layer inside it, or the model's own.
    let rec private firstShape (head: Config) (model: Config) : ConfigValue list option =
        let own = content "config" head

        let inner =
            match Config.tryFind "layer" own, Config.tryFind "build_config" head with
            | Some(ConfigValue.Object layer), _ when List.exists (fst >> (=) "config") layer -> firstShape layer []
            | _, Some(ConfigValue.Object build) -> tryShape build
            | _ -> None

        tryShape own |> Option.orElse (tryShape model) |> Option.orElse inner

    let private input (name: string) (config: Config) : SymbolicTensor =
        match tryShape config with
        | Some shape -> inputOfShape name (Config.string "dtype" "float32" config) shape
        | None -> invalidArg "batch_shape" $"Model input '{name}' has no 'batch_shape'."

    let private operation (name: string) (saved: Config) : Layer =
        match content "config" saved |> ConfigValue.Object |> SavedCall.withoutTuples with
        | ConfigValue.Object config -> OperationRegistry.create (Arguments.string "class_name" saved) (Some name) config
        | _ -> invalidArg "config" $"Operation '{name}' has no arguments."

    let private tensorsOf (value: ConfigValue option) : SavedTensor list =
        let rec collect value =
            match SavedCall.tryHistory value, value with
            | Some tensor, _ -> [ tensor ]
            | None, ConfigValue.List parts -> List.collect collect parts
            | None, ConfigValue.Object parts -> parts |> List.sortBy fst |> List.collect (snd >> collect)
            | None, _ -> []

        value |> Option.map collect |> Option.defaultValue []

    /// The layers of whose calls Keras counts, among the outputs, the connection of a functional model's own inputs to its
    /// outputs as the first. Models of one's own may be functional; files written here before never counted it.
    let private countingOwn (savedLayers: Config list) (outputs: SavedTensor list) : HashSet<string> =
        let used =
            savedLayers
            |> List.collect (items "inbound_nodes")
            |> List.collect (SavedCall.ofConfig >> SavedCall.allTensors)
            |> List.map (fun tensor -> struct (tensor.Layer, tensor.Node))
            |> HashSet

        let given =
            outputs
            |> List.map (fun tensor -> struct (tensor.Layer, tensor.Node))
            |> HashSet

        let counts (saved: Config) =
            let name = nameOf saved
            let calls = items "inbound_nodes" saved |> List.length

            // Every call is used by a layer, or else it is an output.
            let fits earlier =
                outputs
                |> List.forall (fun tensor ->
                    tensor.Layer <> name
                    || (tensor.Node >= earlier && tensor.Node < calls + earlier))
                && [ 0 .. calls - 1 ]
                   |> List.forall (fun node ->
                       used.Contains(struct (name, node))
                       || given.Contains(struct (name, node + earlier)))

            if List.contains (Arguments.string "class_name" saved) [ "Functional"; "Model" ] then
                fits 1 || not (fits 0)
            else
                fits 1 && not (fits 0)

        let isOutput saved =
            outputs |> List.exists (fun tensor -> tensor.Layer = nameOf saved)

        savedLayers
        |> List.filter (fun saved -> isOutput saved && counts saved)
        |> List.map nameOf
        |> HashSet

    /// The model of a "config" with layers that name their inputs.
    let rec private functional (create: CreateLayer) (config: Config) : Model =
        let savedLayers = items "layers" config |> List.map asObject
        let tensorsOf key = Config.tryFind key config |> tensorsOf
        let results = Dictionary<struct (string * int), SymbolicTensor list>()
        let layers = Dictionary<string, Layer>()

        let operations =
            savedLayers |> List.filter isOperation |> List.map nameOf |> HashSet

        let find (tensor: SavedTensor) : SymbolicTensor =
            match results.TryGetValue(struct (tensor.Layer, tensor.Node)) with
            | true, outputs when tensor.Index >= 0 && tensor.Index < outputs.Length -> outputs[tensor.Index]
            | true, outputs ->
                invalidArg
                    "layers"
                    $"Output {tensor.Index} of layer '{tensor.Layer}' is used, but it has {outputs.Length} outputs."
            | false, _ ->
                invalidArg
                    "layers"
                    $"Call {tensor.Node} of layer '{tensor.Layer}' is used, but the model has no such call."

        let missing (call: SavedCall) =
            SavedCall.allTensors call
            |> List.tryFind (fun tensor -> not (results.ContainsKey(struct (tensor.Layer, tensor.Node))))

        let run (saved: Config) (node: int) (call: SavedCall) =
            let name = nameOf saved
            let className = Arguments.string "class_name" saved

            let layer =
                match layers.TryGetValue name with
                | true, layer -> layer
                | false, _ when operations.Contains name -> operation name saved
                | false, _ -> layerOf create name saved

            layers[name] <- layer

            let isOperation (tensor: SavedTensor) = operations.Contains tensor.Layer

            let inputs, arguments =
                if operations.Contains name then
                    ReadCall.ofOperation find call
                else
                    ReadCall.arguments className isOperation find call

            results[struct (name, node)] <- Lowering.applyWith arguments layer inputs

        // A call is looked at again only when the result is there that it waited for.
        let ready = Queue<Config * int * SavedCall>()
        let waiting = Dictionary<struct (string * int), List<Config * int * SavedCall>>()

        for saved in savedLayers do
            if Arguments.string "class_name" saved = "InputLayer" then
                let name = nameOf saved
                results[struct (name, 0)] <- [ input name (content "config" saved) ]
            else
                items "inbound_nodes" saved
                |> List.iteri (fun node call -> ready.Enqueue((saved, node, SavedCall.ofConfig call)))

        while ready.Count > 0 do
            let saved, node, call = ready.Dequeue()

            match missing call with
            | Some tensor ->
                let key = struct (tensor.Layer, tensor.Node)

                match waiting.TryGetValue key with
                | true, others -> others.Add((saved, node, call))
                | false, _ -> waiting[key] <- List [ (saved, node, call) ]
            | None ->
                run saved node call

                let key = struct (nameOf saved, node)

                match waiting.TryGetValue key with
                | true, released ->
                    waiting.Remove key |> ignore
                    Seq.iter ready.Enqueue released
                | false, _ -> ()

        if waiting.Count > 0 then
            let names =
                waiting.Values
                |> Seq.concat
                |> Seq.map (fun (saved, _, _) -> $"'{nameOf saved}'")
                |> Seq.distinct
                |> String.concat ", "

            invalidArg "layers" $"The inputs of layers {names} come from no layer of the model, or in a circle."

        let outputs = tensorsOf "output_layers"
        let countsOwn = countingOwn savedLayers outputs

        let output (tensor: SavedTensor) =
            if countsOwn.Contains tensor.Layer then
                find { tensor with Node = tensor.Node - 1 }
            else
                find tensor

        Model.create
            (Config.tryString "name" config)
            "Functional"
            (tensorsOf "input_layers" |> List.map find)
            (List.map output outputs)

    /// The model of a "config" with layers one after another.
    and private sequential (create: CreateLayer) (config: Config) : Model =
        let saved = items "layers" config |> List.map asObject

        let isInput =
            match saved with
            | head :: _ -> Arguments.string "class_name" head = "InputLayer"
            | [] -> false

        let layers =
            (if isInput then saved.Tail else saved)
            |> List.map (fun saved -> layerOf create (nameOf saved) saved)

        let first =
            match saved, layers with
            | head :: _, _ when isInput ->
                let own = content "config" head
                input (Config.string "name" "input_layer" own) own
            | head :: _, layer :: _ ->
                match firstShape head config, layer.Body with
                | Some shape, _ -> inputOfShape "input_layer" "float32" shape
                // A model brings its own input.
                | None, LayerBody.Nested model ->
                    let own = model.Inputs.Head

                    Model.inputOfBatch
                        (Some "input_layer")
                        (Dimension.tryKnown (Shape.dimension 0 own.Shape))
                        (List.tail (Shape.dimensions own.Shape))
                        own.ElementType
                | None, LayerBody.Input _
                | None, LayerBody.Function _ ->
                    invalidArg "layers" "A Sequential model needs an InputLayer or the shape of its input to be read."
            | _ -> invalidArg "layers" "A Sequential model needs at least one layer."

        let output =
            (first, layers)
            ||> List.fold (fun tensor layer ->
                match Lowering.apply layer [ tensor ] with
                | [ result ] -> result
                | results ->
                    invalidArg
                        "layers"
                        $"Layer '{Layer.displayName layer}' of a Sequential model has {results.Length} outputs; it must have one.")

        Model.create (Config.tryString "name" config) "Sequential" [ first ] [ output ]

    /// A layer, or a model used as a layer.
    and private layerOf (create: CreateLayer) (name: string) (saved: Config) : Layer =
        let className = Arguments.string "class_name" saved
        let config = content "config" saved

        if isModel className then
            let layer = Model.asLayer (model create saved)

            {
                layer with
                    Name = Some name
                    Config =
                        if Config.bool "trainable" true config then
                            []
                        else
                            [ "trainable", ConfigValue.Bool false ]
            }
        else
            create className (Some name) config

    /// The model of {"class_name", "config"}.
    and model (create: CreateLayer) (saved: Config) : Model =
        match Arguments.string "class_name" saved with
        | "Sequential" -> sequential create (content "config" saved)
        | "Functional"
        | "Model" -> functional create (content "config" saved)
        | other ->
            invalidArg
                "class_name"
                $"A saved model is of class 'Functional' or 'Sequential', but here it is of class '{other}'."

    /// The layer, or model used as one, of {"class_name", "config"}.
    let layer (create: CreateLayer) (saved: ConfigValue) : Layer =
        let saved = asObject saved
        layerOf create (nameOf saved) saved
