namespace Functional.Core.Layers

open Functional.Core.Activations
open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// Gates i, f, c, o are the four parts of x . kernel + bias + h . recurrent_kernel;
/// carry' = sigmoid(f) carry + sigmoid(i) tanh(c) and h' = sigmoid(o) tanh(carry') with the activations chosen. States: h
/// and carry, each (batch, units); the output is h. Weights: kernel (inputs, 4 units), recurrent_kernel (units, 4 units),
/// bias (4 units,). Hochreiter and Schmidhuber 1997; keras/src/layers/rnn/lstm.py
type LSTMCell = {
    Units: int
    Activation: Activation
    RecurrentActivation: Activation
    /// Whether the biases of the forget gate begin at 1.
    UnitForgetBias: bool
    Settings: CellSettings
}

[<RequireQualifiedAccess>]
module LSTMCell =

    /// Keras's arguments.
    let toConfig (cell: LSTMCell) : Config =
        [
            "units", Arguments.ofInt cell.Units
            "activation", Activation.toConfig cell.Activation
            "recurrent_activation", Activation.toConfig cell.RecurrentActivation
            "use_bias", ConfigValue.Bool cell.Settings.UseBias
            "unit_forget_bias", ConfigValue.Bool cell.UnitForgetBias
        ]
        @ CellSettings.toConfig cell.Settings
        @ CellSettings.seedConfig cell.Settings

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : LSTMCell = {
        Units = Arguments.int "units" config
        Activation = Arguments.activation "activation" "tanh" config
        RecurrentActivation = Arguments.activation "recurrent_activation" "sigmoid" config
        UnitForgetBias = Config.bool "unit_forget_bias" true config
        Settings = CellSettings.ofConfig config
    }

    /// Keras's defaults for a number of units.
    let defaults (units: int) : LSTMCell =
        ofConfig [ "units", Arguments.ofInt units ]

    /// One of four equal parts of the last axis.
    let private gate (units: int) (index: int) (node: Node) : Node =
        Ops.sliceAxis 1 (Dimension.known (index * units)) (Dimension.known ((index + 1) * units)) node

    let private start
        (settings: LSTMCell)
        (context: CallContext)
        (shape: Shape)
        : Node -> Node list -> Node * Node list =
        let kernel, recurrentKernel, bias = CellSettings.parts context
        let inputFactors = CellSettings.inputFactors settings.Settings 1 shape context

        let stateFactors =
            CellSettings.stateFactors settings.Settings 1 (Cell.vector settings.Units shape) context

        let gate = gate settings.Units
        let activation = settings.Activation.Apply
        let recurrentActivation = settings.RecurrentActivation.Apply

        fun input states ->
            let fromInput = Ops.matMul (CellSettings.dropped inputFactors input) kernel

            let fromInput =
                match bias with
                | Some bias -> fromInput + bias
                | None -> fromInput

            let state, carry = states[0], states[1]

            let gates =
                fromInput + Ops.matMul (CellSettings.dropped stateFactors state) recurrentKernel

            let nextCarry =
                recurrentActivation (gate 1 gates) * carry
                + recurrentActivation (gate 0 gates) * activation (gate 2 gates)

            let next = recurrentActivation (gate 3 gates) * activation nextCarry
            next, [ next; nextCarry ]

    /// The cell. Raises ArgumentException when the number of units is not positive or a dropout not from 0 to 1.
    let cell (name: string option) (settings: LSTMCell) : Cell =
        Expect.positive "LSTMCell" "units" settings.Units
        CellSettings.check "LSTMCell" settings.Settings
        let units = settings.Units

        let withForgetBias =
            if settings.UnitForgetBias then
                {
                    settings.Settings with
                        BiasInitializer = CellSettings.withForgetBias settings.Settings.BiasInitializer
                }
            else
                settings.Settings

        {
            ClassName = "LSTMCell"
            Name = name
            Config = toConfig settings
            StateShapes = fun step -> [ Cell.vector units step; Cell.vector units step ]
            Weights =
                fun step ->
                    CellSettings.weights withForgetBias [ Expect.lastLength 0 step; 4 * units ] [ units; 4 * units ] [
                        4 * units
                    ]
            Start = start settings
        }
