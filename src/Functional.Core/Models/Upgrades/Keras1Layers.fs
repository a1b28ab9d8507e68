namespace Functional.Core.Models

open Functional.Core.Configuration

/// From the layers of Keras 1 to those of Keras 2: classes and arguments had other names.
[<RequireQualifiedAccess>]
module internal Keras1Layers =

    let private refuse (layer: Config) (argument: string) (value: ConfigValue) : 'Result =
        invalidArg
            argument
            $"Layer '{SavedObject.name layer}' ({SavedObject.className layer}) of Keras 1 has '{argument}' = {value}, which later versions of Keras have no counterpart for."

    let private classes: Map<string, string> =
        Map.ofList [
            for rank in 1..3 do
                $"Convolution{rank}D", $"Conv{rank}D"
            "AtrousConvolution1D", "Conv1D"
            "AtrousConvolution2D", "Conv2D"
            "Deconvolution2D", "Conv2DTranspose"
            "SeparableConvolution2D", "SeparableConv2D"
        ]

    /// Arguments with the same meaning in all classes.
    let private renamed: (string * string) list = [
        "output_dim", "units"
        "nb_filter", "filters"
        "filter_length", "kernel_size"
        "init", "kernel_initializer"
        "inner_init", "recurrent_initializer"
        "depthwise_init", "depthwise_initializer"
        "pointwise_init", "pointwise_initializer"
        "beta_init", "beta_initializer"
        "gamma_init", "gamma_initializer"
        "inner_activation", "recurrent_activation"
        "W_regularizer", "kernel_regularizer"
        "U_regularizer", "recurrent_regularizer"
        "b_regularizer", "bias_regularizer"
        "W_constraint", "kernel_constraint"
        "b_constraint", "bias_constraint"
        "bias", "use_bias"
        "border_mode", "padding"
        "subsample", "strides"
        "subsample_length", "strides"
        "stride", "strides"
        "pool_length", "pool_size"
        "atrous_rate", "dilation_rate"
        "dim_ordering", "data_format"
        "dropout_W", "dropout"
        "dropout_U", "recurrent_dropout"
        "sigma", "stddev"
        "p", "rate"
    ]

    /// What says nothing about what a layer computes.
    let private ignored: string list = [ "consume_less"; "input_dim"; "input_length"; "input_dtype"; "output_shape" ]

    /// {"name": "WeightRegularizer", "l1": 0.0, "l2": 0.01} and {"name": "MaxNorm", "m": 2}.
    let private named (classOf: string -> string) (value: ConfigValue) : ConfigValue =
        match value with
        | ConfigValue.Object content when not (List.exists (fst >> (=) "class_name") content) ->
            match Config.tryFind "name" content with
            | Some(ConfigValue.String name) ->
                ConfigValue.Object [
                    "class_name", ConfigValue.String(classOf name)
                    "config",
                    ConfigValue.Object(
                        content
                        |> SavedObject.without [ "name" ]
                        |> SavedObject.rename [ "m", "max_value" ]
                    )
                ]
            | _ -> value
        | _ -> value

    let private dataFormat (layer: Config) (value: ConfigValue) : ConfigValue =
        match value with
        | ConfigValue.String "tf" -> ConfigValue.String "channels_last"
        | ConfigValue.String "th" -> ConfigValue.String "channels_first"
        | ConfigValue.String("channels_last" | "channels_first") -> value
        | ConfigValue.String "default" -> ConfigValue.String "channels_first"
        | _ -> refuse layer "dim_ordering" value

    /// The kernel's lengths have an argument each.
    let private kernelSize (config: Config) : Config =
        let joined keys =
            keys |> List.map (fun key -> Config.tryFind key config) |> List.choose id

        let rows, dimensions =
            [ "nb_row"; "nb_col" ], [ "kernel_dim1"; "kernel_dim2"; "kernel_dim3" ]

        match joined rows, joined dimensions with
        | ([ _; _ ] as lengths), _
        | _, ([ _; _; _ ] as lengths) ->
            config
            |> SavedObject.without (rows @ dimensions)
            |> SavedObject.set "kernel_size" (ConfigValue.List lengths)
        | _ -> config

    let private argument (layer: Config) (key: string, value: ConfigValue) : string * ConfigValue =
        let isSuffix (suffix: string) =
            key.EndsWith(suffix, System.StringComparison.Ordinal)

        match key, value with
        | "data_format", _ -> key, dataFormat layer value
        | "padding", ConfigValue.String "full" -> refuse layer "border_mode" value
        | _ when isSuffix "_regularizer" -> key, named (fun _ -> "L1L2") value
        | _ when isSuffix "_constraint" -> key, named id value
        | _ -> key, value

    /// What has no counterpart must have the value that does nothing.
    let private check (layer: Config) (config: Config) : unit =
        let expect key allowed =
            match Config.tryFind key config with
            | Some value when not (List.contains value allowed) -> refuse layer key value
            | _ -> ()

        let none = [ ConfigValue.Int 0L; ConfigValue.Float 0.0 ]

        match SavedObject.className layer with
        | "BatchNormalization" -> expect "mode" none
        | "Embedding" -> expect "dropout" none
        | _ -> ()

    let private merge (layer: Config) (config: Config) : string * Config =
        let name = config |> List.filter (fun (key, _) -> key = "name" || key = "trainable")

        let axis key =
            Config.tryFind key config |> Option.defaultValue (ConfigValue.Int -1L)

        match Config.tryFind "mode" config with
        | Some(ConfigValue.String "sum") -> "Add", name
        | Some(ConfigValue.String "mul") -> "Multiply", name
        | Some(ConfigValue.String "ave") -> "Average", name
        | Some(ConfigValue.String "max") -> "Maximum", name
        | Some(ConfigValue.String "concat") -> "Concatenate", name @ [ "axis", axis "concat_axis" ]
        | Some(ConfigValue.String "dot") -> "Dot", name @ [ "axes", axis "dot_axes" ]
        | Some(ConfigValue.String "cos") ->
            "Dot", name @ [ "axes", axis "dot_axes"; "normalize", ConfigValue.Bool true ]
        | mode -> refuse layer "mode" (Option.defaultValue ConfigValue.Null mode)

    let private ofClass (layer: Config) (config: Config) : Config =
        match SavedObject.className layer with
        | "Embedding" ->
            config
            |> SavedObject.rename [
                "init", "embeddings_initializer"
                "W_regularizer", "embeddings_regularizer"
                "W_constraint", "embeddings_constraint"
            ]
            |> SavedObject.without [ "dropout"; "input_length"; "input_dtype" ]
        | "PReLU" -> SavedObject.rename [ "init", "alpha_initializer" ] config
        | "UpSampling1D" -> SavedObject.rename [ "length", "size" ] config
        | "LSTM" ->
            match Config.tryFind "forget_bias_init" config with
            | Some value ->
                config
                |> SavedObject.without [ "forget_bias_init" ]
                |> SavedObject.set
                    "unit_forget_bias"
                    (ConfigValue.Bool(value = ConfigValue.String "one" || value = ConfigValue.String "ones"))
            | None -> config
        | "BatchNormalization" -> SavedObject.without [ "mode" ] config
        | _ -> config

    let private keepsNames (className: string) : bool =
        List.contains className [ "Embedding"; "ActivityRegularization"; "InputLayer" ]

    /// A layer {"class_name", "config"} in the names of Keras 2. Raises ArgumentException that names Keras 1 and the
    /// argument when there is no counterpart.
    let upgrade (layer: Config) : Config =
        let config = SavedObject.config layer
        check layer config

        let className, config =
            match SavedObject.className layer with
            | "Merge" -> merge layer config
            | className ->
                let upgraded = ofClass layer config

                let upgraded =
                    if keepsNames className then
                        upgraded
                    else
                        kernelSize upgraded |> SavedObject.without ignored |> SavedObject.rename renamed

                Map.tryFind className classes |> Option.defaultValue className, List.map (argument layer) upgraded

        layer
        |> SavedObject.set "class_name" (ConfigValue.String className)
        |> SavedObject.set "config" (ConfigValue.Object config)
