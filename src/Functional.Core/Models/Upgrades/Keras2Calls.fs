namespace Functional.Core.Models

open System.Collections.Generic
open Functional.Core.Configuration

/// From the calls of Keras 2, "inbound_nodes": [[["layer", 0, 0, {...}]]], to those of Keras 3, {"args", "kwargs"}.
[<RequireQualifiedAccess>]
module internal Keras2Calls =

    /// One argument in Keras 2's form: a tensor, or a constant.
    [<RequireQualifiedAccess>]
    type private Argument =
        | Tensor of SavedTensor
        | Constant of ConfigValue

    let private constantMark = "_CONSTANT_VALUE"

    let private tryArgument (value: ConfigValue) : Argument option =
        match value with
        | ConfigValue.List(ConfigValue.String mark :: ConfigValue.Int -1L :: constant :: _) when mark = constantMark ->
            Some(Argument.Constant constant)
        | _ -> SavedCall.tryHistory value |> Option.map Argument.Tensor

    /// The tensors at any depth of a value.
    let rec private tensors (value: ConfigValue) : SavedTensor list =
        match tryArgument value, value with
        | Some(Argument.Tensor tensor), ConfigValue.List parts ->
            tensor
            :: (List.truncate 1 (List.skip (min 3 parts.Length) parts) |> List.collect tensors)
        | Some(Argument.Constant _), ConfigValue.List parts ->
            List.skip (min 3 parts.Length) parts |> List.collect tensors
        | _, ConfigValue.List parts -> List.collect tensors parts
        | _, ConfigValue.Object content -> content |> List.collect (snd >> tensors)
        | _ -> []

    let private list (key: string) (config: Config) : ConfigValue list =
        match Config.tryFind key config with
        | Some(ConfigValue.List items) -> items
        | _ -> []

    let private layers (config: Config) : Config list =
        list "layers" config
        |> List.choose (fun layer ->
            match layer with
            | ConfigValue.Object content -> Some content
            | _ -> None)

    let private isModel (layer: Config) : bool =
        List.contains (SavedObject.className layer) [ "Functional"; "Model"; "Sequential" ]

    let private isList (value: ConfigValue) : bool =
        match value with
        | ConfigValue.List _ -> true
        | _ -> false

    /// How many calls of a model that is a layer are counted before those of the outer model: its own connection of
    /// inputs to outputs counted as one where it was made with an input.
    let private callsBefore (config: Config) (layer: Config) : int =
        let name = SavedObject.name layer
        let count = (list "inbound_nodes" layer).Length

        let used =
            (layers config |> List.collect (list "inbound_nodes" >> List.collect tensors))
            @ (list "output_layers" config |> List.collect tensors)
            |> List.filter (fun tensor -> tensor.Layer = name)
            |> List.map _.Node

        if not (isModel layer) || used.IsEmpty then
            0
        else
            max 0 (List.max used - (count - 1))

    /// What a tensor is written as in Keras 3.
    let private tensorValue (earlier: IReadOnlyDictionary<string, int>) (tensor: SavedTensor) : ConfigValue =
        let node =
            match earlier.TryGetValue tensor.Layer with
            | true, count -> tensor.Node - count
            | false, _ -> tensor.Node

        ConfigValue.Object [
            "class_name", ConfigValue.String "__keras_tensor__"
            "config",
            ConfigValue.Object [
                "keras_history",
                ConfigValue.List [
                    ConfigValue.String tensor.Layer
                    ConfigValue.Int(int64 node)
                    ConfigValue.Int(int64 tensor.Index)
                ]
            ]
        ]

    let private argumentValue earlier (argument: Argument) : ConfigValue =
        match argument with
        | Argument.Tensor tensor -> tensorValue earlier tensor
        | Argument.Constant value -> value

    let rec private keywordValue earlier (value: ConfigValue) : ConfigValue =
        match tryArgument value, value with
        | Some argument, _ -> argumentValue earlier argument
        | None, ConfigValue.List items -> ConfigValue.List(List.map (keywordValue earlier) items)
        | None, _ -> value

    /// The arguments of a call: those of its first parameter, whether it is given one alone, and those by name.
    let private parts earlier (call: ConfigValue) : ConfigValue list * bool * Config =
        let inputs, isAlone =
            match tryArgument call, call with
            | Some _, _ -> [ call ], true
            | None, ConfigValue.List inputs -> inputs, false
            | None, _ -> [ call ], true

        let keywords =
            inputs
            |> List.tryPick (fun input ->
                match input with
                | ConfigValue.List [ _; _; _; ConfigValue.Object keywords ] -> Some keywords
                | _ -> None)
            |> Option.defaultValue []

        inputs |> List.choose tryArgument |> List.map (argumentValue earlier),
        isAlone,
        keywords |> List.map (fun (key, value) -> key, keywordValue earlier value)

    /// A call of a layer. First states stand beside the sequence, for Keras 2 gives such a call its mask.
    let private layerCall earlier (call: ConfigValue) : ConfigValue =
        let inputs, _, keywords = parts earlier call

        let states =
            match Config.tryFind "initial_state" keywords with
            | Some(ConfigValue.List states) -> states
            | Some state -> [ state ]
            | None -> []

        ConfigValue.Object [
            "args", ConfigValue.List [ ConfigValue.List(inputs @ states) ]
            "kwargs", ConfigValue.Object(SavedObject.without [ "initial_state" ] keywords)
        ]

    let private upgradeLayer earlier (layer: Config) : Config =
        let calls = list "inbound_nodes" layer

        match SavedObject.className layer with
        | "TFOpLambda"
        | "SlicingOpLambda" ->
            calls
            |> List.map (fun call ->
                match parts earlier call with
                | [ single ], true, keywords -> single, keywords
                | inputs, _, keywords -> ConfigValue.List inputs, keywords)
            |> List.map (fun (first, keywords) ->
                match first with
                | ConfigValue.List [ single ] when
                    Config.tryFind "function" (SavedObject.config layer)
                    <> Some(ConfigValue.String "concat")
                    && Config.tryFind "function" (SavedObject.config layer)
                       <> Some(ConfigValue.String "stack")
                    ->
                    single, keywords
                | _ -> first, keywords)
            |> TensorFlowLayers.ofLambda layer
        | "TensorFlowOpLayer" ->
            calls
            |> List.map (fun call ->
                let inputs, _, _ = parts earlier call
                inputs)
            |> TensorFlowLayers.ofGraphNode layer
        | _ when List.exists isList calls ->
            // A causal Attention said so when it was made, not when it is called.
            let isCausal =
                Config.tryFind "causal" (SavedObject.config layer) = Some(ConfigValue.Bool true)

            let causal call =
                match call with
                | ConfigValue.Object content when isCausal ->
                    content
                    |> SavedObject.change "kwargs" (fun keywords ->
                        match keywords with
                        | ConfigValue.Object keywords ->
                            keywords
                            |> SavedObject.set "use_causal_mask" (ConfigValue.Bool true)
                            |> ConfigValue.Object
                        | _ -> keywords)
                    |> ConfigValue.Object
                | _ -> call

            layer
            |> SavedObject.set "inbound_nodes" (ConfigValue.List(calls |> List.map (layerCall earlier >> causal)))
        | _ -> layer

    /// The "config" of a functional model with all calls as Keras 3 writes them. One that has them already stays.
    let upgrade (config: Config) : Config =
        let layers = layers config

        let isOld =
            layers
            |> List.exists (fun layer -> list "inbound_nodes" layer |> List.exists isList)

        if not isOld then
            config
        else
            let earlier = Dictionary<string, int>()

            for layer in layers do
                earlier[SavedObject.name layer] <- callsBefore config layer

            // Among the outputs Keras 3 counts a functional model's own connection too, but not a Sequential model's.
            let output (value: ConfigValue) =
                match value with
                | ConfigValue.List [ ConfigValue.String name; ConfigValue.Int node; index ] when
                    earlier.ContainsKey name
                    ->
                    let own =
                        layers
                        |> List.find (fun layer -> SavedObject.name layer = name)
                        |> SavedObject.className

                    let before =
                        if own = "Functional" || own = "Model" then
                            earlier[name] - 1
                        else
                            earlier[name]

                    ConfigValue.List [ ConfigValue.String name; ConfigValue.Int(node - int64 before); index ]
                | _ -> value

            config
            |> SavedObject.set
                "layers"
                (ConfigValue.List(layers |> List.map (upgradeLayer earlier >> ConfigValue.Object)))
            |> SavedObject.change "output_layers" (fun outputs ->
                match tryArgument outputs, outputs with
                | Some _, _ -> ConfigValue.List [ output outputs ]
                | None, ConfigValue.List items -> ConfigValue.List(List.map output items)
                | None, ConfigValue.Object named ->
                    ConfigValue.Object(named |> List.map (fun (key, value) -> key, output value))
                | None, _ -> outputs)
