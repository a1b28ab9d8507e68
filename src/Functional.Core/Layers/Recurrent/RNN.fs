namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Initializers
open Functional.Core.Regularizers
open Functional.Core.Tensors

/// Layers that take a cell along time. Inputs: a sequence (batch, time, ...), and if wanted its first states. Outputs: the
/// last output of the cell, or with return_sequences all of them, (batch, time, ...); with return_state the last states
/// too. Masked steps change nothing; the mask is passed on with sequences. Weights: the cell's, under its name.
/// keras/src/layers/rnn/rnn.py
[<RequireQualifiedAccess>]
module RNN =

    /// The name of a state that a layer keeps between batches.
    let private stateName (index: int) : string = $"rnn_state_{index}"

    /// Whether a weight of this name, with those of layers around it, is a state that a layer keeps between batches.
    let isState (name: string) : bool =
        (Array.last (name.Split '/')).StartsWith("rnn_state_", System.StringComparison.Ordinal)

    let private build (loop: RecurrentLoop) (cellName: string) (cell: Cell) (inputs: InputSpecification list) =
        match inputs with
        | [] -> invalidArg (nameof inputs) "expects a sequence, but got no input"
        | sequence :: _ ->
            let step = Cell.stepShape 3 sequence.Shape

            let states =
                if loop.Stateful then
                    cell.StateShapes step
                    |> List.mapi (fun index shape ->
                        if (Dimension.tryKnown (Shape.dimension 0 shape)).IsNone then
                            invalidArg
                                (nameof inputs)
                                $"keeps its states between batches (stateful), so that it needs to know the number of samples: give the model's input a batch size. Input 0 has shape {sequence.Shape}"

                        LayerWeight.statistic (stateName index) (Shape.known shape) Initializer.zeros)
                else
                    []

            (cell.Weights step
             |> List.map (fun weight -> {
                 weight with
                     Name = $"{cellName}/{weight.Name}"
             }))
            @ states

    let private call (loop: RecurrentLoop) (cell: Cell) (context: CallContext) (inputs: Value list) : CallResult =
        let sequence = List.head inputs
        let step = Cell.stepShape 3 sequence.Node.Shape
        let stateShapes = cell.StateShapes step
        let count = (cell.Weights step).Length
        let weights, kept = List.splitAt count context.Weights
        let given = inputs.Tail |> List.map _.Node

        if not given.IsEmpty && given.Length <> stateShapes.Length then
            invalidArg
                (nameof inputs)
                $"has {stateShapes.Length} states, but {given.Length} initial states were given besides the sequence"

        for index, (state, shape) in List.zip given (List.truncate given.Length stateShapes) |> List.indexed do
            if
                Shape.rank state.Shape <> Shape.rank shape
                || Shape.last state.Shape <> Shape.last shape
            then
                invalidArg
                    (nameof inputs)
                    $"expects its initial state {index} to have shape {shape}, but input {index + 1} has shape {state.Shape}"

        let initial =
            match given, kept with
            | [], [] -> None
            | [], kept -> Some kept
            | given, _ -> Some given

        let output, states =
            RecurrentLoop.run loop cell { context with Weights = weights } initial sequence

        {
            Outputs =
                {
                    Node = output
                    Mask = if loop.ReturnSequences then sequence.Mask else None
                    Logits = None
                }
                :: (if loop.ReturnState then
                        List.map Value.ofNode states
                    else
                        [])
            Updates = kept |> List.mapi (fun index _ -> count + index, Ops.stopGradient states[index])
            Losses = []
        }

    /// The recurrent layer of a class with Keras's arguments, and a cell under a name.
    let internal create
        (className: string)
        (name: string option)
        (config: Config)
        (loop: RecurrentLoop)
        (cellName: string)
        (cell: Cell)
        : Layer =
        Layer.create className name config (build loop cellName cell) (call loop cell)
        |> LayerWeight.withActivityPenalty (Arguments.regularizer "activity_regularizer" config)

    /// The layer RNN around any cell.
    let layer (name: string option) (loop: RecurrentLoop) (cell: Cell) : Layer =
        let cellName = Cell.name cell
        let config = RecurrentLoop.toConfig loop @ [ "cell", Cell.toConfig cellName cell ]
        create "RNN" name config loop cellName cell

    /// The arguments of a layer that makes its cell itself: those of the loop and of the cell, with the layer's activity
    /// regularizer among the regularizers, in Keras's order.
    let internal configOf (loop: RecurrentLoop) (activity: Regularizer option) (cell: Config) : Config =
        let forgetBias, others =
            cell |> List.partition (fun (key, _) -> key = "unit_forget_bias")

        RecurrentLoop.toConfig loop
        @ (others
           |> List.collect (fun entry ->
               match fst entry with
               | "bias_initializer" -> entry :: forgetBias
               | "bias_regularizer" -> [ entry; "activity_regularizer", Regularizer.toConfig activity ]
               | _ -> [ entry ]))

    /// A layer that makes its cell itself.
    let internal ofCell className name (loop: RecurrentLoop) (activity: Regularizer option) (cell: Cell) : Layer =
        create className name (configOf loop activity cell.Config) loop (Layer.snakeCase cell.ClassName) cell

    let private activityRegularizer = Arguments.regularizer "activity_regularizer"

    /// The layer SimpleRNN from Keras's arguments. Raises ArgumentException when an argument is not allowed.
    let simple (name: string option) (config: Config) : Layer =
        let cell = SimpleRNNCell.cell None (SimpleRNNCell.ofConfig config)
        let loop = RecurrentLoop.ofConfig config
        let layer = ofCell "SimpleRNN" name loop (activityRegularizer config) cell

        // Keras 3.3.3 does not save the seed of this layer when it has none.
        {
            layer with
                Config = layer.Config |> List.filter (fun entry -> entry <> ("seed", ConfigValue.Null))
        }

    /// The layer LSTM from Keras's arguments. Raises ArgumentException when an argument is not allowed.
    let lstm (name: string option) (config: Config) : Layer =
        LSTMCell.cell None (LSTMCell.ofConfig config)
        |> ofCell "LSTM" name (RecurrentLoop.ofConfig config) (activityRegularizer config)

    /// The layer GRU from Keras's arguments. Raises ArgumentException when an argument is not allowed.
    let gru (name: string option) (config: Config) : Layer =
        GRUCell.cell None (GRUCell.ofConfig config)
        |> ofCell "GRU" name (RecurrentLoop.ofConfig config) (activityRegularizer config)
