namespace Functional.Core.Layers

open Functional.Core.Activations
open Functional.Core.Configuration
open Functional.Core.Constraints
open Functional.Core.Graph
open Functional.Core.Initializers
open Functional.Core.Regularizers
open Functional.Core.Tensors

/// activation(x . kernel + bias) over the last axis: (batch, ..., inputs) becomes (batch, ..., units). Weights: kernel
/// (inputs, units), bias (units,). Passes the mask on. keras/src/layers/core/dense.py
type Dense = {
    Units: int
    Activation: Activation
    UseBias: bool
    KernelInitializer: Initializer
    BiasInitializer: Initializer
    KernelRegularizer: Regularizer option
    BiasRegularizer: Regularizer option
    ActivityRegularizer: Regularizer option
    KernelConstraint: Constraint option
    BiasConstraint: Constraint option
}

[<RequireQualifiedAccess>]
module Dense =

    /// Keras's arguments. "activity_regularizer" comes first and only when there is one.
    let toConfig (settings: Dense) : Config = [
        if settings.ActivityRegularizer.IsSome then
            "activity_regularizer", Regularizer.toConfig settings.ActivityRegularizer
        "units", Arguments.ofInt settings.Units
        "activation", Activation.toConfig settings.Activation
        "use_bias", ConfigValue.Bool settings.UseBias
        "kernel_initializer", Initializer.toConfig settings.KernelInitializer
        "bias_initializer", Initializer.toConfig settings.BiasInitializer
        "kernel_regularizer", Regularizer.toConfig settings.KernelRegularizer
        "bias_regularizer", Regularizer.toConfig settings.BiasRegularizer
        "kernel_constraint", Constraint.toConfig settings.KernelConstraint
        "bias_constraint", Constraint.toConfig settings.BiasConstraint
    ]

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : Dense = {
        Units = Arguments.int "units" config
        Activation = Arguments.activation "activation" "linear" config
        UseBias = Config.bool "use_bias" true config
        KernelInitializer = Arguments.initializer "kernel_initializer" (Initializer.ofName "glorot_uniform") config
        BiasInitializer = Arguments.initializer "bias_initializer" Initializer.zeros config
        KernelRegularizer = Arguments.regularizer "kernel_regularizer" config
        BiasRegularizer = Arguments.regularizer "bias_regularizer" config
        ActivityRegularizer = Arguments.regularizer "activity_regularizer" config
        KernelConstraint = Arguments.``constraint`` "kernel_constraint" config
        BiasConstraint = Arguments.``constraint`` "bias_constraint" config
    }

    /// Keras's defaults for a number of units.
    let defaults (units: int) : Dense =
        ofConfig [ "units", Arguments.ofInt units ]

    let private build (settings: Dense) (inputs: InputSpecification list) : WeightSpecification list =
        let shape = Expect.singleSpecification inputs
        Expect.minimumRank 2 0 shape

        [
            LayerWeight.trained
                "kernel"
                [ Expect.lastLength 0 shape; settings.Units ]
                settings.KernelInitializer
                settings.KernelRegularizer
                settings.KernelConstraint
            if settings.UseBias then
                LayerWeight.trained
                    "bias"
                    [ settings.Units ]
                    settings.BiasInitializer
                    settings.BiasRegularizer
                    settings.BiasConstraint
        ]

    let private call (settings: Dense) (context: CallContext) (inputs: Value list) : CallResult =
        let value = Expect.single inputs

        let multiply (kernel: Node) =
            if Shape.last value.Node.Shape <> Shape.dimension 0 kernel.Shape then
                invalidArg
                    (nameof inputs)
                    $"expects a last axis of {Shape.dimension 0 kernel.Shape}, but input 0 has shape {value.Node.Shape}"

            Ops.dense kernel (Ops.cast kernel.ElementType value.Node)

        let result =
            match context.Weights with
            | [ kernel; bias ] -> multiply kernel + bias
            | weights -> multiply (List.head weights)

        Layer.output (Activated.value settings.Activation value.Mask result)

    /// The layer. Raises ArgumentException when the number of units is not positive.
    let layer (name: string option) (settings: Dense) : Layer =
        Expect.positive "Dense" "units" settings.Units

        Layer.create "Dense" name (toConfig settings) (build settings) (call settings)
        |> LayerWeight.withActivityPenalty settings.ActivityRegularizer
