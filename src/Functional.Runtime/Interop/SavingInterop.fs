namespace Functional.Runtime.Interop

open System
open System.Text.Json.Nodes
open Functional.Core.Layers
open Functional.Core.Models
open Functional.Core.Naming
open Functional.Core.Tensors

/// One call of a layer in a model.
[<Sealed>]
type internal RecordedCall(layer: Layer, inputs: SymbolicTensor array, results: SymbolicTensor array) =

    /// The layer.
    member _.Layer: Layer = layer

    /// What it was called on.
    member _.Inputs: SymbolicTensor array = inputs

    /// What the call gave.
    member _.Results: SymbolicTensor array = results

/// A model that was read.
[<Sealed>]
type internal ReadModel(model: Model, isDouble: bool, warnings: string array) =

    /// The model.
    member _.Model: Model = model

    /// Whether all its layers are saved with float64.
    member _.IsDouble: bool = isDouble

    /// What is not as it was when it was saved.
    member _.Warnings: string array = warnings

/// How the facade reads and writes descriptions of models.
[<AbstractClass; Sealed>]
type internal SavingInterop =

    /// The model of what some version of Keras saved. Layers of classes that are not Keras's are made by a function of class
    /// name, name and arguments. Raises ArgumentException when the layers do not fit together.
    static member Model
        (
            saved: JsonObject,
            version: string | null,
            isCustom: Func<string, bool>,
            create: Func<string, string, JsonObject, Layer>
        ) : ReadModel =
        let createCustom className name config =
            if isCustom.Invoke className then
                let name = name |> Option.defaultValue (Layer.snakeCase className)
                Some(create.Invoke(className, name, ConfigJson.ofConfig config))
            else
                None

        let upgraded = Upgrade.model (Option.ofObj version) (ConfigJson.toConfig saved)

        ReadModel(
            ModelConfig.ofUpgraded createCustom upgraded,
            (upgraded.Floating = ElementType.Float64),
            Array.ofList upgraded.Warnings
        )

    /// An optimizer that some version of Keras saved, as Keras 3 saves it.
    static member SavedOptimizer(saved: JsonNode) : JsonNode =
        saved
        |> ConfigJson.toValue
        |> Keras2Compilation.optimizer
        |> ConfigJson.ofPresent

    /// Losses or metrics that some version of Keras saved, as Keras 3 saves them.
    static member SavedValues(saved: JsonNode | null) : JsonNode | null =
        saved |> ConfigJson.toValue |> Keras2Compilation.values |> ConfigJson.ofValue

    /// What Keras saves of a model.
    static member Config(model: Model) : JsonObject =
        ConfigJson.ofConfig (ModelConfig.toConfig model)

    /// The calls of the layers, each after those it needs.
    static member Calls(model: Model) : RecordedCall array =
        model.Calls
        |> Seq.map (fun call ->
            let results =
                Lowering.applyWith call.Arguments call.Layer call.Inputs
                |> List.map (fun result -> { result with Call = call })

            RecordedCall(call.Layer, Array.ofList call.Inputs, Array.ofList results))
        |> Array.ofSeq

    /// The inputs.
    static member Inputs(model: Model) : SymbolicTensor array = Array.ofList model.Inputs

    /// The outputs.
    static member Outputs(model: Model) : SymbolicTensor array = Array.ofList model.Outputs

    /// Whether a layer is a model.
    static member IsModel(layer: Layer) : bool =
        match layer.Body with
        | LayerBody.Nested _ -> true
        | LayerBody.Input _
        | LayerBody.Function _ -> false

    /// The model that a layer is. Raises ArgumentException when it is none.
    static member NestedModel(layer: Layer) : Model =
        match layer.Body with
        | LayerBody.Nested model -> model
        | LayerBody.Input _
        | LayerBody.Function _ -> invalidArg (nameof layer) $"Layer '{Layer.displayName layer}' is no model."

    /// Whether a class is one of Keras's that can be made.
    static member IsKnown(className: string) : bool = LayerRegistry.isKnown className

    /// The sentence about a class that nothing stands for.
    static member UnknownClass(className: string) : string =
        Names.unknown "layer" className LayerRegistry.classNames

    /// "batch_normalization" for "BatchNormalization".
    static member SnakeCase(className: string) : string = Layer.snakeCase className
