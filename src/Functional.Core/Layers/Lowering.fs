namespace Functional.Core.Layers

open System.Collections.Concurrent
open System.Collections.Generic
open System.Runtime.CompilerServices
open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// How a model becomes nodes.
type LoweringContext = {
    Mode: Mode
    /// The element type in place of float32: float64 checks gradients with the code that ships.
    Floating: ElementType
    /// The nodes of a layer's weights.
    Weights: Layer -> Node list
    /// Whether a layer's weights are trained.
    Trainable: Layer -> bool
    /// int32 (2,): seed and step.
    Key: Node
}

/// What a model became.
type Lowered = {
    Outputs: Value list
    /// Next values of weights that are not trained: layer, position, node.
    Updates: (Layer * int * Node) list
    Losses: Node list
}

/// From layer calls to nodes.
[<RequireQualifiedAccess>]
module Lowering =

    let private merge (results: Lowered list) : Lowered = {
        Outputs = results |> List.collect _.Outputs
        Updates = results |> List.collect _.Updates
        Losses = results |> List.collect _.Losses
    }

    let private withMask (mask: Value option) (value: Value) : Value = {
        value with
            Mask = mask |> Option.map (fun mask -> Ops.cast ElementType.Bool mask.Node)
    }

    /// A value under a mask that fits: its axes are the first axes of the value, and tell which places along them count.
    /// Loops over time need a place for each step; others take one place for all, too.
    let private fitMask (layer: Layer) (index: int) (value: Value) : Value =
        match value.Mask with
        // Its steps are not the second axis where channels are.
        | Some _ when layer.ClassName = "GlobalAveragePooling1D" -> value
        | Some mask when CallArguments.takesMask layer ->
            let isLoop = List.contains layer.ClassName CallArguments.loops
            let lengths = Shape.dimensions mask.Shape
            let wanted = List.truncate lengths.Length (Shape.dimensions value.Node.Shape)

            let fits length wanted =
                length = wanted
                || if Dimension.isKnown 1 length then
                       not isLoop
                   else
                       Dimension.mayEqual length wanted

            if wanted.Length <> lengths.Length || not (List.forall2 fits lengths wanted) then
                invalidArg
                    "mask"
                    $"expects a mask of shape {Shape.create wanted}, but input {index} has shape {value.Node.Shape} and its mask has shape {mask.Shape}"

            if isLoop then
                {
                    value with
                        Mask = Some(Ops.broadcastTo (Shape.create wanted) mask)
                }
            else
                value
        | _ -> value

    let private callLayer
        (context: LoweringContext)
        (stream: int)
        (repetition: int)
        (layerCall: LayerCall)
        (call: CallContext -> Value list -> CallResult)
        (inputs: Value list)
        : Lowered =
        let layer = layerCall.Layer
        let arguments = layerCall.Arguments

        let callContext = {
            Mode = CallArguments.mode arguments context.Mode
            Trainable = context.Trainable layer
            Weights = context.Weights layer
            Key = context.Key
            Stream = stream
            Repetition = repetition
            Floating = context.Floating
            Arguments = arguments
        }

        // As in Keras, a layer computes in one floating type, whatever floating type its inputs have; operations take
        // every type as it is.
        let inputs =
            if Layer.isOperation layer then
                inputs
            else
                List.map (Value.inFloating context.Floating) inputs

        let run values = call callContext values

        let result =
            Layer.naming layer (fun () ->
                let result =
                    CallArguments.seen arguments withMask inputs |> List.mapi (fitMask layer) |> run

                if
                    CallArguments.ignoresMasks arguments
                    || not (CallArguments.maskInputs arguments).IsEmpty
                then
                    // What is passed on are the masks of the call with the inputs' own masks.
                    let masks =
                        (run (CallArguments.own arguments (withMask None) inputs)).Outputs
                        |> List.map _.Mask

                    {
                        result with
                            Outputs =
                                List.map2
                                    (fun (output: Value) mask -> { output with Mask = mask })
                                    result.Outputs
                                    masks
                    }
                else
                    result)

        {
            Outputs = result.Outputs
            Updates = result.Updates |> List.map (fun (index, next) -> layer, index, next)
            Losses = result.Losses
        }

    /// What tells the random numbers of calls apart.
    type private Draws = {
        /// The first stream that no call has yet: calls of nested models are numbered inside the call that uses them.
        mutable Stream: int
        /// How many calls of a layer drew.
        Repetitions: Dictionary<Layer, int>
        /// The number of a layer's first call.
        FirstRepetition: int
    }

    let private newDraws stream repetition : Draws = {
        Stream = stream
        Repetitions = Dictionary<Layer, int>(HashIdentity.Reference)
        FirstRepetition = repetition
    }

    let private repetitionOf (mode: Mode) (layer: Layer) (draws: Draws) : int =
        let repetition =
            match draws.Repetitions.TryGetValue layer with
            | true, count -> count
            | false, _ -> draws.FirstRepetition

        match mode with
        | Mode.Training -> draws.Repetitions[layer] <- repetition + 1
        | Mode.Inference -> ()

        repetition

    let rec private lowerCalls context (draws: Draws) (model: Model) (inputs: Value list) : Lowered =
        let values = Dictionary<struct (LayerCall * int), Value>()
        let parts = List<Lowered>()

        for input, value in List.zip model.Inputs inputs do
            let floating =
                if input.ElementType = ElementType.Float64 then
                    ElementType.Float64
                else
                    context.Floating

            values[struct (input.Call, input.Index)] <- Value.inFloating floating value

        for call in model.Calls do
            let given = [ for input in call.Inputs -> values[struct (input.Call, input.Index)] ]

            let lowered =
                match call.Layer.Body with
                | LayerBody.Input _ -> None
                | LayerBody.Function(_, callFunction) ->
                    let mode = CallArguments.mode call.Arguments context.Mode
                    let repetition = repetitionOf mode call.Layer draws
                    let result = callLayer context draws.Stream repetition call callFunction given
                    draws.Stream <- draws.Stream + Layer.streamsPerCall
                    Some result
                | LayerBody.Nested nested ->
                    let trainable layer =
                        context.Trainable call.Layer && context.Trainable layer

                    Some(
                        lowerCalls
                            {
                                context with
                                    Trainable = trainable
                                    Mode = CallArguments.mode call.Arguments context.Mode
                            }
                            draws
                            nested
                            given
                    )

            match lowered with
            | Some result ->
                result.Outputs
                |> List.iteri (fun index value -> values[struct (call, index)] <- value)

                parts.Add { result with Outputs = [] }
            | None -> ()

        let outputs = [ for output in model.Outputs -> values[struct (output.Call, output.Index)] ]

        {
            merge (List.ofSeq parts) with
                Outputs = outputs
        }

    /// The nodes of a model's outputs, given the values of its inputs.
    let model (context: LoweringContext) (model: Model) (inputs: Value list) : Lowered =
        lowerCalls context (newDraws 0 0) model inputs

    /// The nodes of a model inside the call of a layer, whose random numbers are apart from those of all other calls as
    /// long as it has at most 256 streams of its own, and calls none of its layers more than 256 times.
    let inside (call: CallContext) (context: LoweringContext) (model: Model) (inputs: Value list) : Lowered =
        lowerCalls context (newDraws ((1 <<< 20) + 256 * call.Stream) (256 * call.Repetition)) model inputs

    /// A layer's weights for these inputs; those of a nested model are its layers' own.
    let weightSpecifications (layer: Layer) (inputs: InputSpecification list) : WeightSpecification list =
        match layer.Body with
        | LayerBody.Input _
        | LayerBody.Nested _ -> []
        | LayerBody.Function(build, _) -> Layer.naming layer (fun () -> build inputs)

    /// What a symbolic tensor is to the layer that takes it.
    let private inputSpecification (tensor: SymbolicTensor) : InputSpecification = {
        Shape = tensor.Shape
        ElementType = tensor.ElementType
        MaskShape = tensor.MaskShape
    }

    /// What the layer of a call sees of its inputs.
    let inputSpecifications (call: LayerCall) : InputSpecification list =
        call.Inputs
        |> List.map inputSpecification
        |> CallArguments.seen call.Arguments (fun mask input -> {
            input with
                MaskShape = mask |> Option.map _.Shape
        })

    /// The weights that the layer of a call wants; those of a nested model are its layers' own.
    let callWeights (call: LayerCall) : WeightSpecification list =
        weightSpecifications call.Layer (inputSpecifications call)

    /// The leaves that stand for a layer's weights where only shapes matter.
    let private symbolicWeights (call: LayerCall) : Node list =
        callWeights call
        |> List.mapi (fun index weight ->
            Ops.parameter $"{index}/{weight.Name}" (Shape.ofInts weight.Dimensions) weight.ElementType)

    /// The weights of a layer that a model calls, as leaves where only shapes matter.
    let private symbolicModelWeights (model: Model) (layer: Layer) : Node list =
        model.Calls
        |> List.tryFind (fun call -> obj.ReferenceEquals(call.Layer, layer))
        |> Option.map symbolicWeights
        |> Option.defaultValue []

    /// What is known of a value before data comes.
    type private Outline = Shape * ElementType * Shape option

    let private outline (value: Value) : Outline =
        value.Node.Shape, value.Node.ElementType, value.Mask |> Option.map _.Shape

    /// A leaf that stands for a value where only shapes matter.
    let private standIn (index: int) (shape: Shape, elementType: ElementType, maskShape: Shape option) : Value = {
        Node = Ops.input $"input{index}" shape elementType
        Mask =
            maskShape
            |> Option.map (fun shape -> Ops.input $"mask{index}" shape ElementType.Bool)
        Logits = None
    }

    let private shapeContext weights = {
        Mode = Mode.Inference
        Floating = ElementType.Float32
        Weights = weights
        Trainable = fun _ -> true
        Key = Ops.input "key" (Shape.ofInts [ 2 ]) ElementType.Int32
    }

    /// The outlines of a model's outputs by those of its inputs, found out once: where every model calls its inner one
    /// twice, calls double with every level.
    let private known =
        ConditionalWeakTable<Model, ConcurrentDictionary<Outline list, Outline list>>()

    let rec private modelOutlines (model: Model) (inputs: Outline list) : Outline list =
        let results =
            known.GetValue(model, fun _ -> ConcurrentDictionary<Outline list, Outline list>(HashIdentity.Structural))

        results.GetOrAdd(inputs, newOutlines model)

    and private newOutlines (model: Model) (inputs: Outline list) : Outline list =
        let values = Dictionary<struct (LayerCall * int), Value>()
        let context = shapeContext (symbolicModelWeights model)

        for input, given in List.zip model.Inputs (List.mapi standIn inputs) do
            values[struct (input.Call, input.Index)] <- given

        for call in model.Calls do
            let given = [ for input in call.Inputs -> values[struct (input.Call, input.Index)] ]

            let outputs =
                match call.Layer.Body with
                | LayerBody.Input _ -> []
                | LayerBody.Function(_, callFunction) -> (callLayer context 0 0 call callFunction given).Outputs
                | LayerBody.Nested nested -> modelOutlines nested (List.map outline given) |> List.mapi standIn

            outputs |> List.iteri (fun index value -> values[struct (call, index)] <- value)

        [
            for output in model.Outputs -> outline values[struct (output.Call, output.Index)]
        ]

    /// Calls a layer on symbolic tensors and Keras's call arguments: the shapes of its results are those of the nodes it
    /// makes. Raises ArgumentException with the layer's name when the inputs do not fit.
    let applyWith (arguments: Config) (layer: Layer) (inputs: SymbolicTensor list) : SymbolicTensor list =
        let call = {
            Layer = layer
            Inputs = inputs
            Arguments = arguments
        }

        let given =
            inputs
            |> List.map (fun input -> input.Shape, input.ElementType, input.MaskShape)

        let outputs =
            match layer.Body with
            | LayerBody.Input(shape, elementType) -> [ shape, elementType, None ]
            | LayerBody.Function(_, callFunction) ->
                let weights = symbolicWeights call

                (callLayer (shapeContext (fun _ -> weights)) 0 0 call callFunction (List.mapi standIn given)).Outputs
                |> List.map outline
            | LayerBody.Nested nested ->
                if nested.Inputs.Length <> inputs.Length then
                    invalidArg
                        (nameof inputs)
                        $"Layer '{Layer.displayName layer}' ({layer.ClassName}): expects {nested.Inputs.Length} inputs, but got {inputs.Length}"

                modelOutlines nested given

        outputs
        |> List.mapi (fun index (shape, elementType, maskShape) -> {
            Shape = shape
            ElementType = elementType
            MaskShape = maskShape
            Call = call
            Index = index
        })

    /// Calls a layer on symbolic tensors: the shapes of its results are those of the nodes it makes. Raises
    /// ArgumentException with the layer's name when the inputs do not fit.
    let apply (layer: Layer) (inputs: SymbolicTensor list) : SymbolicTensor list = applyWith [] layer inputs
