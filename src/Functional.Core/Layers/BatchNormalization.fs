namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Constraints
open Functional.Core.Graph
open Functional.Core.Initializers
open Functional.Core.Regularizers
open Functional.Core.Tensors

/// gamma * (x - mean) / sqrt(variance + epsilon) + beta for every place along one axis. In training, mean and variance
/// are those of the batch (of its unmasked steps), and moving averages of them are kept; in inference, and when the layer
/// is not trained, they are the moving averages. Weights: gamma, beta, moving_mean, moving_variance, each (length of the
/// axis,). Passes the mask on. Ioffe and Szegedy 2015; keras/src/layers/normalization/batch_normalization.py
type BatchNormalization = {
    Axis: int
    /// How much of a moving average stays at each step.
    Momentum: float
    Epsilon: float
    /// Whether there is a beta.
    Center: bool
    /// Whether there is a gamma.
    Scale: bool
    BetaInitializer: Initializer
    GammaInitializer: Initializer
    MovingMeanInitializer: Initializer
    MovingVarianceInitializer: Initializer
    BetaRegularizer: Regularizer option
    GammaRegularizer: Regularizer option
    BetaConstraint: Constraint option
    GammaConstraint: Constraint option
}

[<RequireQualifiedAccess>]
module BatchNormalization =

    // Keras's backend.epsilon().
    let private backendEpsilon = 1e-7

    /// Keras's arguments.
    let toConfig (settings: BatchNormalization) : Config = [
        "axis", Arguments.ofInt settings.Axis
        "momentum", ConfigValue.Float settings.Momentum
        "epsilon", ConfigValue.Float settings.Epsilon
        "center", ConfigValue.Bool settings.Center
        "scale", ConfigValue.Bool settings.Scale
        "beta_initializer", Initializer.toConfig settings.BetaInitializer
        "gamma_initializer", Initializer.toConfig settings.GammaInitializer
        "moving_mean_initializer", Initializer.toConfig settings.MovingMeanInitializer
        "moving_variance_initializer", Initializer.toConfig settings.MovingVarianceInitializer
        "beta_regularizer", Regularizer.toConfig settings.BetaRegularizer
        "gamma_regularizer", Regularizer.toConfig settings.GammaRegularizer
        "beta_constraint", Constraint.toConfig settings.BetaConstraint
        "gamma_constraint", Constraint.toConfig settings.GammaConstraint
        // One process has the whole batch.
        "synchronized", ConfigValue.Bool false
    ]

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : BatchNormalization = {
        Axis =
            match Config.tryInts "axis" config with
            | Some [ axis ] -> axis
            | Some axes -> invalidArg "axis" $"BatchNormalization: axis must be one axis, but is %A{axes}."
            | None -> -1
        Momentum = Config.float "momentum" 0.99 config
        Epsilon = Config.float "epsilon" 1e-3 config
        Center = Config.bool "center" true config
        Scale = Config.bool "scale" true config
        BetaInitializer = Arguments.initializer "beta_initializer" Initializer.zeros config
        GammaInitializer = Arguments.initializer "gamma_initializer" Initializer.ones config
        MovingMeanInitializer = Arguments.initializer "moving_mean_initializer" Initializer.zeros config
        MovingVarianceInitializer = Arguments.initializer "moving_variance_initializer" Initializer.ones config
        BetaRegularizer = Arguments.regularizer "beta_regularizer" config
        GammaRegularizer = Arguments.regularizer "gamma_regularizer" config
        BetaConstraint = Arguments.``constraint`` "beta_constraint" config
        GammaConstraint = Arguments.``constraint`` "gamma_constraint" config
    }

    /// Keras's defaults.
    let defaults: BatchNormalization = ofConfig []

    let private build (settings: BatchNormalization) (inputs: InputSpecification list) : WeightSpecification list =
        let shape = Expect.singleSpecification inputs
        Expect.minimumRank 2 0 shape
        let size = [ Expect.length (Expect.axis settings.Axis 0 shape) 0 shape ]

        [
            if settings.Scale then
                LayerWeight.trained
                    "gamma"
                    size
                    settings.GammaInitializer
                    settings.GammaRegularizer
                    settings.GammaConstraint
            if settings.Center then
                LayerWeight.trained
                    "beta"
                    size
                    settings.BetaInitializer
                    settings.BetaRegularizer
                    settings.BetaConstraint
            LayerWeight.statistic "moving_mean" size settings.MovingMeanInitializer
            LayerWeight.statistic "moving_variance" size settings.MovingVarianceInitializer
        ]

    /// Mean and variance over axes, as vectors.
    let private moments (axes: int list) (value: Value) : Node * Node =
        match value.Mask with
        | None -> Ops.mean axes false value.Node, Ops.variance axes false value.Node
        | Some mask ->
            let weights = Masks.weights value.Node mask
            let total = Ops.sum axes true weights + backendEpsilon
            let weighted = value.Node * weights
            let mean = Ops.sum axes true weighted / total
            let squares = weights * Ops.square (weighted - mean)
            Ops.squeeze axes mean, Ops.squeeze axes (Ops.sum axes true squares / total)

    let private call (settings: BatchNormalization) (context: CallContext) (inputs: Value list) : CallResult =
        let value = Expect.single inputs
        let rank = Shape.rank value.Node.Shape
        let axis = Expect.axis settings.Axis 0 value.Node.Shape
        let others = [ 0 .. rank - 1 ] |> List.except [ axis ]
        let statistics = context.Weights.Length - 2
        let movingMean = context.Weights[statistics]
        let movingVariance = context.Weights[statistics + 1]

        let mean, variance, updates =
            match context.Mode with
            | Mode.Training when context.Trainable ->
                let mean, variance = moments others value

                let next (moving: Node) (current: Node) =
                    moving * settings.Momentum + current * (1.0 - settings.Momentum)

                mean,
                variance,
                [
                    statistics, Ops.stopGradient (next movingMean mean)
                    statistics + 1, Ops.stopGradient (next movingVariance variance)
                ]
            | _ -> movingMean, movingVariance, []

        let spread (vector: Node) = Ops.expandDimensions others vector
        let scale = Ops.rsqrt (variance + settings.Epsilon)

        let scale =
            if settings.Scale then
                context.Weights.Head * scale
            else
                scale

        let centred = (value.Node - spread mean) * spread scale

        let result =
            if settings.Center then
                centred + spread context.Weights[statistics - 1]
            else
                centred

        {
            Layer.output (Value.withNode result value) with
                Updates = updates
        }

    /// The layer. Raises ArgumentException when momentum is not from 0 to 1 or epsilon not positive.
    let layer (name: string option) (settings: BatchNormalization) : Layer =
        Expect.fraction "BatchNormalization" "momentum" settings.Momentum
        Expect.argument "BatchNormalization" "epsilon" settings.Epsilon "more than 0" (settings.Epsilon > 0.0)
        Layer.create "BatchNormalization" name (toConfig settings) (build settings) (call settings)
