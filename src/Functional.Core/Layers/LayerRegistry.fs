namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Naming
open Functional.Core.Regularizers
open Functional.Core.Tensors

/// Every layer that can be made from Keras's class name and arguments, and what Keras saves of one.
[<RequireQualifiedAccess>]
module LayerRegistry =

    let private entry className (ofConfig: Config -> 'Settings) (layer: string option -> 'Settings -> Layer) =
        className, (fun (name: string option) (config: Config) -> layer name (ofConfig config))

    let private plain className (layer: string option -> Layer) =
        className, (fun (name: string option) (_: Config) -> layer name)

    let private perRank className (create: int -> string option -> Config -> Layer) = [
        for rank in 1..3 -> $"{className}{rank}D", create rank
    ]

    let private entries: Map<string, string option -> Config -> Layer> =
        [
            entry "Dense" Dense.ofConfig Dense.layer
            entry "Embedding" Embedding.ofConfig Embedding.layer
            plain "Identity" Identity.layer
            entry "Masking" Masking.ofConfig Masking.layer
            entry "Rescaling" Rescaling.ofConfig Rescaling.layer
            entry "ActivityRegularization" ActivityRegularization.ofConfig ActivityRegularization.layer
            entry "Activation" ActivationLayer.ofConfig ActivationLayer.layer
            entry "ReLU" ReLU.ofConfig ReLU.layer
            entry "LeakyReLU" LeakyReLU.ofConfig LeakyReLU.layer
            entry "ELU" ELU.ofConfig ELU.layer
            entry "PReLU" PReLU.ofConfig PReLU.layer
            entry "Softmax" Softmax.ofConfig Softmax.layer
            entry "GaussianNoise" GaussianNoise.ofConfig GaussianNoise.layer
            entry "Dropout" Dropout.ofConfig Dropout.layer
            entry "GaussianDropout" GaussianDropout.ofConfig GaussianDropout.layer
            entry "AlphaDropout" AlphaDropout.ofConfig AlphaDropout.layer
            entry "Flatten" Flatten.ofConfig Flatten.layer
            entry "Reshape" Reshape.ofConfig Reshape.layer
            entry "Permute" Permute.ofConfig Permute.layer
            entry "RepeatVector" RepeatVector.ofConfig RepeatVector.layer
            plain "Add" Merge.add
            plain "Subtract" Merge.subtract
            plain "Multiply" Merge.multiply
            plain "Average" Merge.average
            plain "Maximum" Merge.maximum
            plain "Minimum" Merge.minimum
            entry "Concatenate" Concatenate.ofConfig Concatenate.layer
            entry "Dot" Dot.ofConfig Dot.layer
            entry "BatchNormalization" BatchNormalization.ofConfig BatchNormalization.layer
            entry "LayerNormalization" LayerNormalization.ofConfig LayerNormalization.layer
            entry "GroupNormalization" GroupNormalization.ofConfig GroupNormalization.layer
            entry "UnitNormalization" UnitNormalization.ofConfig UnitNormalization.layer
            entry "EinsumDense" EinsumDense.ofConfig EinsumDense.layer
            entry "Attention" Attention.ofConfig Attention.layer
            "AdditiveAttention",
            (fun name config ->
                Attention.additive name (Config.bool "use_scale" true config) (Config.float "dropout" 0.0 config))
            entry "MultiHeadAttention" MultiHeadAttention.ofConfig MultiHeadAttention.layer
            entry "GroupQueryAttention" GroupQueryAttention.ofConfig GroupQueryAttention.layer
            entry "Maxout" Maxout.ofConfig Maxout.layer
            entry "RMSNormalization" RMSNormalization.ofConfig RMSNormalization.layer
            entry "Normalization" Normalization.ofConfig Normalization.layer
            entry "CategoryEncoding" CategoryEncoding.ofConfig CategoryEncoding.layer
            entry "Discretization" Discretization.ofConfig Discretization.layer
            entry "Hashing" Hashing.ofConfig Hashing.layer
            entry "Resizing" Resizing.ofConfig Resizing.layer
            entry "CenterCrop" CenterCrop.ofConfig CenterCrop.layer
            entry "RandomFlip" RandomFlip.ofConfig RandomFlip.layer
            entry "RandomCrop" RandomCrop.ofConfig RandomCrop.layer
            entry "RandomRotation" RandomRotation.ofConfig RandomRotation.layer
            entry "RandomTranslation" RandomTranslation.ofConfig RandomTranslation.layer
            entry "RandomZoom" RandomZoom.ofConfig RandomZoom.layer
            entry "RandomContrast" RandomContrast.ofConfig RandomContrast.layer
            entry "RandomBrightness" RandomBrightness.ofConfig RandomBrightness.layer
            yield!
                perRank "SpatialDropout" (fun rank name config ->
                    Dropout.spatial rank name (DataFormat.ofConfig config) (Dropout.ofConfig config))
            yield! perRank "Cropping" (fun rank name config -> Cropping.layer name (Cropping.ofConfig rank config))
            yield!
                perRank "ZeroPadding" (fun rank name config ->
                    ZeroPadding.layer name (ZeroPadding.ofConfig rank config))
            yield!
                perRank "UpSampling" (fun rank name config -> UpSampling.layer name (UpSampling.ofConfig rank config))
            yield!
                perRank "GlobalAveragePooling" (fun rank name config ->
                    GlobalPooling.average rank name (GlobalPooling.ofConfig config))
            yield!
                perRank "GlobalMaxPooling" (fun rank name config ->
                    GlobalPooling.maximum rank name (GlobalPooling.ofConfig config))
            yield!
                perRank "MaxPooling" (fun rank name config ->
                    Pooling.maximum name (Pooling.maximumOfConfig rank config))
            yield!
                perRank "AveragePooling" (fun rank name config -> Pooling.average name (Pooling.ofConfig rank config))
            yield! perRank "Conv" (fun rank name config -> Conv.layer name (Conv.ofConfig rank config))
            for rank in 1..3 do
                entry $"Conv{rank}DTranspose" (ConvTranspose.ofConfig rank) ConvTranspose.layer
            for rank in 1..2 do
                entry $"DepthwiseConv{rank}D" (DepthwiseConv.ofConfig rank) DepthwiseConv.layer
                entry $"SeparableConv{rank}D" (SeparableConv.ofConfig rank) SeparableConv.layer
            "SimpleRNN", RNN.simple
            "LSTM", RNN.lstm
            "GRU", RNN.gru
            "RNN", CellRegistry.rnn
            yield! perRank "ConvLSTM" ConvLSTM.layer
        ]
        |> Map.ofList

    /// Everything Keras's get_config has of a layer, in Keras's order.
    let getConfig (name: string) (layer: Layer) : Config =
        let own = layer.Config |> List.filter (fun (key, _) -> key <> "trainable")
        let name = "name", ConfigValue.String name
        let trainable = "trainable", ConfigValue.Bool(Layer.isTrainable layer)
        let elementType = "dtype", ConfigValue.String "float32"

        match layer.ClassName with
        | "Discretization" ->
            let isWhole = Config.tryString "output_mode" own = Some "int"

            own
            @ [ name; "dtype", ConfigValue.String(if isWhole then "int64" else "float32") ]
        | "Hashing" when Config.tryString "output_mode" own = Some "int" ->
            name :: trainable :: ("dtype", ConfigValue.String "int64") :: own
        | "ELU" -> name :: own @ [ trainable; elementType ]
        | "SpatialDropout1D"
        | "SpatialDropout2D"
        | "SpatialDropout3D" ->
            let first, format = own |> List.partition (fun (key, _) -> key <> "data_format")
            first @ [ name; elementType ] @ format
        | _ -> name :: trainable :: elementType :: own

    /// What Keras saves of a layer: {"module", "class_name", "config", "registered_name"}.
    let toConfig (name: string) (layer: Layer) : Config = [
        "module", ConfigValue.String "keras.layers"
        "class_name", ConfigValue.String layer.ClassName
        "config", ConfigValue.Object(getConfig name layer)
        "registered_name", ConfigValue.Null
    ]

    /// A layer among the arguments of another.
    let private inner (read: ConfigValue -> Layer) className (key: string) (config: Config) : Layer =
        match Config.tryFind key config with
        | Some saved -> read saved
        | None -> invalidArg key $"{className}: {key} has no default: it must be given."

    /// Classes around layers or models, and their makers; functions read and write what is saved of what is inside.
    let private wrappers
        (make: string -> string option -> Config -> Layer)
        (read: ConfigValue -> Layer)
        (write: Layer -> ConfigValue)
        : Map<string, string option -> Config -> Layer> =
        [
            "Bidirectional",
            (fun name config ->
                let mode =
                    match List.tryFind (fst >> (=) "merge_mode") config with
                    | Some(_, ConfigValue.Null) -> None
                    | _ -> Some(Config.string "merge_mode" "concat" config)

                Bidirectional.layer
                    make
                    name
                    mode
                    (inner read "Bidirectional" "layer" config)
                    (Config.tryFind "backward_layer" config |> Option.map read))
            "TimeDistributed",
            (fun name config ->
                let layer = inner read "TimeDistributed" "layer" config
                TimeDistributed.layer name (write layer) layer)
            "SpectralNormalization",
            (fun name config -> SpectralNormalization.layer write name (SpectralNormalization.ofConfig read config))
        ]
        |> Map.ofList

    let private wrapperNames = [ "Bidirectional"; "SpectralNormalization"; "TimeDistributed" ]

    /// The class names that can be made.
    let classNames: string list =
        Seq.append (Map.keys entries) wrapperNames |> Seq.sort |> List.ofSeq

    /// Whether a class can be made.
    let isKnown (className: string) : bool = List.contains className classNames

    /// Checks the element type that "dtype" names, as text or as a saved policy.
    let private checkElementType (className: string) (config: Config) : unit =
        let policyName =
            match Config.tryFind "dtype" config with
            | Some(ConfigValue.Object policy) ->
                match Config.tryFind "config" policy with
                | Some(ConfigValue.Object inner) -> Config.tryString "name" inner
                | _ -> None
            | _ -> Config.tryString "dtype" config

        policyName
        |> Option.iter (fun name ->
            // A layer of whole numbers is saved with the type that Keras gives them.
            let isWhole =
                (className = "Discretization" || className = "Hashing") && name = "int64"

            // Which of the floating types it is, the model decides.
            let isFloating = ElementType.tryOfName name |> Option.exists ElementType.isFloating

            Expect.argument className "dtype" name "'float32' or 'float64'" (isWhole || isFloating))

    /// The layer of a Keras class with Keras's arguments; missing ones take Keras's defaults. A name in the configuration
    /// counts when none is given. Layers and models among the arguments are read, and written, by functions. Raises
    /// ArgumentException when the class is unknown, with the nearest names, or when an argument is not allowed.
    let rec createWith
        (read: ConfigValue -> Layer)
        (write: Layer -> ConfigValue)
        (className: string)
        (name: string option)
        (config: Config)
        : Layer =
        let found =
            Map.tryFind className entries
            |> Option.orElse (Map.tryFind className (wrappers (createWith read write) read write))

        match found with
        | None -> invalidArg (nameof className) (Names.unknown "layer" className classNames)
        | Some make ->
            checkElementType className config

            let name =
                match name with
                | Some _ -> name
                | None -> Config.tryString "name" config

            let layer = make name config

            let withPenalty =
                if List.exists (fun (key, _) -> key = "activity_regularizer") layer.Config then
                    layer
                else
                    match Arguments.regularizer "activity_regularizer" config with
                    | None -> layer
                    | Some regularizer ->
                        LayerWeight.withActivityPenalty (Some regularizer) {
                            layer with
                                Config =
                                    ("activity_regularizer", Regularizer.toConfig (Some regularizer))
                                    :: layer.Config
                        }

            if Config.bool "trainable" true config then
                withPenalty
            else
                {
                    withPenalty with
                        Config = ("trainable", ConfigValue.Bool false) :: withPenalty.Config
                }

    /// The layer of a Keras class with Keras's arguments; see createWith. Layers among the arguments are of Keras's
    /// classes, and no models.
    let rec create (className: string) (name: string option) (config: Config) : Layer =
        let write layer =
            ConfigValue.Object(toConfig (Layer.displayName layer) layer)

        createWith ofConfig write className name config

    /// The layer that a saved object stands for: {"class_name", "config"}.
    and ofConfig (value: ConfigValue) : Layer =
        match value with
        | ConfigValue.Object content ->
            let config =
                match Config.tryFind "config" content with
                | Some(ConfigValue.Object config) -> config
                | _ -> []

            create (Arguments.string "class_name" content) None config
        | _ -> invalidArg (nameof value) $"A saved layer is an object, but here it is {value}."
