namespace Functional.Core.Layers

open System
open Functional.Core.Configuration
open Functional.Core.Constraints
open Functional.Core.Graph
open Functional.Core.Initializers
open Functional.Core.Regularizers
open Functional.Core.Tensors

/// Whether a computation trains or answers.
[<RequireQualifiedAccess>]
type Mode =
    | Training
    | Inference

/// A weight that a layer wants, known once the shapes of its inputs are.
type WeightSpecification = {
    /// Keras's name: "kernel", "bias", "gamma"...
    Name: string
    Dimensions: int list
    ElementType: ElementType
    Initializer: Initializer
    Regularizer: Regularizer option
    Constraint: Constraint option
    /// False for statistics that the layer keeps itself (moving averages).
    Trainable: bool
}

/// What a probability was made of: losses that can, use it instead of the probability, because it loses no digits.
[<RequireQualifiedAccess>]
type Logits =
    /// The value is softmax over the last axis of this.
    | Softmax of Node
    /// The value is sigmoid of this.
    | Sigmoid of Node

/// A value that flows between layers: its node, which time steps count (bool, Keras's mask), and its logits if known.
type Value = {
    Node: Node
    Mask: Node option
    Logits: Logits option
}

/// What a call of a layer is given besides its inputs.
type CallContext = {
    Mode: Mode
    /// Whether the layer's weights are trained; batch normalization behaves as in inference when they are not.
    Trainable: bool
    /// One node for every weight specification, in their order.
    Weights: Node list
    /// int32 (2,): seed and step, for random numbers.
    Key: Node
    /// The first random stream of this call; 16 streams are its own.
    Stream: int
    /// How many calls of the same layer drew random numbers before this one. Layers with a seed of their own count by it:
    /// where they stand among other layers does not matter to them.
    Repetition: int
    /// The element type in place of float32, for values that a layer makes from integers or from nothing.
    Floating: ElementType
    /// What this call was given besides tensors (Keras's call arguments): "return_attention_scores"...
    Arguments: Config
}

/// What a call of a layer gives.
type CallResult = {
    Outputs: Value list
    /// Next values of weights that are not trained, by position; and values that took the place of trained weights before
    /// the call used them, of which the gradient is taken and from which the optimizer goes on.
    Updates: (int * Node) list
    /// Penalties added to the training loss, numbers without axes.
    Losses: Node list
}

/// What a layer sees of an input when it says which weights it wants.
type InputSpecification = {
    Shape: Shape
    ElementType: ElementType
    /// The shape of its mask, if it has one.
    MaskShape: Shape option
} with

    /// Whether a mask comes with it.
    member this.HasMask: bool = this.MaskShape.IsSome

/// What a layer does.
[<RequireQualifiedAccess>]
type LayerBody =
    /// A model input of this shape (batch included) and element type.
    | Input of shape: Shape * elementType: ElementType
    /// Weights from input shapes, and a pure call.
    | Function of
        build: (InputSpecification list -> WeightSpecification list) *
        call: (CallContext -> Value list -> CallResult)
    /// A model used as a layer.
    | Nested of model: Model

/// A layer: a value with an identity, so that calling one twice shares its weights.
and [<ReferenceEquality>] Layer = {
    /// Keras's class name: "Dense".
    ClassName: string
    /// Where Keras keeps the class: "keras.layers"; for operations "keras.src.ops.numpy" and its neighbours.
    Module: string
    /// The name the user gave; otherwise a model names it.
    Name: string option
    /// Keras's constructor arguments.
    Config: Config
    Body: LayerBody
}

/// One use of a layer.
and [<ReferenceEquality>] LayerCall = {
    Layer: Layer
    Inputs: SymbolicTensor list
    /// What this call is given besides tensors (Keras's call arguments); see CallArguments.
    Arguments: Config
}

/// The result of a layer call: a shape and type without data yet.
and [<ReferenceEquality>] SymbolicTensor = {
    Shape: Shape
    ElementType: ElementType
    /// The shape of its mask, if it has one.
    MaskShape: Shape option
    Call: LayerCall
    /// Which of the call's outputs.
    Index: int
} with

    /// Whether a mask comes with it.
    member this.HasMask: bool = this.MaskShape.IsSome

/// Layer calls between inputs and outputs.
and [<ReferenceEquality>] Model = {
    ModelName: string option
    /// "Functional" or "Sequential".
    ModelClass: string
    Inputs: SymbolicTensor list
    Outputs: SymbolicTensor list
    /// Calls in an order in which each stands after those it needs; inputs first.
    Calls: LayerCall list
    /// Every layer once, in Keras's order, with its name in this model.
    Layers: (Layer * string) list
}

