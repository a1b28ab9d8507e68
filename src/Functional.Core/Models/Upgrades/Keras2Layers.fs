namespace Functional.Core.Models

open Functional.Core.Configuration

/// From the layers of Keras 2 to those of Keras 3: classes that were renamed, arguments that moved, and defaults and
/// meanings that changed.
[<RequireQualifiedAccess>]
module internal Keras2Layers =

    /// Classes whose meaning another class has.
    let private classes: Map<string, string> =
        Map.ofList [
            "CuDNNLSTM", "LSTM"
            "CuDNNGRU", "GRU"
            "SyncBatchNormalization", "BatchNormalization"
            "BatchNormalizationV1", "BatchNormalization"
            "BatchNormalizationV2", "BatchNormalization"
            "LSTMV1", "LSTM"
            "LSTMV2", "LSTM"
            "GRUV1", "GRU"
            "GRUV2", "GRU"
            "LSTMCellV1", "LSTMCell"
            "LSTMCellV2", "LSTMCell"
            "GRUCellV1", "GRUCell"
            "GRUCellV2", "GRUCell"
            // x above theta, else 0.
            "ThresholdedReLU", "ReLU"
        ]

    /// Whether a value is hard_sigmoid, as a name or as a saved function or layer.
    let private isHardSigmoid (value: ConfigValue) : bool =
        let isName name =
            name = ConfigValue.String "hard_sigmoid"

        match value with
        | ConfigValue.Object content ->
            isName (Config.tryFind "class_name" content |> Option.defaultValue ConfigValue.Null)
            || isName (Config.tryFind "config" content |> Option.defaultValue ConfigValue.Null)
        | _ -> isName value

    /// hard_sigmoid was 0.2 x + 0.5 within [0, 1] until Keras 3 made it x / 6 + 0.5.
    let private activation (value: ConfigValue) : ConfigValue =
        if isHardSigmoid value then
            ConfigValue.String "hard_sigmoid_keras2"
        else
            value

    let private isActivation (key: string) : bool =
        key = "activation" || key = "recurrent_activation"

    /// [3] for 3.
    let private single (value: ConfigValue) : ConfigValue =
        match value with
        | ConfigValue.List [ only ] -> only
        | _ -> value

    /// Python takes every number but 0 for true: "stateful": -1.
    let private truth (value: ConfigValue) : ConfigValue =
        match value with
        | ConfigValue.Int number -> ConfigValue.Bool(number <> 0L)
        | _ -> value

    let private refuse (layer: Config) (argument: string) (value: ConfigValue) : 'Result =
        invalidArg
            argument
            $"Layer '{SavedObject.name layer}' ({SavedObject.className layer}) of Keras 2 has '{argument}' = {value}, which Keras 3 has no counterpart for."

    let private text (value: string) : ConfigValue = ConfigValue.String value

    let private ofClass (layer: Config) (config: Config) : Config =
        match SavedObject.className layer with
        | "BatchNormalization"
        | "BatchNormalizationV1"
        | "BatchNormalizationV2"
        | "SyncBatchNormalization" ->
            match Config.tryFind "renorm" config with
            | Some(ConfigValue.Bool true as value) -> refuse layer "renorm" value
            | _ -> SavedObject.change "axis" single config
        | "ThresholdedReLU" ->
            config
            |> SavedObject.rename [ "theta", "threshold" ]
            |> SavedObject.withDefault "threshold" (ConfigValue.Float 1.0)
        | "LeakyReLU" -> SavedObject.rename [ "alpha", "negative_slope" ] config
        // reset_after came in 2.1.5, as false.
        | "GRU"
        | "GRUV1"
        | "GRUCell"
        | "GRUCellV1" ->
            config
            |> SavedObject.withDefault "reset_after" (ConfigValue.Bool false)
            |> SavedObject.withDefault "recurrent_activation" (text "hard_sigmoid_keras2")
        | "LSTM"
        | "LSTMV1"
        | "LSTMCell"
        | "LSTMCellV1" -> SavedObject.withDefault "recurrent_activation" (text "hard_sigmoid_keras2") config
        | "ConvLSTM1D"
        | "ConvLSTM2D"
        | "ConvLSTM3D" -> SavedObject.withDefault "recurrent_activation" (text "hard_sigmoid_keras2") config
        // Kernels on graphics processors knew these functions only.
        | "CuDNNGRU" ->
            config
            |> SavedObject.set "reset_after" (ConfigValue.Bool true)
            |> SavedObject.set "recurrent_activation" (text "sigmoid")
        | "CuDNNLSTM" -> SavedObject.set "recurrent_activation" (text "sigmoid") config
        | "CategoryEncoding" ->
            config
            |> SavedObject.rename [ "max_tokens", "num_tokens" ]
            |> SavedObject.change "output_mode" (fun mode -> if mode = text "binary" then text "multi_hot" else mode)
        | "Discretization" -> SavedObject.rename [ "bins", "bin_boundaries" ] config
        | "Normalization" -> SavedObject.change "axis" single config
        | _ -> config

    let private argument (key: string, value: ConfigValue) : string * ConfigValue =
        match key with
        | "stateful"
        | "return_sequences"
        | "return_state"
        | "go_backwards"
        | "unroll" -> key, truth value
        | _ when isActivation key -> key, activation value
        | _ -> key, value

    /// A layer {"class_name", "config"} as Keras 3 would have saved it. Raises ArgumentException when there is no
    /// counterpart.
    let upgrade (layer: Config) : Config =
        let className = SavedObject.className layer

        let config = ofClass layer (SavedObject.config layer) |> List.map argument

        layer
        |> SavedObject.set
            "class_name"
            (ConfigValue.String(Map.tryFind className classes |> Option.defaultValue className))
        |> SavedObject.set "config" (ConfigValue.Object config)
