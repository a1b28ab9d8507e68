namespace Functional.Core.Metrics

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// A number or array that a metric keeps from batch to batch.
type MetricVariable = {
    /// Keras's name: "total".
    Name: string
    Dimensions: int list
    InitialValue: float
}

/// What is reported of a model: Keras's class, name and arguments (besides name and dtype), the variables, how a batch
/// changes them and what they come to. Everything is computed in the element type of the variables.
[<ReferenceEquality>]
type Metric = {
    ClassName: string
    Name: string
    Config: Config
    /// The variables, given the shape of the predictions.
    State: Shape -> MetricVariable list
    /// Variables, targets, predictions and weights of the samples to new variables.
    Update: Node list -> Node -> Node -> Node option -> Node list
    Result: Node list -> Node
    /// Whether masked predictions weigh 0; Keras ignores masks in all but means, and there without sample weights.
    TakesMask: bool
}

[<RequireQualifiedAccess>]
module MetricVariable =

    /// A variable that starts at 0.
    let zeros (name: string) (dimensions: int list) : MetricVariable = {
        Name = name
        Dimensions = dimensions
        InitialValue = 0.0
    }

    /// Numerator over denominator, 0 where the denominator is 0.
    let quotient (numerator: Node) (denominator: Node) : Node =
        let isZero = Ops.equal denominator (denominator.Number 0.0)
        let safe = Ops.select isZero (denominator.Number 1.0) denominator
        Ops.select isZero (denominator.Number 0.0) (numerator / safe)

    /// The arguments of a configuration that defaults name, in that order.
    let arguments (defaults: Config) (config: Config) : Config =
        defaults
        |> List.map (fun (key, value) -> key, Config.tryFind key config |> Option.defaultValue value)

    /// The length of the last axis of the predictions. Raises ArgumentException when it is not known.
    let lastLength (metric: string) (predictions: Shape) : int =
        match Dimension.tryKnown (Shape.last predictions) with
        | Some length -> length
        | None ->
            invalidArg
                (nameof predictions)
                $"{metric} needs predictions with a last axis of known length, but their shape is {predictions}."
