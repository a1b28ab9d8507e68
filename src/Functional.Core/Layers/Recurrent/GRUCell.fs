namespace Functional.Core.Layers

open Functional.Core.Activations
open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// Gates z and r are sigmoid(x . kernel + bias + h . recurrent_kernel) in their parts, the candidate is
/// tanh(x . kernel + bias + r (h . recurrent_kernel + recurrent bias)) in its part, and h' = z h + (1 - z) candidate. With
/// reset_after false the candidate has (r h) . recurrent_kernel instead, and there is one bias. The output is the state.
/// Weights, in the order z, r, candidate: kernel (inputs, 3 units), recurrent_kernel (units, 3 units), bias (2, 3 units)
/// or (3 units,). Cho et al. 2014; keras/src/layers/rnn/gru.py
type GRUCell = {
    Units: int
    Activation: Activation
    RecurrentActivation: Activation
    /// Whether the state is reset after it met its kernel.
    ResetAfter: bool
    Settings: CellSettings
}

[<RequireQualifiedAccess>]
module GRUCell =

    /// Keras's arguments.
    let toConfig (cell: GRUCell) : Config =
        [
            "units", Arguments.ofInt cell.Units
            "activation", Activation.toConfig cell.Activation
            "recurrent_activation", Activation.toConfig cell.RecurrentActivation
            "use_bias", ConfigValue.Bool cell.Settings.UseBias
        ]
        @ CellSettings.toConfig cell.Settings
        @ [ "reset_after", ConfigValue.Bool cell.ResetAfter ]
        @ CellSettings.seedConfig cell.Settings

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : GRUCell = {
        Units = Arguments.int "units" config
        Activation = Arguments.activation "activation" "tanh" config
        RecurrentActivation = Arguments.activation "recurrent_activation" "sigmoid" config
        ResetAfter = Config.bool "reset_after" true config
        Settings = CellSettings.ofConfig config
    }

    /// Keras's defaults for a number of units.
    let defaults (units: int) : GRUCell =
        ofConfig [ "units", Arguments.ofInt units ]

    /// Columns from one gate up to another, of three equal parts of the last axis.
    let private columns (units: int) (first: int) (last: int) (node: Node) : Node =
        Ops.sliceAxis 1 (Dimension.known (first * units)) (Dimension.known (last * units)) node

    /// A row of the two biases.
    let private row (index: int) (bias: Node) : Node =
        bias
        |> Ops.sliceAxis 0 (Dimension.known index) (Dimension.known (index + 1))
        |> Ops.squeeze [ 0 ]

    /// A value times columns of a kernel, with one factor for all, or one for each of the three gates.
    let private product units factors (kernel: Node) first last (node: Node) : Node =
        match factors with
        | Some(factors: Node list) when factors.Length > 1 ->
            [
                for gate in first .. last - 1 ->
                    Ops.matMul (node * factors[gate]) (columns units gate (gate + 1) kernel)
            ]
            |> Ops.concatenate 1
        | _ ->
            let part =
                if last - first = 3 then
                    kernel
                else
                    columns units first last kernel

            Ops.matMul (CellSettings.dropped factors node) part

    let private plus (bias: Node option) (node: Node) : Node =
        match bias with
        | Some bias -> node + bias
        | None -> node

    let private start
        (settings: GRUCell)
        (context: CallContext)
        (shape: Shape)
        : Node -> Node list -> Node * Node list =
        let kernel, recurrentKernel, bias = CellSettings.parts context
        let units = settings.Units
        // With dropout of the state every gate has masks of its own, as in Keras.
        let maskCount = if settings.Settings.RecurrentDropout <> 0.0 then 3 else 1

        let inputFactors =
            CellSettings.inputFactors settings.Settings maskCount shape context

        let stateFactors =
            CellSettings.stateFactors settings.Settings maskCount (Cell.vector units shape) context

        let inputBias, recurrentBias =
            if settings.ResetAfter then
                Option.map (row 0) bias, Option.map (row 1) bias
            else
                bias, None

        let gate index = columns units index (index + 1)
        let recurrentActivation = settings.RecurrentActivation.Apply

        fun input states ->
            let state = List.exactlyOne states
            let fromInput = product units inputFactors kernel 0 3 input |> plus inputBias

            let recurrentProduct first last =
                product units stateFactors recurrentKernel first last

            let update, candidateState =
                if settings.ResetAfter then
                    let fromState = recurrentProduct 0 3 state |> plus recurrentBias
                    let reset = recurrentActivation (gate 1 fromInput + gate 1 fromState)
                    recurrentActivation (gate 0 fromInput + gate 0 fromState), reset * gate 2 fromState
                else
                    let fromState = recurrentProduct 0 2 state
                    let reset = recurrentActivation (gate 1 fromInput + gate 1 fromState)

                    recurrentActivation (gate 0 fromInput + gate 0 fromState), recurrentProduct 2 3 (reset * state)

            let candidate = settings.Activation.Apply(gate 2 fromInput + candidateState)
            let next = update * state + (1.0 - update) * candidate
            next, [ next ]

    /// The cell. Raises ArgumentException when the number of units is not positive or a dropout not from 0 to 1.
    let cell (name: string option) (settings: GRUCell) : Cell =
        Expect.positive "GRUCell" "units" settings.Units
        CellSettings.check "GRUCell" settings.Settings
        let units = settings.Units

        {
            ClassName = "GRUCell"
            Name = name
            Config = toConfig settings
            StateShapes = fun step -> [ Cell.vector units step ]
            Weights =
                fun step ->
                    CellSettings.weights
                        settings.Settings
                        [ Expect.lastLength 0 step; 3 * units ]
                        [ units; 3 * units ]
                        (if settings.ResetAfter then
                             [ 2; 3 * units ]
                         else
                             [ 3 * units ])
            Start = start settings
        }
