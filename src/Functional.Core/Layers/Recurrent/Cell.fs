namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// One step of a recurrent layer, as a value: which states and weights it wants, and a pure function from a step's input
/// and the states to its output and the next states.
[<ReferenceEquality>]
type Cell = {
    /// Keras's class name: "LSTMCell".
    ClassName: string
    /// The name the user gave; otherwise it is made of the class name.
    Name: string option
    /// Keras's constructor arguments.
    Config: Config
    /// The shapes of the states, batch included, for a step's input of this shape (batch, ...).
    StateShapes: Shape -> Shape list
    /// The weights, for a step's input of this shape (batch, ...).
    Weights: Shape -> WeightSpecification list
    /// From what the call is given, with a node for every weight, and the shape of a step's input to the step: input and
    /// states become output and next states. What is made before the input is given is the same at all steps: dropout
    /// masks.
    Start: CallContext -> Shape -> Node -> Node list -> Node * Node list
}

[<RequireQualifiedAccess>]
module Cell =

    /// The name: the user's, or one made of the class name.
    let name (cell: Cell) : string =
        cell.Name |> Option.defaultWith (fun () -> Layer.snakeCase cell.ClassName)

    /// The shape of a step's input, (batch, ...), of a sequence (batch, time, ...). Raises ArgumentException when there
    /// are not at least these axes.
    let stepShape (minimumRank: int) (sequence: Shape) : Shape =
        Expect.minimumRank minimumRank 0 sequence
        Shape.remove [ 1 ] sequence

    /// The shape (batch, length) for a step's input.
    let vector (length: int) (step: Shape) : Shape =
        Shape.create [ Shape.dimension 0 step; Dimension.known length ]

    /// A part of a call with random numbers of its own, different from those of the call and of its other parts.
    let part (index: int) (context: CallContext) : CallContext =
        // Calls of a model have streams from 0 in steps of 16; parts begin far beyond and have 16 each.
        let firstStream = 1 <<< 20

        {
            context with
                Stream = firstStream + context.Stream * 32 + index * 16
        }

    /// A call about which only shapes matter.
    let shapesOnly (weights: Node list) : CallContext = {
        Mode = Mode.Inference
        Trainable = false
        Weights = weights
        Key = Ops.input "key" (Shape.ofInts [ 2 ]) ElementType.Int32
        Stream = 0
        Repetition = 0
        Floating = ElementType.Float32
        Arguments = []
    }

    /// The step on one more input at the same weights: what the output's shape is, and whether it is a state.
    let probe (context: CallContext) (cell: Cell) (step: Shape) : Node * Node list =
        let input name shape = Ops.input name shape context.Floating

        let states =
            cell.StateShapes step
            |> List.mapi (fun index shape -> input $"state {index}" shape)

        cell.Start context step (input "step" step) states

    /// What Keras saves of a cell: {"module", "class_name", "config", "registered_name"}.
    let toConfig (cellName: string) (cell: Cell) : ConfigValue =
        ConfigValue.Object [
            "module", ConfigValue.String "keras.layers"
            "class_name", ConfigValue.String cell.ClassName
            "config",
            ConfigValue.Object(
                [
                    "name", ConfigValue.String cellName
                    "trainable", ConfigValue.Bool true
                    "dtype", ConfigValue.String "float32"
                ]
                @ cell.Config
            )
            "registered_name", ConfigValue.Null
        ]
