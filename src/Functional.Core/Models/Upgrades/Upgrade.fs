namespace Functional.Core.Models

open Functional.Core.Configuration
open Functional.Core.Layers
open Functional.Core.Tensors

/// A saved model as Keras 3 would have saved it.
type Upgraded = {
    /// {"class_name", "config"}.
    Config: Config
    /// The floating type of all its layers.
    Floating: ElementType
    /// What is not as it was.
    Warnings: string list
}

/// What Keras 1, Keras 2 and TensorFlow's Keras saved, as Keras 3 would have saved it. Everything that knows how they differ
/// is in this folder: the reader of models knows Keras 3 only.
[<RequireQualifiedAccess>]
module Upgrade =

    /// Names of one class, and the one that files are read with.
    let private canonical: Map<string, string> =
        [
            for rank in 1..3 do
                $"MaxPool{rank}D", $"MaxPooling{rank}D"
                $"AvgPool{rank}D", $"AveragePooling{rank}D"
                $"GlobalMaxPool{rank}D", $"GlobalMaxPooling{rank}D"
                $"GlobalAvgPool{rank}D", $"GlobalAveragePooling{rank}D"
                $"Convolution{rank}D", $"Conv{rank}D"
                $"Convolution{rank}DTranspose", $"Conv{rank}DTranspose"
                $"SeparableConvolution{rank}D", $"SeparableConv{rank}D"
                $"DepthwiseConvolution{rank}D", $"DepthwiseConv{rank}D"
            "Deconv2D", "Conv2DTranspose"
            "Deconvolution2D", "Conv2DTranspose"
            "Deconv3D", "Conv3DTranspose"
            "Deconvolution3D", "Conv3DTranspose"
            "GroupedQueryAttention", "GroupQueryAttention"
        ]
        |> Map.ofList

    /// The first number of a version: 2 for "2.2.4-tf".
    let private major (version: string) : int option =
        match System.Int32.TryParse(version.Split('.').[0]) with
        | true, number when number > 0 -> Some number
        | _ -> None

    /// Which Keras saved a model that does not say so: Keras 3 names the module of every class.
    let private guess (saved: Config) : int =
        if List.exists (fst >> (=) "module") saved then 3 else 2

    let private named (layer: Config) : Config =
        let className = SavedObject.className layer

        match Map.tryFind className canonical with
        | Some name -> SavedObject.set "class_name" (ConfigValue.String name) layer
        | None -> layer

    /// Operations between layers, which Keras 3 writes into .h5 files as layers without "trainable".
    let private operation (layer: Config) : Config =
        let isSaid key content = List.exists (fst >> (=) key) content

        if
            not (isSaid "module" layer)
            && not (isSaid "trainable" (SavedObject.config layer))
            && List.contains (SavedObject.className layer) OperationRegistry.classNames
        then
            SavedObject.set "module" (ConfigValue.String Layer.operationsModule) layer
        else
            layer

    let private isModel (saved: Config) : bool =
        List.contains (SavedObject.className saved) [ "Functional"; "Model"; "Sequential" ]

    /// A layer or model, and everything inside it.
    let rec private upgrade (version: int) (saved: Config) : Config =
        let inside (value: ConfigValue) =
            match value with
            | ConfigValue.Object content when List.exists (fst >> (=) "class_name") content ->
                ConfigValue.Object(upgrade version content)
            | _ -> value

        let argument (key: string, value: ConfigValue) =
            match key, value with
            | ("layers" | "cells"), ConfigValue.List items -> key, ConfigValue.List(List.map inside items)
            | ("layer" | "backward_layer" | "cell"), _ -> key, inside value
            | _ -> key, value

        let withCells =
            saved
            |> SavedObject.set "config" (ConfigValue.Object(SavedObject.config saved |> List.map argument))

        if not (isModel saved) then
            (if version <= 1 then
                 Keras1Layers.upgrade withCells
             else
                 withCells)
            |> fun layer ->
                if version <= 2 then
                    Keras2Layers.upgrade layer
                else
                    operation layer
            |> named
        elif version <= 2 && SavedObject.className saved <> "Sequential" then
            withCells
            |> SavedObject.set "config" (ConfigValue.Object(Keras2Calls.upgrade (SavedObject.config withCells)))
        else
            withCells

    /// Until Keras 2.2.2 the "config" of a Sequential model is the list of its layers.
    let rec private withLists (value: ConfigValue) : ConfigValue =
        match value with
        | ConfigValue.List items -> ConfigValue.List(List.map withLists items)
        | ConfigValue.Object content ->
            let content = content |> List.map (fun (key, item) -> key, withLists item)

            match SavedObject.className content, Config.tryFind "config" content with
            | "Sequential", Some(ConfigValue.List layers) ->
                let name =
                    match Config.tryFind "name" content with
                    | Some name -> [ "name", name ]
                    | None -> []

                content
                |> SavedObject.set "config" (ConfigValue.Object(name @ [ "layers", ConfigValue.List layers ]))
                |> ConfigValue.Object
            | _ -> ConfigValue.Object content
        | ConfigValue.Null
        | ConfigValue.Bool _
        | ConfigValue.Int _
        | ConfigValue.Float _
        | ConfigValue.String _ -> value

    /// The version of Keras that saved a model: what a file says ("2.3.1"), else what the model itself says or looks like.
    let versionOf (said: string option) (saved: Config) : int =
        said
        |> Option.orElse (
            match Config.tryFind "keras_version" saved with
            | Some(ConfigValue.String version) -> Some version
            | _ -> None
        )
        |> Option.bind major
        |> Option.defaultWith (fun () -> guess saved)

    /// A saved model {"class_name", "config"} of any version of Keras. Raises ArgumentException when a layer has no
    /// counterpart in Keras 3.
    let model (version: string option) (saved: Config) : Upgraded =
        let major = versionOf version saved

        let values =
            if major <= 2 then
                SavedValues.plain (ConfigValue.Object saved)
            else
                ConfigValue.Object saved

        match withLists values with
        | ConfigValue.Object content -> {
            Config = content |> SavedPrecision.plain |> upgrade major
            Floating = SavedPrecision.floating content
            Warnings = SavedPrecision.warnings content
          }
        | _ -> {
            Config = saved
            Floating = ElementType.Float32
            Warnings = []
          }
