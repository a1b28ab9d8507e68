namespace Functional.Core.Metrics

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// What metrics share: their states, safe quotients, arguments.
[<RequireQualifiedAccess>]
module MetricState =

    /// A state that starts at 0: Keras's name, shape and first value.
    let zeros (name: string) (dimensions: int list) : string * int list * float = name, dimensions, 0.0

    /// Numerator over denominator, 0 where the denominator is 0.
    let quotient (numerator: Node) (denominator: Node) : Node =
        let isZero = Ops.equal denominator (denominator.Number 0.0)
        let safe = Ops.select isZero (denominator.Number 1.0) denominator
        Ops.select isZero (denominator.Number 0.0) (numerator / safe)

    /// How many numbers a metric gives for predictions of a shape, when it gives one for every class, output or threshold;
    /// None where it gives one number. Raises ArgumentException when the predictions do not fit the metric.
    let numbers (metric: Metric) (predictions: Shape) : int option =
        let result =
            metric.State predictions
            |> List.map (fun (name, dimensions, _) -> Ops.variable name (Shape.ofInts dimensions) ElementType.Float32)
            |> metric.Result

        match Shape.known result.Shape with
        | [] -> None
        | lengths -> Some(List.head lengths)

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
