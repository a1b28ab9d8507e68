namespace Functional.Runtime.Interop

open System
open System.Collections.Generic
open Functional.Core.Configuration
open Functional.Core.Layers
open Functional.Core.Models
open Functional.Core.Tensors
open Functional.Kernels.Memory
open Functional.Runtime.Execution

/// One layer as a model's summary shows it.
[<Sealed>]
type internal SummaryRow(layer: Layer, name: string, outputs: SymbolicTensor array, connections: string array) =

    /// The layer.
    member _.Layer: Layer = layer

    /// Its name in the model.
    member _.Name: string = name

    /// What its first call gives.
    member _.Outputs: SymbolicTensor array = outputs

    /// What its calls take: "dense[0][0]".
    member _.Connections: string array = connections

/// A table that a model looks the numbers of an input up in.
[<Sealed>]
type internal EmbeddingLookup(input: int, layerName: string, size: int) =

    /// The position of the input.
    member _.Input: int = input

    /// The name of the layer.
    member _.LayerName: string = layerName

    /// The number of entries.
    member _.Size: int = size

/// How the facade makes models and asks about them.
[<AbstractClass; Sealed>]
type internal ModelInterop =

    /// The model between inputs and outputs. Raises ArgumentException when they are not connected.
    static member Create
        (name: string | null, className: string, inputs: SymbolicTensor array, outputs: SymbolicTensor array)
        : Model =
        Model.create (Option.ofObj name) className (List.ofArray inputs) (List.ofArray outputs)

    /// The model with other names for the layers that were given none: the name that a layer has already, where no other
    /// layer of the model has it; else one that is numbered by class in the order in which the layers were made.
    static member Named(model: Model, order: Func<Layer, int64>, earlier: Func<Layer, string | null>) : Model =
        let given, unnamed =
            model.Layers |> List.map fst |> List.partition (fun layer -> layer.Name.IsSome)

        let taken = HashSet<string>(given |> List.choose _.Name)
        let names = Dictionary<Layer, string>(HashIdentity.Reference)
        let byOrder = unnamed |> List.sortBy order.Invoke

        for layer in byOrder do
            match earlier.Invoke layer with
            | null -> ()
            | name ->
                if taken.Add name then
                    names.Add(layer, name)

        for layer in byOrder do
            if not (names.ContainsKey layer) then
                let stem = Layer.snakeCase layer.ClassName

                Seq.initInfinite (fun index -> if index = 0 then stem else $"{stem}_{index}")
                |> Seq.find taken.Add
                |> fun name -> names.Add(layer, name)

        {
            model with
                Layers =
                    model.Layers
                    |> List.map (fun (layer, name) ->
                        match names.TryGetValue layer with
                        | true, chosen -> layer, chosen
                        | false, _ -> layer, name)
        }

    /// The model as a layer.
    static member AsLayer(model: Model) : Layer = Model.asLayer model

    /// Keras's class name: "Functional" or "Sequential".
    static member ClassName(model: Model) : string = model.ModelClass

    /// Every layer once, in Keras's order.
    static member Layers(model: Model) : Layer array =
        model.Layers |> List.map fst |> Array.ofList

    /// The name of every layer, in the order of the layers.
    static member LayerNames(model: Model) : string array =
        model.Layers |> List.map snd |> Array.ofList

    /// The names of the inputs.
    static member InputNames(model: Model) : string array = Model.inputNames model |> Array.ofList

    /// The lengths of every output for inputs of these shapes, which all have one number of samples. Raises ArgumentException
    /// that names the input whose shape does not fit, or the layer that makes nothing of these lengths.
    static member OutputShapes(model: Model, floating: ElementKind, inputShapes: int array array) : int array array =
        let sizes =
            ModelLeaves.bindSizes model [ for shape in inputShapes -> List.ofArray shape ]
            |> Map.add "batch" (inputShapes[0][0])

        let shapes = model.Outputs |> List.map (fun output -> Shape.bind sizes output.Shape)

        if
            shapes
            |> List.exists (fun shape -> Option.isNone (Shape.tryKnown shape) || not (Shape.isPositive shape))
        then
            ModelLeaves.refuseSizes (ElementKinds.toCore floating) sizes model

        shapes |> Seq.map (Shape.known >> Array.ofList) |> Array.ofSeq

    /// The names of the outputs.
    static member OutputNames(model: Model) : string array = Model.outputNames model |> Array.ofList

    /// Every weight once, in Keras's order.
    static member Weights(model: Model) : WeightDescription array =
        Model.weights model |> Seq.map WeightInterop.Describe |> Array.ofSeq

    /// The calls' layers, arguments and results, for layers to take note of.
    static member Calls(model: Model) : struct (Layer * SymbolicTensor array) array =
        model.Calls
        |> Seq.map (fun call -> struct (call.Layer, Array.ofList call.Inputs))
        |> Array.ofSeq

    /// What is worth knowing about a model before it runs, a sentence each.
    static member Warnings(model: Model) : string array =
        MaskCheck.warnings model |> Array.ofList

    /// The floating type that the model computes in when this one is asked for.
    static member Floating(model: Model, asked: ElementKind) : ElementKind =
        Model.floating (ElementKinds.toCore asked) model |> ElementKinds.ofCore

    /// Whether an operation of the model, or of a model in it, tells NaN from numbers, so that data may have it.
    static member TakesNaN(model: Model) : bool =
        model.Layers
        |> List.exists (fun (layer, _) ->
            match layer.Body with
            | LayerBody.Nested nested -> ModelInterop.TakesNaN nested
            | LayerBody.Input _
            | LayerBody.Function _ -> List.contains layer.ClassName [ "Isnan"; "Isfinite"; "NanToNum" ])

    /// The layers as a summary shows them.
    static member Summary(model: Model) : SummaryRow array =
        let callsOf layer =
            model.Calls |> List.filter (fun call -> obj.ReferenceEquals(call.Layer, layer))

        let callIndex (call: LayerCall) =
            callsOf call.Layer
            |> List.findIndex (fun other -> obj.ReferenceEquals(other, call))

        model.Layers
        |> Seq.map (fun (layer, name) ->
            let calls = callsOf layer

            let connections =
                calls
                |> List.collect _.Inputs
                |> List.map (fun input ->
                    $"{Model.layerName model input.Call.Layer}[{callIndex input.Call}][{input.Index}]")

            let outputs =
                match calls with
                | first :: _ -> Lowering.applyWith first.Arguments layer first.Inputs
                | [] -> []

            SummaryRow(layer, name, Array.ofList outputs, Array.ofList connections))
        |> Array.ofSeq

    /// The tables that inputs are looked up in directly.
    static member Lookups(model: Model) : EmbeddingLookup array = [|
        for call in model.Calls do
            for argument in call.Inputs do
                let input =
                    model.Inputs
                    |> List.tryFindIndex (fun input -> obj.ReferenceEquals(input.Call, argument.Call))

                match call.Layer.ClassName, input, Config.tryInt "input_dim" call.Layer.Config with
                | "Embedding", Some index, Some size -> EmbeddingLookup(index, Model.layerName model call.Layer, size)
                | _ -> ()
    |]
