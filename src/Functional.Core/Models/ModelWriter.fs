namespace Functional.Core.Models

open System.Collections.Generic
open Functional.Core.Configuration
open Functional.Core.Layers
open Functional.Core.Tensors

/// From a model to Keras's configuration of it.
[<RequireQualifiedAccess>]
module internal ModelWriter =

    let private text (value: string) : ConfigValue = ConfigValue.String value

    let private shapeValue (shape: Shape) : ConfigValue =
        Shape.dimensions shape
        |> List.map (fun dimension -> Dimension.tryKnown dimension |> Arguments.ofOption Arguments.ofInt)
        |> ConfigValue.List

    /// Classes whose call takes one list of tensors.
    let private takesList: Set<string> =
        set [
            "Add"
            "Subtract"
            "Multiply"
            "Average"
            "Maximum"
            "Minimum"
            "Concatenate"
            "Dot"
            "Attention"
            "AdditiveAttention"
            "Functional"
        ]

    let private registeredName (layer: Layer) : ConfigValue =
        if Layer.isOperation layer || layer.ClassName = "Functional" then
            text layer.ClassName
        else
            ConfigValue.Null

    let private history (name: string) (node: int) (index: int) : ConfigValue =
        ConfigValue.List [ text name; Arguments.ofInt node; Arguments.ofInt index ]

    /// Attention layers take the masks of their inputs as one list.
    let private asMaskList (inputCount: int) (arguments: Config) : Config =
        let names = [ "query_mask"; "value_mask"; "key_mask" ]

        let masks, others =
            arguments |> List.partition (fun (name, _) -> List.contains name names)

        if masks.IsEmpty then
            others
        else
            let listed =
                List.truncate inputCount names
                |> List.map (fun name -> Config.tryFind name masks |> Option.defaultValue ConfigValue.Null)

            others @ [ "mask", ConfigValue.List listed ]

    /// What of a call's arguments Keras is told: positions of inputs become the tensors.
    let private named (layer: Layer) (arguments: Config) (tensor: int -> ConfigValue) (count: int) : Config =
        let isPosition key =
            key = "attention_mask"
            || List.exists (fun (name, _) -> name = key) CallArguments.maskNames

        let written =
            arguments
            |> List.choose (fun (key, value) ->
                match value with
                | ConfigValue.Int position when isPosition key -> Some(key, tensor (int position))
                | ConfigValue.String "ignored" when key = "mask" -> None
                | _ -> Some(key, value))

        let positions =
            arguments
            |> List.choose (fun (key, value) ->
                match value with
                | ConfigValue.Int position when isPosition key -> Some(int position)
                | _ -> None)

        // A recurrent layer's inputs after the first are its state, CategoryEncoding's second one its weights.
        let states =
            [ 1 .. count - 1 ]
            |> List.filter (fun position -> not (List.contains position positions))

        match layer.ClassName with
        | "Attention"
        | "AdditiveAttention" -> asMaskList (count - positions.Length) written
        | className when CallArguments.takesStates className && not states.IsEmpty ->
            ("initial_state", ConfigValue.List(List.map tensor states)) :: written
        | "CategoryEncoding" when not states.IsEmpty -> ("count_weights", tensor states.Head) :: written
        | _ -> written

    /// An Activation whose activation has arguments, as the layer that Keras has for it.
    let private withOwnClass (layer: Layer) : Layer =
        if layer.ClassName = "Activation" then
            ActivationLayer.ofConfig layer.Config
            |> ActivationLayer.ownClass
            |> Option.map (fun (className, config) -> LayerRegistry.create className layer.Name config)
            |> Option.defaultValue layer
        else
            layer

    let rec private functional (name: string) (original: Model) : Config =
        let model = StatedMasks.ofModel original
        let calls = Dictionary<Layer, List<LayerCall>>(HashIdentity.Reference)

        for call in model.Calls do
            match calls.TryGetValue call.Layer with
            | true, list -> list.Add call
            | false, _ -> calls[call.Layer] <- List [ call ]

        let placeAfter (earlier: int) (tensor: SymbolicTensor) =
            let layer = tensor.Call.Layer

            let node =
                calls[layer].FindIndex(fun call -> obj.ReferenceEquals(call, tensor.Call))

            history (Model.layerName model layer) (earlier + node) tensor.Index

        let place = placeAfter 0

        // Among the outputs a functional model's calls are counted after its own connection of inputs to outputs.
        let outputPlace (tensor: SymbolicTensor) =
            placeAfter (if tensor.Call.Layer.ClassName = "Functional" then 1 else 0) tensor

        let tensorValue (tensor: SymbolicTensor) =
            ConfigValue.Object [
                "class_name", text "__keras_tensor__"
                "config",
                ConfigValue.Object [
                    "shape", shapeValue tensor.Shape
                    "dtype", text (ElementType.name tensor.ElementType)
                    "keras_history", place tensor
                ]
            ]

        let operationValue (call: LayerCall) =
            let substitute =
                OperationCall.substitute (fun position -> tensorValue call.Inputs[position])

            ConfigValue.Object [
                "args",
                OperationCall.positional call.Inputs.Length call.Arguments
                |> List.map substitute
                |> ConfigValue.List
                "kwargs",
                OperationCall.named call.Arguments
                |> List.map (fun (name, value) -> name, substitute value)
                |> ConfigValue.Object
            ]

        let callValue (call: LayerCall) =
            let tensor position = tensorValue call.Inputs[position]
            let keywords = named call.Layer call.Arguments tensor call.Inputs.Length

            let isNamed value =
                keywords
                |> List.exists (fun (_, argument) ->
                    match argument with
                    | ConfigValue.List parts -> List.contains value parts
                    | _ -> argument = value)

            let positional = call.Inputs |> List.map tensorValue |> List.filter (isNamed >> not)

            let isList =
                takesList.Contains call.Layer.ClassName
                && (positional.Length > 1 || call.Layer.ClassName <> "Functional")

            ConfigValue.Object [
                "args",
                ConfigValue.List(
                    if isList then
                        [ ConfigValue.List positional ]
                    else
                        positional
                )
                "kwargs", ConfigValue.Object keywords
            ]

        let layerValue (layer: Layer, layerName: string) =
            let nodes =
                match layer.Body with
                | LayerBody.Input _ -> []
                | LayerBody.Function _ when Layer.isOperation layer ->
                    calls[layer] |> Seq.map operationValue |> List.ofSeq
                | LayerBody.Function _
                | LayerBody.Nested _ -> calls[layer] |> Seq.map callValue |> List.ofSeq

            ConfigValue.Object(
                savedLayer layerName layer
                @ [ "name", text layerName; "inbound_nodes", ConfigValue.List nodes ]
            )

        [
            "name", text name
            "trainable", ConfigValue.Bool true
            "layers", ConfigValue.List(List.map layerValue model.Layers)
            "input_layers", ConfigValue.List(List.map place model.Inputs)
            "output_layers", ConfigValue.List(List.map outputPlace model.Outputs)
        ]

    and private sequential (name: string) (model: Model) : Config = [
        "name", text name
        "trainable", ConfigValue.Bool true
        "dtype", text "float32"
        "layers",
        model.Calls
        |> List.map (fun call -> ConfigValue.Object(savedLayer (Model.layerName model call.Layer) call.Layer))
        |> ConfigValue.List
        "build_input_shape", shapeValue (List.head model.Inputs).Shape
    ]

    and private modelConfig (name: string) (model: Model) : Config =
        match model.ModelClass with
        | "Sequential" -> sequential name model
        | _ -> functional name model

    /// {"module", "class_name", "config", "registered_name"} of a layer or of a model used as one.
    and private savedLayer (name: string) (layer: Layer) : Config =
        let layer = withOwnClass layer

        let config =
            match layer.Body with
            | LayerBody.Nested nested ->
                modelConfig name nested
                |> List.map (fun (key, value) ->
                    if key = "trainable" then
                        key, ConfigValue.Bool(Layer.isTrainable layer)
                    else
                        key, value)
            | LayerBody.Input _ -> layer.Config @ [ "sparse", ConfigValue.Bool false; "name", text name ]
            | LayerBody.Function _ when Layer.isOperation layer -> OperationRegistry.getConfig name layer
            | LayerBody.Function _ -> LayerRegistry.getConfig name layer

        [
            "module", text layer.Module
            "class_name", text layer.ClassName
            "config", ConfigValue.Object config
            "registered_name", registeredName layer
        ]

    /// {"module", "class_name", "config", "registered_name"} of a layer, or of a model used as one.
    let layer (layer: Layer) : Config =
        savedLayer (Layer.displayName layer) layer

    /// {"module", "class_name", "config", "registered_name"} of a model.
    let model (model: Model) : Config =
        let name = model.ModelName |> Option.defaultValue (Layer.snakeCase model.ModelClass)

        savedLayer name (Model.asLayer model)
