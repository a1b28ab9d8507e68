namespace Functional.Core.Models

open Functional.Core.Configuration

/// From the compile arguments that Keras 2 saved (losses, metrics, an optimizer) to those of Keras 3.
[<RequireQualifiedAccess>]
module Keras2Compilation =

    let private text (value: string) : ConfigValue = ConfigValue.String value

    /// "Adam" for "Custom>Adam": the package of a class is of no account.
    let private withoutPackage (name: string) : string =
        name.Substring(name.LastIndexOf '>' + 1)

    /// The name of a function: as it is, or {"class_name": "function", "config": "mse"}.
    let private functionName (value: ConfigValue) : string option =
        match value with
        | ConfigValue.String name -> Some(withoutPackage name)
        | ConfigValue.Object content ->
            match Config.tryFind "config" content with
            | Some(ConfigValue.String name) -> Some(withoutPackage name)
            | _ -> None
        | _ -> None

    /// A loss or metric that wraps a function is known by that function.
    let private wrapped (saved: Config) : Config =
        let config = SavedObject.config saved

        match SavedObject.className saved, Config.tryFind "fn" config |> Option.bind functionName with
        | ("MeanMetricWrapper" | "LossFunctionWrapper" | "SumOverBatchSizeMetricWrapper"), Some name ->
            saved
            |> SavedObject.set "class_name" (text name)
            |> SavedObject.set "config" (ConfigValue.Object(SavedObject.without [ "fn"; "dtype"; "reduction" ] config))
        | _ -> saved

    let private argument (key: string, value: ConfigValue) : string * ConfigValue =
        match key, value with
        | "reduction", ConfigValue.String "auto" -> key, text "sum_over_batch_size"
        | _ -> key, value

    let rec private upgrade (value: ConfigValue) : ConfigValue =
        match value with
        | ConfigValue.List items -> ConfigValue.List(List.map upgrade items)
        | ConfigValue.Object content when SavedObject.className content <> "" ->
            let named =
                content
                |> SavedObject.set "class_name" (text (withoutPackage (SavedObject.className content)))
                |> wrapped

            match Config.tryFind "config" named with
            | Some(ConfigValue.Object config) ->
                named
                |> SavedObject.set "config" (ConfigValue.Object(List.map argument config))
                |> ConfigValue.Object
            | _ -> ConfigValue.Object named
        | ConfigValue.Object content -> ConfigValue.Object(content |> List.map (fun (key, item) -> key, upgrade item))
        | ConfigValue.Null
        | ConfigValue.Bool _
        | ConfigValue.Int _
        | ConfigValue.Float _
        | ConfigValue.String _ -> value

    /// A learning rate that falls as rate / (1 + decay * step), which was an argument of optimizers and is a schedule now.
    let private withDecay (config: Config) : Config =
        let decay = Config.float "decay" 0.0 config

        match Config.tryFind "learning_rate" config with
        | Some(ConfigValue.Float _ | ConfigValue.Int _ as rate) when decay > 0.0 ->
            config
            |> SavedObject.set
                "learning_rate"
                (ConfigValue.Object [
                    "module", text "keras.optimizers.schedules"
                    "class_name", text "InverseTimeDecay"
                    "config",
                    ConfigValue.Object [
                        "initial_learning_rate", rate
                        "decay_steps", ConfigValue.Int 1L
                        "decay_rate", ConfigValue.Float decay
                        "staircase", ConfigValue.Bool false
                        "name", text "InverseTimeDecay"
                    ]
                    "registered_name", ConfigValue.Null
                ])
        | _ -> config

    /// An optimizer {"class_name", "config"} as Keras 3 saves it.
    let optimizer (saved: ConfigValue) : ConfigValue =
        match upgrade (SavedValues.plain saved) with
        | ConfigValue.Object content ->
            let config =
                SavedObject.config content
                |> SavedObject.rename [ "lr", "learning_rate" ]
                |> withDecay
                |> SavedObject.without [ "decay"; "schedule_decay"; "is_legacy_optimizer"; "jit_compile" ]
                |> List.filter (fun entry -> entry <> ("epsilon", ConfigValue.Null))

            content
            |> SavedObject.set "config" (ConfigValue.Object config)
            |> ConfigValue.Object
        | other -> other

    /// Losses or metrics as Keras 3 saves them.
    let values (saved: ConfigValue) : ConfigValue = upgrade (SavedValues.plain saved)
