namespace Functional.Core.Layers

open Functional.Core.Activations
open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// h' = activation(x . kernel + bias + h . recurrent_kernel); the output is the state. Weights: kernel (inputs, units),
/// recurrent_kernel (units, units), bias (units,). Elman 1990; keras/src/layers/rnn/simple_rnn.py
type SimpleRNNCell = {
    Units: int
    Activation: Activation
    Settings: CellSettings
}

[<RequireQualifiedAccess>]
module SimpleRNNCell =

    /// Keras's arguments.
    let toConfig (cell: SimpleRNNCell) : Config =
        [
            "units", Arguments.ofInt cell.Units
            "activation", Activation.toConfig cell.Activation
            "use_bias", ConfigValue.Bool cell.Settings.UseBias
        ]
        @ CellSettings.toConfig cell.Settings
        @ CellSettings.seedConfig cell.Settings

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : SimpleRNNCell = {
        Units = Arguments.int "units" config
        Activation = Arguments.activation "activation" "tanh" config
        Settings = CellSettings.ofConfig config
    }

    /// Keras's defaults for a number of units.
    let defaults (units: int) : SimpleRNNCell =
        ofConfig [ "units", Arguments.ofInt units ]

    let private start
        (settings: SimpleRNNCell)
        (context: CallContext)
        (shape: Shape)
        : Node -> Node list -> Node * Node list =
        let kernel, recurrentKernel, bias = CellSettings.parts context
        let inputFactors = CellSettings.inputFactors settings.Settings 1 shape context

        let stateFactors =
            CellSettings.stateFactors settings.Settings 1 (Cell.vector settings.Units shape) context

        fun input states ->
            let fromInput = Ops.matMul (CellSettings.dropped inputFactors input) kernel

            let fromInput =
                match bias with
                | Some bias -> fromInput + bias
                | None -> fromInput

            let state = CellSettings.dropped stateFactors (List.exactlyOne states)

            let next = settings.Activation.Apply(fromInput + Ops.matMul state recurrentKernel)

            next, [ next ]

    /// The cell. Raises ArgumentException when the number of units is not positive or a dropout not from 0 to 1.
    let cell (name: string option) (settings: SimpleRNNCell) : Cell =
        Expect.positive "SimpleRNNCell" "units" settings.Units
        CellSettings.check "SimpleRNNCell" settings.Settings
        let units = settings.Units

        {
            ClassName = "SimpleRNNCell"
            Name = name
            Config = toConfig settings
            StateShapes = fun step -> [ Cell.vector units step ]
            Weights =
                fun step ->
                    CellSettings.weights settings.Settings [ Expect.lastLength 0 step; units ] [ units; units ] [
                        units
                    ]
            Start = start settings
        }
