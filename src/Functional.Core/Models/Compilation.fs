namespace Functional.Core.Models

open Functional.Core.Layers
open Functional.Core.Losses
open Functional.Core.Metrics
open Functional.Core.Optimizers
open Functional.Core.Tensors

/// How one output is trained and judged: Keras's compile arguments for it, and how its targets arrive.
type OutputCompilation = {
    /// None: the output is not trained.
    Loss: Loss option
    LossWeight: float
    /// Name in the logs and metric; computed without sample weights.
    Metrics: (string * Metric) list
    /// Name in the logs and metric; computed with sample weights.
    WeightedMetrics: (string * Metric) list
    /// The shape of targets, batch included; None where none are given.
    Target: (Shape * ElementType) option
    /// The shape of sample weights, batch included; None where none are given.
    SampleWeight: Shape option
}

/// Keras's compile: what to do to a model.
type Compilation = {
    /// One for every output of the model, in order.
    Outputs: OutputCompilation list
    Optimizer: Optimizer
    /// Whether a layer's weights are trained.
    Trainable: Layer -> bool
    /// The element type of every floating value: float32, or float64.
    Floating: ElementType
}
