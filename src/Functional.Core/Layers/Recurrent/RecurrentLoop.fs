namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// How a recurrent layer goes through time and what it gives.
type RecurrentLoop = {
    /// Whether the output of every step is given, not only the last one.
    ReturnSequences: bool
    /// Whether the last states are given besides the output.
    ReturnState: bool
    /// Whether time goes backwards; the outputs are then in the order they were made.
    GoBackwards: bool
    /// Whether a batch begins with the states that the batch before ended with.
    Stateful: bool
    /// A hint, which changes nothing: how steps are carried out is the compiler's choice.
    Unroll: bool
    /// Whether the output of a masked step is 0, instead of the output before it.
    ZeroOutputForMask: bool
}

[<RequireQualifiedAccess>]
module RecurrentLoop =

    /// Keras's arguments.
    let toConfig (loop: RecurrentLoop) : Config = [
        "return_sequences", ConfigValue.Bool loop.ReturnSequences
        "return_state", ConfigValue.Bool loop.ReturnState
        "go_backwards", ConfigValue.Bool loop.GoBackwards
        "stateful", ConfigValue.Bool loop.Stateful
        "unroll", ConfigValue.Bool loop.Unroll
        "zero_output_for_mask", ConfigValue.Bool loop.ZeroOutputForMask
    ]

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : RecurrentLoop = {
        ReturnSequences = Config.bool "return_sequences" false config
        ReturnState = Config.bool "return_state" false config
        GoBackwards = Config.bool "go_backwards" false config
        Stateful = Config.bool "stateful" false config
        Unroll = Config.bool "unroll" false config
        ZeroOutputForMask = Config.bool "zero_output_for_mask" false config
    }

    /// Keras's defaults: the last output.
    let defaults: RecurrentLoop = ofConfig []

    /// The first two axes exchanged: (batch, time, ...) and (time, batch, ...).
    let exchange (node: Node) : Node =
        Ops.transpose (1 :: 0 :: [ 2 .. Shape.rank node.Shape - 1 ]) node

    /// One value where a mask (batch,) is true, another elsewhere.
    let private choose (mask: Node) (ifTrue: Node) (ifFalse: Node) : Node =
        let spread = Ops.expandDimensions [ 1 .. Shape.rank ifTrue.Shape - 1 ] mask
        Ops.select spread ifTrue ifFalse

    /// What a step does at a position: next states, output, mask.
    let private masked (loop: RecurrentLoop) (mask: Node option) states (previous: Node option) (output: Node, next) =
        match mask with
        | None -> output, next
        | Some mask ->
            let next = List.map2 (choose mask) next states

            let output =
                match previous with
                | _ when loop.ZeroOutputForMask -> choose mask output (Ops.broadcastTo output.Shape (output.Number 0.0))
                | Some previous -> choose mask output previous
                | None -> output

            output, next

    /// The output, (batch, ...) or with a time axis, and the last states, of a cell along time.
    /// A masked step keeps the states and repeats the output before it, which is 0 in the beginning.
    /// keras/src/backend/torch/rnn.py
    let run
        (loop: RecurrentLoop)
        (cell: Cell)
        (context: CallContext)
        (initial: Node list option)
        (value: Value)
        : Node * Node list =
        let shape = Cell.stepShape 3 value.Node.Shape
        let step = cell.Start context shape

        let zeros shape =
            Ops.broadcastTo shape (value.Node.Number 0.0)

        let states =
            initial
            |> Option.defaultWith (fun () -> cell.StateShapes shape |> List.map zeros)

        let output, next = Cell.probe context cell shape

        // Which state the output is, if it is one. Masked steps then need no output of the step before when both begin
        // with 0: the state is kept all the same.
        let outputState =
            next |> List.tryFindIndex (fun state -> obj.ReferenceEquals(state, output))

        let isStateAlways =
            match value.Mask with
            | None -> true
            | Some _ -> initial.IsNone && not loop.ZeroOutputForMask

        let repeats = value.Mask.IsSome && not loop.ZeroOutputForMask

        let carriesOutput =
            (outputState.IsNone || not isStateAlways)
            && (repeats || not loop.ReturnSequences)

        let sequences =
            exchange value.Node :: (Option.toList value.Mask |> List.map exchange)

        let first = if carriesOutput then [ zeros output.Shape ] else []

        let last, stacks =
            Scanning.scan loop.GoBackwards (states @ first) sequences (fun carries current ->
                let states, previous = List.splitAt states.Length carries
                let mask = List.tryItem 1 current

                let output, next =
                    step current.Head states |> masked loop mask states (List.tryHead previous)

                let output =
                    match outputState with
                    | Some state when isStateAlways -> next[state]
                    | _ -> output

                next @ (if carriesOutput then [ output ] else []), (if loop.ReturnSequences then [ output ] else []))

        let lastStates = List.take states.Length last

        let result =
            match stacks, outputState with
            | [ outputs ], _ ->
                let outputs = exchange outputs

                if loop.GoBackwards then
                    Ops.reverse [ 1 ] outputs
                else
                    outputs
            | _, Some state when not carriesOutput -> lastStates[state]
            | _ -> List.last last

        result, lastStates
