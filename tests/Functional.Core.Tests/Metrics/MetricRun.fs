namespace Functional.Core.Tests.Metrics

open Functional.Core.Graph
open Functional.Core.Metrics
open Functional.Core.Tensors

/// One batch for a metric: targets (absent for Mean and Sum), predictions and weights.
type MetricBatch = {
    True: Literal option
    Predicted: Literal
    Weight: Literal option
}

/// A metric over batches, through the interpreter.
[<RequireQualifiedAccess>]
module MetricRun =

    /// The variables before the first batch.
    let initial (metric: Metric) (batch: MetricBatch) : (string * Literal) list =
        metric.State(Literal.shape batch.Predicted)
        |> List.map (fun (name, dimensions, value) ->
            let size = List.fold (*) 1 dimensions
            name, Literal.create ElementType.Float32 dimensions (Seq.replicate size value))

    /// The result after a batch and the new variables.
    let step (metric: Metric) (state: Literal list) (batch: MetricBatch) : Literal * Literal list =
        let leaf name (literal: Literal) =
            Ops.input name (Literal.shape literal) literal.ElementType

        let variables =
            state
            |> List.mapi (fun index literal ->
                Ops.variable $"state {index}" (Literal.shape literal) literal.ElementType)

        let yPred = leaf "y_pred" batch.Predicted

        let yTrue = batch.True |> Option.map (leaf "y_true") |> Option.defaultValue yPred

        let weight = batch.Weight |> Option.map (leaf "weight")
        let next = metric.Update variables yTrue yPred weight

        let leaves =
            Map [
                yield "y_pred", batch.Predicted
                yield! batch.True |> Option.toList |> List.map (fun literal -> "y_true", literal)
                yield! batch.Weight |> Option.toList |> List.map (fun literal -> "weight", literal)
                yield! state |> List.mapi (fun index literal -> $"state {index}", literal)
            ]

        match Graph.create (metric.Result next :: next) |> Interpreter.run leaves with
        | result :: state -> result, state
        | [] -> invalidOp "A graph has as many results as outputs."

    /// The result after every batch, and the variables after the last.
    let batches (metric: Metric) (batches: MetricBatch list) : Literal list * (string * Literal) list =
        let variables, start = initial metric batches.Head |> List.unzip

        let folder (results, state) batch =
            let result, state = step metric state batch
            result :: results, state

        let results, state = (([], start), batches) ||> List.fold folder
        List.rev results, List.zip variables state
