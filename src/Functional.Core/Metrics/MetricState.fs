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
