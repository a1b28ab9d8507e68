namespace Functional.Core.Layers

open Functional.Core.Activations
open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// An LSTM over images, volumes or series whose products are convolutions. Inputs of a step: (batch, space.., channels), or
/// as data_format says; states and output: what the convolution of the inputs gives, with as many channels as filters.
/// The state meets its kernel with padding "same" and strides 1. Weights, in the order i, f, c, o: kernel (size..,
/// channels, 4 filters), recurrent_kernel (size.., filters, 4 filters), bias (4 filters,). Shi et al. 2015;
/// keras/src/layers/rnn/conv_lstm.py
type ConvLSTM = {
    /// The number of channels of output and states.
    Filters: int
    Window: SpatialWindow
    Activation: Activation
    RecurrentActivation: Activation
    /// Whether the biases of the forget gate begin at 1.
    UnitForgetBias: bool
    Settings: CellSettings
}

[<RequireQualifiedAccess>]
module ConvLSTM =

    /// Keras's arguments of the cell.
    let toConfig (cell: ConvLSTM) : Config = [
        "filters", Arguments.ofInt cell.Filters
        yield! SpatialWindow.toConfig cell.Window
        "activation", Activation.toConfig cell.Activation
        "recurrent_activation", Activation.toConfig cell.RecurrentActivation
        "use_bias", ConfigValue.Bool cell.Settings.UseBias
        "unit_forget_bias", ConfigValue.Bool cell.UnitForgetBias
        yield! CellSettings.toConfig cell.Settings
        yield! CellSettings.seedConfig cell.Settings
    ]

    /// Settings from Keras's arguments.
    let ofConfig (spatialRank: int) (config: Config) : ConvLSTM = {
        Filters = Arguments.int "filters" config
        Window = SpatialWindow.ofConfig spatialRank [ WindowPadding.Valid; WindowPadding.Same ] config
        Activation = Arguments.activation "activation" "tanh" config
        RecurrentActivation = Arguments.activation "recurrent_activation" "sigmoid" config
        UnitForgetBias = Config.bool "unit_forget_bias" true config
        Settings = CellSettings.ofConfig config
    }

    /// Keras's defaults for a number of filters and a kernel size.
    let defaults (filters: int) (kernelSize: int list) : ConvLSTM =
        ofConfig kernelSize.Length [
            "filters", Arguments.ofInt filters
            "kernel_size", Arguments.ofInts kernelSize
        ]

    /// One of four equal parts of the last axis.
    let private gate (filters: int) (index: int) (node: Node) : Node =
        Ops.sliceAxis -1 (Dimension.known (index * filters)) (Dimension.known ((index + 1) * filters)) node

    /// How the state's kernel slides: every position stays where it is.
    let private recurrentWindow (window: SpatialWindow) : SpatialWindow =
        let ones = List.replicate window.Size.Length 1

        {
            window with
                Strides = ones
                DilationRate = ones
                Padding = WindowPadding.Same
        }

    /// The convolutions of the four gates, channels last: one convolution, or one for each gate with a factor of its own.
    let private gates (filters: int) (window: SpatialWindow) (factors: Node list option) (kernel: Node) (node: Node) =
        match factors with
        | None -> SpatialConvolution.convolve window 1 kernel node
        | Some factors ->
            factors
            |> List.mapi (fun index factor ->
                SpatialConvolution.convolve window 1 (gate filters index kernel) (node * factor))
            |> fun parts -> Ops.concatenate (Shape.rank node.Shape - 1) parts

    let private kernelLengths (settings: ConvLSTM) (step: Shape) : int list =
        settings.Window.Size
        @ [ SpatialWindow.channels settings.Window step; 4 * settings.Filters ]

    /// The shape of states and output.
    let private stateShape (settings: ConvLSTM) (step: Shape) : Shape =
        let lengths = kernelLengths settings step
        let kernel = Ops.parameter "kernel" (Shape.ofInts lengths) ElementType.Float32
        let input = Ops.input "step" step ElementType.Float32

        let shape =
            (SpatialConvolution.convolve settings.Window 1 (gate settings.Filters 0 kernel) input
             |> DataFormat.ofChannelsLast settings.Window.DataFormat)
                .Shape

        for axis in DataFormat.spatialAxes (Shape.rank step) settings.Window.DataFormat do
            Expect.length axis 0 step |> ignore

        shape

    let private start
        (settings: ConvLSTM)
        (context: CallContext)
        (shape: Shape)
        : Node -> Node list -> Node * Node list =
        let kernel, recurrentKernel, bias = CellSettings.parts context
        let format = settings.Window.DataFormat
        let inputFactors = CellSettings.inputFactors settings.Settings 4 shape context

        let stateFactors =
            CellSettings.stateFactors settings.Settings 4 (stateShape settings shape) context

        let gate index node =
            gate settings.Filters index node |> DataFormat.ofChannelsLast format

        let activation = settings.Activation.Apply
        let recurrentActivation = settings.RecurrentActivation.Apply

        fun input states ->
            let fromInput = gates settings.Filters settings.Window inputFactors kernel input

            let fromInput =
                match bias with
                | Some bias -> fromInput + bias
                | None -> fromInput

            let state, carry = states[0], states[1]

            let all =
                fromInput
                + gates settings.Filters (recurrentWindow settings.Window) stateFactors recurrentKernel state

            let nextCarry =
                recurrentActivation (gate 1 all) * carry
                + recurrentActivation (gate 0 all) * activation (gate 2 all)

            let next = recurrentActivation (gate 3 all) * activation nextCarry
            next, [ next; nextCarry ]

    /// The cell. Raises ArgumentException when a size is not positive, a dropout not from 0 to 1, or there are both
    /// strides and dilation.
    let cell (settings: ConvLSTM) : Cell =
        let className = $"ConvLSTM{settings.Window.Size.Length}D"
        Expect.positive className "filters" settings.Filters
        SpatialWindow.check className "kernel_size" settings.Window
        CellSettings.check className settings.Settings

        let weightSettings =
            if settings.UnitForgetBias then
                {
                    settings.Settings with
                        BiasInitializer = CellSettings.withForgetBias settings.Settings.BiasInitializer
                }
            else
                settings.Settings

        {
            ClassName = "ConvLSTMCell"
            Name = None
            Config = toConfig settings
            StateShapes = fun step -> List.replicate 2 (stateShape settings step)
            Weights =
                fun step ->
                    CellSettings.weights
                        weightSettings
                        (kernelLengths settings step)
                        (settings.Window.Size @ [ settings.Filters; 4 * settings.Filters ])
                        [ 4 * settings.Filters ]
            Start = start settings
        }

    /// The layer ConvLSTM1D, 2D or 3D from Keras's arguments. Raises ArgumentException when an argument is not allowed.
    let layer (spatialRank: int) (name: string option) (config: Config) : Layer =
        cell (ofConfig spatialRank config)
        |> RNN.ofCell
            $"ConvLSTM{spatialRank}D"
            name
            (RecurrentLoop.ofConfig config)
            (Arguments.regularizer "activity_regularizer" config)
