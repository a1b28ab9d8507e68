namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Constraints
open Functional.Core.Graph
open Functional.Core.Initializers
open Functional.Core.Regularizers
open Functional.Core.Tensors

/// The linear maps around attention with several heads: their arguments, weights and meaning.
type Projection = {
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
module Projection =

    /// Keras's arguments after "use_bias".
    let toConfig (settings: Projection) : Config = [
        "kernel_initializer", Initializer.toConfig settings.KernelInitializer
        "bias_initializer", Initializer.toConfig settings.BiasInitializer
        "kernel_regularizer", Regularizer.toConfig settings.KernelRegularizer
        "bias_regularizer", Regularizer.toConfig settings.BiasRegularizer
        "activity_regularizer", Regularizer.toConfig settings.ActivityRegularizer
        "kernel_constraint", Constraint.toConfig settings.KernelConstraint
        "bias_constraint", Constraint.toConfig settings.BiasConstraint
    ]

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : Projection = {
        UseBias = Config.bool "use_bias" true config
        KernelInitializer = Arguments.initializer "kernel_initializer" (Initializer.ofName "glorot_uniform") config
        BiasInitializer = Arguments.initializer "bias_initializer" Initializer.zeros config
        KernelRegularizer = Arguments.regularizer "kernel_regularizer" config
        BiasRegularizer = Arguments.regularizer "bias_regularizer" config
        ActivityRegularizer = Arguments.regularizer "activity_regularizer" config
        KernelConstraint = Arguments.``constraint`` "kernel_constraint" config
        BiasConstraint = Arguments.``constraint`` "bias_constraint" config
    }

    /// The weights of one map: kernel (...inputs, ...outputs), bias (...outputs).
    let weights (name: string) inputs outputs (settings: Projection) : WeightSpecification list = [
        LayerWeight.trained
            $"{name}/kernel"
            (inputs @ outputs)
            settings.KernelInitializer
            settings.KernelRegularizer
            settings.KernelConstraint
        if settings.UseBias then
            LayerWeight.trained
                $"{name}/bias"
                outputs
                settings.BiasInitializer
                settings.BiasRegularizer
                settings.BiasConstraint
    ]

    /// The weights of the four maps as kernel and bias.
    let maps (settings: Projection) (weights: Node list) : (Node * Node option) list =
        if settings.UseBias then
            weights |> List.chunkBySize 2 |> List.map (fun pair -> pair[0], Some pair[1])
        else
            weights |> List.map (fun kernel -> kernel, None)

    /// The last axes of x, as many as are given, times the kernel, plus the bias: (..., inputs...) to (..., outputs...).
    let apply (inputAxes: int) (kernel: Node, bias: Node option) (x: Node) : Node =
        let rank = Shape.rank x.Shape
        let free = [ for axis in 0 .. rank - inputAxes - 1 -> $"x{axis}" ]
        let summed = [ for axis in 1..inputAxes -> $"s{axis}" ]
        let made = [ for axis in 1 .. Shape.rank kernel.Shape - inputAxes -> $"y{axis}" ]
        let product = Einsum.contract (free @ summed) (summed @ made) (free @ made) x kernel

        match bias with
        | Some bias -> product + bias
        | None -> product
