namespace Functional.Core.Models

open System.Collections.Generic
open System.Runtime.CompilerServices
open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Layers
open Functional.Core.Tensors

/// One weight of a model.
[<ReferenceEquality>]
type Weight = {
    /// The layer it belongs to, and its position among that layer's weights: the identity of the weight.
    Layer: Layer
    Index: int
    /// Unique in a model: "dense/kernel", "nested/dense/kernel".
    Path: string
    Specification: WeightSpecification
}

/// Models from layer calls: inputs, outputs, layers and weights with their names, in Keras's order.
[<RequireQualifiedAccess>]
module Model =

    /// A model input: a number of samples where it is fixed, the shape of a sample, and an element type.
    let inputOfBatch
        (name: string option)
        (batch: int option)
        (shape: Dimension list)
        (elementType: ElementType)
        : SymbolicTensor =
        let samples =
            batch |> Option.map Dimension.known |> Option.defaultValue Dimension.batch

        let full = Shape.create (samples :: shape)

        let layer = {
            ClassName = "InputLayer"
            Module = Layer.layersModule
            Name = name
            Config = [
                "batch_shape",
                ConfigValue.List(
                    Shape.dimensions full
                    |> List.map (fun dimension ->
                        match Dimension.tryKnown dimension with
                        | Some size -> ConfigValue.Int(int64 size)
                        | None -> ConfigValue.Null)
                )
                "dtype", ConfigValue.String(ElementType.name elementType)
            ]
            Body = LayerBody.Input(full, elementType)
        }

        Lowering.apply layer [] |> List.exactlyOne

    /// A model input: a shape without the batch, and an element type.
    let input (name: string option) (shape: Dimension list) (elementType: ElementType) : SymbolicTensor =
        inputOfBatch name None shape elementType

    /// The number of samples in every batch, when an input fixes it.
    let tryBatch (model: Model) : int option =
        model.Inputs
        |> List.tryPick (fun input -> Dimension.tryKnown (Shape.dimension 0 input.Shape))

    /// Layer calls by a depth-first walk from the outputs (inputs first), and the order in which layers are met.
    let private walk (inputs: SymbolicTensor list) (outputs: SymbolicTensor list) =
        let calls = List<LayerCall>()
        let seen = HashSet<LayerCall>(HashIdentity.Reference)
        let met = Dictionary<Layer, int>(HashIdentity.Reference)
        let given = HashSet<LayerCall>(inputs |> Seq.map _.Call, HashIdentity.Reference)

        let rec visit (call: LayerCall) =
            if seen.Add call then
                met.TryAdd(call.Layer, met.Count) |> ignore

                if not (given.Contains call) then
                    for input in call.Inputs do
                        visit input.Call

                calls.Add call

        for output in outputs do
            visit output.Call

        List.ofSeq calls, met

    /// Keras's order of layers: by greatest distance from the outputs, then by the order of the walk
    /// (keras/src/ops/function.py, map_graph).
    let private orderLayers (inputs: SymbolicTensor list) (calls: LayerCall list) (met: Dictionary<Layer, int>) =
        let callDepth = Dictionary<LayerCall, int>(HashIdentity.Reference)
        let layerDepth = Dictionary<Layer, int>(HashIdentity.Reference)

        let depthOf (table: Dictionary<'Key, int>) key =
            match table.TryGetValue key with
            | true, depth -> depth
            | false, _ -> 0

        for call in List.rev calls do
            let depth = max (depthOf callDepth call) (depthOf layerDepth call.Layer)
            callDepth[call] <- depth
            layerDepth[call.Layer] <- depth

            for input in call.Inputs do
                callDepth[input.Call] <- max (depth + 1) (depthOf callDepth input.Call)

        for input in inputs do
            if layerDepth.TryAdd(input.Call.Layer, 0) then
                met[input.Call.Layer] <- -1

        layerDepth
        |> Seq.sortBy (fun entry -> -entry.Value, met[entry.Key])
        |> Seq.map _.Key
        |> List.ofSeq

    /// Names for layers: the user's, which must differ, and Keras's automatic ones ("dense", "dense_1").
    let private nameLayers (layers: Layer list) : (Layer * string) list =
        let given = layers |> List.choose _.Name

        match given |> List.countBy id |> List.tryFind (fun (_, count) -> count > 1) with
        | Some(name, _) ->
            invalidArg (nameof layers) $"All layer names must be different, but two layers are named '{name}'."
        | None -> ()

        let taken = HashSet<string>(given)

        let automatic (layer: Layer) =
            let stem = Layer.snakeCase layer.ClassName

            Seq.initInfinite (fun index -> if index = 0 then stem else $"{stem}_{index}")
            |> Seq.find taken.Add

        layers
        |> List.map (fun layer -> layer, layer.Name |> Option.defaultWith (fun () -> automatic layer))

    let private checkConnected (inputs: SymbolicTensor list) (calls: LayerCall list) =
        let isGiven (call: LayerCall) =
            inputs |> List.exists (fun input -> obj.ReferenceEquals(input.Call, call))

        for input in inputs do
            match input.Call.Layer.Body with
            | LayerBody.Input _ -> ()
            | _ ->
                invalidArg
                    (nameof inputs)
                    $"A model input must come from Input(...), but one is the result of layer '{Layer.displayName input.Call.Layer}'."

        if HashSet<LayerCall>(inputs |> Seq.map _.Call, HashIdentity.Reference).Count < inputs.Length then
            invalidArg (nameof inputs) "A model's inputs must be different tensors, but one is listed twice."

        for call in calls do
            match call.Layer.Body with
            | LayerBody.Input _ when not (isGiven call) ->
                invalidArg
                    (nameof inputs)
                    $"The outputs need input '{Layer.displayName call.Layer}', which is not among the model's inputs."
            | _ -> ()

    /// Checks that a layer used several times wants the same weights each time.
    let private checkShared (calls: LayerCall list) =
        let built = Dictionary<Layer, WeightSpecification list>(HashIdentity.Reference)

        for call in calls do
            let wanted = Lowering.callWeights call

            match built.TryGetValue call.Layer with
            | true, weights ->
                for first, second in Seq.zip weights wanted do
                    if first.Dimensions <> second.Dimensions then
                        invalidArg
                            "inputs"
                            $"Layer '{Layer.displayName call.Layer}' ({call.Layer.ClassName}): its weight '{first.Name}' has shape %A{first.Dimensions} from an earlier call, but this call needs %A{second.Dimensions}"
            | false, _ -> built[call.Layer] <- wanted

    /// The calls of layers in models, those of inner models counted each time that the model is called.
    let private callCounts = ConditionalWeakTable<Model, StrongBox<int64>>()

    let private mostCalls = 1_000_000L

    let rec private countCalls (calls: LayerCall list) : int64 =
        let ofCall (call: LayerCall) =
            match call.Layer.Body with
            | LayerBody.Nested nested ->
                callCounts.GetValue(nested, (fun nested -> StrongBox(countCalls nested.Calls))).Value
            | LayerBody.Input _
            | LayerBody.Function _ -> 1L

        let total = calls |> List.sumBy (ofCall >> min (mostCalls + 1L))

        if total > mostCalls then
            invalidArg
                "outputs"
                $"The model calls layers more than {mostCalls} times, counting those of models inside it for every call: models that call their inner model several times grow with every level."

        total

    /// The model between inputs and outputs. Raises ArgumentException when they are not connected, inputs are missing,
    /// or two layers have one name.
    let create
        (name: string option)
        (modelClass: string)
        (inputs: SymbolicTensor list)
        (outputs: SymbolicTensor list)
        : Model =
        if List.isEmpty outputs then
            invalidArg (nameof outputs) "A model needs at least one output."

        let calls, met = walk inputs outputs
        checkConnected inputs calls
        checkShared calls
        let callCount = countCalls calls

        let unused =
            inputs
            |> List.map _.Call
            |> List.filter (fun call -> not (List.exists (fun other -> obj.ReferenceEquals(other, call)) calls))

        let model = {
            ModelName = name
            ModelClass = modelClass
            Inputs = inputs
            Outputs = outputs
            Calls = unused @ calls
            Layers = orderLayers inputs calls met |> nameLayers
        }

        callCounts.Add(model, StrongBox callCount)
        model

    /// The model as a layer, to be called inside another model.
    let asLayer (model: Model) : Layer = {
        ClassName = model.ModelClass
        Module =
            match model.ModelClass with
            | "Sequential" -> "keras"
            | _ -> "keras.src.models.functional"
        Name = model.ModelName
        Config = []
        Body = LayerBody.Nested model
    }

    /// A layer's name in a model.
    let layerName (model: Model) (layer: Layer) : string =
        model.Layers
        |> List.tryFind (fun (candidate, _) -> obj.ReferenceEquals(candidate, layer))
        |> Option.map snd
        |> Option.defaultWith (fun () -> Layer.displayName layer)

    /// The names of inputs and outputs: those of the layers they come from.
    let inputNames (model: Model) : string list =
        model.Inputs |> List.map (fun input -> layerName model input.Call.Layer)

    /// The names of the outputs: those of the layers they come from.
    let outputNames (model: Model) : string list =
        model.Outputs |> List.map (fun output -> layerName model output.Call.Layer)

    /// The floating type that a model computes in: the one asked for, and float64 where an input, or a value between its
    /// layers, is float64.
    let rec floating (asked: ElementType) (model: Model) : ElementType =
        let isDouble (tensor: SymbolicTensor) =
            tensor.ElementType = ElementType.Float64

        let hasDoubles =
            List.exists isDouble model.Outputs
            || model.Calls
               |> List.exists (fun call ->
                   List.exists isDouble call.Inputs
                   || match call.Layer.Body with
                      | LayerBody.Input(_, elementType) -> elementType = ElementType.Float64
                      | LayerBody.Nested nested -> floating asked nested = ElementType.Float64
                      | LayerBody.Function _ -> false)

        if hasDoubles then ElementType.Float64 else asked

    /// Every weight once, in Keras's order: layer by layer.
    let weights (model: Model) : Weight list =
        let seen = HashSet<Layer>(HashIdentity.Reference)

        let rec collect (prefix: string) (model: Model) : Weight list =
            model.Layers
            |> List.collect (fun (layer, name) ->
                match layer.Body with
                | _ when not (seen.Add layer) -> []
                | LayerBody.Input _ -> []
                | LayerBody.Nested nested -> collect $"{prefix}{name}/" nested
                | LayerBody.Function _ ->
                    let call =
                        model.Calls |> List.find (fun call -> obj.ReferenceEquals(call.Layer, layer))

                    Lowering.callWeights call
                    |> List.mapi (fun index specification -> {
                        Layer = layer
                        Index = index
                        Path = $"{prefix}{name}/{specification.Name}"
                        Specification = specification
                    }))

        collect "" model