[<RequireQualifiedAccess>]
module Value =

    /// A value without mask or logits.
    let ofNode (node: Node) : Value = {
        Node = node
        Mask = None
        Logits = None
    }

    /// Another node under the same mask.
    let withNode (node: Node) (value: Value) : Value = {
        Node = node
        Mask = value.Mask
        Logits = None
    }

    /// The value in this floating type, where it is floating.
    let inFloating (floating: ElementType) (value: Value) : Value =
        if
            ElementType.isFloating value.Node.ElementType
            && value.Node.ElementType <> floating
        then
            withNode (Ops.cast floating value.Node) value
        else
            value

[<RequireQualifiedAccess>]
module Layer =

    /// Where Keras keeps its layers.
    let layersModule: string = "keras.layers"

    /// Where Keras keeps its operations, of which a model's configuration tells as of layers.
    let operationsModule: string = "keras.src.ops"

    /// A layer from its parts.
    let create className name config build call : Layer = {
        ClassName = className
        Module = layersModule
        Name = name
        Config = config
        Body = LayerBody.Function(build, call)
    }

    /// The result of a call with one output and nothing else.
    let output (value: Value) : CallResult = {
        Outputs = [ value ]
        Updates = []
        Losses = []
    }

    /// Whether it is one of Keras's operations (an addition between layers), which Keras does not count among the layers.
    let isOperation (layer: Layer) : bool =
        layer.Module.StartsWith(operationsModule, StringComparison.Ordinal)

    /// Whether the layer's weights are trained unless a model says otherwise: Keras's argument "trainable".
    let isTrainable (layer: Layer) : bool =
        Config.bool "trainable" true layer.Config

    /// A layer without weights that maps one value, and passes its mask on.
    let ofFunction (className: string) (name: string option) (config: Config) (f: CallContext -> Node -> Node) : Layer =
        create className name config (fun _ -> []) (fun context inputs ->
            match inputs with
            | [ value ] -> output (Value.withNode (f context value.Node) value)
            | _ -> invalidArg (nameof inputs) $"expects one input, but got {inputs.Length}")

    /// A layer without weights that maps one value. Its result has no mask, as Keras's layers that do not support masking.
    let ofUnmaskedFunction className name config (f: CallContext -> Node -> Node) : Layer =
        create className name config (fun _ -> []) (fun context inputs ->
            match inputs with
            | [ value ] -> output (Value.ofNode (f context value.Node))
            | _ -> invalidArg (nameof inputs) $"expects one input, but got {inputs.Length}")

    /// How many random streams a call has of its own.
    let streamsPerCall: int = 16

    /// The random numbers of one call: `index` 0..15 tells several draws of one call apart.
    let random
        (distribution: Distribution)
        (index: int)
        (shape: Shape)
        (elementType: ElementType)
        (context: CallContext)
        : Node =
        Ops.random distribution (context.Stream + index) shape elementType context.Key

    /// The name of the class behind Keras's public name; names are made of it.
    let private pythonName (className: string) : string =
        match className with
        | "GroupQueryAttention" -> "GroupedQueryAttention"
        | _ -> className

    /// "batch_normalization" for "BatchNormalization": Keras's automatic names.
    let snakeCase (className: string) : string =
        // Keras's to_snake_case: a boundary before an upper-case letter that starts a word, and after a lower-case one.
        let withWords =
            Text.RegularExpressions.Regex.Replace(pythonName className, "(.)([A-Z][a-z]+)", "$1_$2")

        Text.RegularExpressions.Regex.Replace(withWords, "([a-z])([A-Z])", "$1_$2").ToLowerInvariant()

    /// How errors name a layer: its name, or the name it would get.
    let displayName (layer: Layer) : string =
        layer.Name |> Option.defaultWith (fun () -> snakeCase layer.ClassName)

    /// Runs something about a layer; argument errors get the layer's name in front.
    let internal naming (layer: Layer) (f: unit -> 'Result) : 'Result =
        try
            f ()
        with :? ArgumentException as error when not (error.Message.StartsWith("Layer '", StringComparison.Ordinal)) ->
            let message =
                match error.ParamName with
                | null -> error.Message
                | parameter -> error.Message.Replace($" (Parameter '{parameter}')", "")

            raise (ArgumentException($"Layer '{displayName layer}' ({layer.ClassName}): {message}", error))
