namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Constraints
open Functional.Core.Graph
open Functional.Core.Initializers
open Functional.Core.Regularizers
open Functional.Core.Tensors

/// What cells with a kernel for inputs, a kernel for the state and a bias have in common.
type CellSettings = {
    UseBias: bool
    KernelInitializer: Initializer
    RecurrentInitializer: Initializer
    BiasInitializer: Initializer
    KernelRegularizer: Regularizer option
    RecurrentRegularizer: Regularizer option
    BiasRegularizer: Regularizer option
    KernelConstraint: Constraint option
    RecurrentConstraint: Constraint option
    BiasConstraint: Constraint option
    /// The part of the inputs that is set to 0 in training, the same at all steps.
    Dropout: float
    /// The part of the state that is set to 0 in training where it meets its kernel, the same at all steps.
    RecurrentDropout: float
    /// A seed of this cell's own; without one, the run's.
    Seed: int option
}

[<RequireQualifiedAccess>]
module CellSettings =

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : CellSettings = {
        UseBias = Config.bool "use_bias" true config
        KernelInitializer = Arguments.initializer "kernel_initializer" (Initializer.ofName "glorot_uniform") config
        RecurrentInitializer = Arguments.initializer "recurrent_initializer" (Initializer.ofName "orthogonal") config
        BiasInitializer = Arguments.initializer "bias_initializer" Initializer.zeros config
        KernelRegularizer = Arguments.regularizer "kernel_regularizer" config
        RecurrentRegularizer = Arguments.regularizer "recurrent_regularizer" config
        BiasRegularizer = Arguments.regularizer "bias_regularizer" config
        KernelConstraint = Arguments.``constraint`` "kernel_constraint" config
        RecurrentConstraint = Arguments.``constraint`` "recurrent_constraint" config
        BiasConstraint = Arguments.``constraint`` "bias_constraint" config
        Dropout = Config.float "dropout" 0.0 config
        RecurrentDropout = Config.float "recurrent_dropout" 0.0 config
        Seed = Config.tryInt "seed" config
    }

    /// Keras's arguments from the initializers to the dropouts; the seed comes after what a cell adds.
    let toConfig (settings: CellSettings) : Config = [
        "kernel_initializer", Initializer.toConfig settings.KernelInitializer
        "recurrent_initializer", Initializer.toConfig settings.RecurrentInitializer
        "bias_initializer", Initializer.toConfig settings.BiasInitializer
        "kernel_regularizer", Regularizer.toConfig settings.KernelRegularizer
        "recurrent_regularizer", Regularizer.toConfig settings.RecurrentRegularizer
        "bias_regularizer", Regularizer.toConfig settings.BiasRegularizer
        "kernel_constraint", Constraint.toConfig settings.KernelConstraint
        "recurrent_constraint", Constraint.toConfig settings.RecurrentConstraint
        "bias_constraint", Constraint.toConfig settings.BiasConstraint
        "dropout", ConfigValue.Float settings.Dropout
        "recurrent_dropout", ConfigValue.Float settings.RecurrentDropout
    ]

    /// The seed among Keras's arguments.
    let seedConfig (settings: CellSettings) : Config = [ "seed", Arguments.ofOption Arguments.ofInt settings.Seed ]

    /// Raises ArgumentException when a dropout is not from 0 to 1.
    let check (className: string) (settings: CellSettings) : unit =
        Expect.fraction className "dropout" settings.Dropout
        Expect.fraction className "recurrent_dropout" settings.RecurrentDropout

    /// The weights: a kernel and a recurrent kernel of these dimensions, and a bias if there is one.
    let weights
        (settings: CellSettings)
        (kernel: int list)
        (recurrentKernel: int list)
        (bias: int list)
        : WeightSpecification list = [
        LayerWeight.trained
            "kernel"
            kernel
            settings.KernelInitializer
            settings.KernelRegularizer
            settings.KernelConstraint
        LayerWeight.trained
            "recurrent_kernel"
            recurrentKernel
            settings.RecurrentInitializer
            settings.RecurrentRegularizer
            settings.RecurrentConstraint
        if settings.UseBias then
            LayerWeight.trained "bias" bias settings.BiasInitializer settings.BiasRegularizer settings.BiasConstraint
    ]

    /// The nodes of kernel, recurrent kernel, and bias if there is one.
    let parts (context: CallContext) : Node * Node * Node option =
        match context.Weights with
        | [ kernel; recurrentKernel ] -> kernel, recurrentKernel, None
        | [ kernel; recurrentKernel; bias ] -> kernel, recurrentKernel, Some bias
        | weights -> invalidArg (nameof context) $"A cell has two or three weights, but {weights.Length} were given."

    /// Biases that begin as the initializer says, but those of the forget gate at 1 (Jozefowicz et al. 2015): the second
    /// of four parts.
    let withForgetBias (initializer: Initializer) : Initializer = {
        initializer with
            Writer =
                fun seed shape ->
                    let units = List.exactlyOne shape / 4

                    Array.concat [
                        initializer.Values seed [ units ]
                        Array.create units 1.0
                        initializer.Values (seed + 1) [ 2 * units ]
                    ]
                    |> ValueWriter.ofArray
    }

    /// The factors of one dropout, `count` of them in training, each the same at all steps: 0 where an element is
    /// dropped, else 1 / (1 - rate). None when nothing is dropped, as in Keras also at a rate of 1.
    /// keras/src/layers/rnn/dropout_rnn_cell.py
    let private factors (rate: float) (firstDraw: int) (count: int) seed (shape: Shape) (context: CallContext) =
        match context.Mode with
        | Mode.Training when rate > 0.0 && rate < 1.0 ->
            [
                for draw in firstDraw .. firstDraw + count - 1 ->
                    let uniform =
                        Layer.random Distribution.Uniform draw shape context.Floating (Noise.seeded seed context)

                    Ops.cast context.Floating (Ops.greaterOrEqual uniform (uniform.Number rate))
                    * (1.0 / (1.0 - rate))
            ]
            |> Some
        | _ -> None

    /// The factors for a step's input.
    let inputFactors (settings: CellSettings) (count: int) (shape: Shape) (context: CallContext) : Node list option =
        factors settings.Dropout 0 count settings.Seed shape context

    /// The factors for a state.
    let stateFactors (settings: CellSettings) (count: int) (shape: Shape) (context: CallContext) : Node list option =
        factors settings.RecurrentDropout 8 count settings.Seed shape context

    /// A value times its one factor, if there is one.
    let dropped (factors: Node list option) (node: Node) : Node =
        match factors with
        | Some factors -> node * List.exactlyOne factors
        | None -> node
