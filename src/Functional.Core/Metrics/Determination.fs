namespace Functional.Core.Metrics

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Losses
open Functional.Core.Naming
open Functional.Core.Tensors

/// The coefficient of determination: the share of the targets' variance that predictions explain.
[<RequireQualifiedAccess>]
module Determination =

    let private update (state: Node list) (yTrue: Node) (yPred: Node) (weight: Node option) : Node list =
        let elementType = state.Head.ElementType

        let targets, predictions =
            Alignment.sameRank (Ops.cast elementType yTrue) (Ops.cast elementType yPred)

        if Shape.rank targets.Shape <> 2 then
            invalidArg (nameof yTrue) $"R2Score expects targets (batch, outputs), but their shape is {targets.Shape}."

        let weights =
            match weight with
            | None -> targets.Number 1.0
            | Some weight -> Alignment.trailing targets (Ops.cast elementType weight)
            |> Ops.broadcastTo targets.Shape

        let sum (node: Node) = Ops.sum [ 0 ] false node

        [
            Ops.count [ 0; 1 ] targets
            sum (Ops.square targets * weights)
            sum (targets * weights)
            sum (Ops.square (targets - predictions) * weights)
            sum weights
        ]
        |> List.map2 (+) state

    let private result (aggregation: string option) (regressors: int) (state: Node list) : Node =
        let samples, squares, sums, residual, count =
            state[0], state[1], state[2], state[3], state[4]

        let total = squares - sums * (sums / count)
        let raw = 1.0 - residual / total
        let isInfinite = Ops.equal (Ops.abs raw) (raw.Number infinity)
        let scores = Ops.select isInfinite (raw.Number 0.0) raw
        let sum (node: Node) = Ops.sum [ 0 ] false node

        let score =
            match aggregation with
            | None -> scores
            | Some "uniform_average" -> Ops.mean [ 0 ] false scores
            | Some "variance_weighted_average" -> sum (total * scores) / sum total
            | Some other ->
                [ "uniform_average"; "variance_weighted_average" ]
                |> Names.unknown "class_aggregation" other
                |> invalidArg "class_aggregation"

        if regressors = 0 then
            score
        else
            let freedom = samples - float (regressors + 1)
            // Too few samples to adjust: the score as it is.
            let isEnough = Ops.greater freedom (freedom.Number 0.0)
            let safe = Ops.select isEnough freedom (freedom.Number 1.0)
            Ops.select isEnough (1.0 - (1.0 - score) * (samples - 1.0) / safe) score

    /// R squared, averaged over the outputs, or adjusted for a number of regressors.
    let r2Score (name: string) (config: Config) : Metric =
        let arguments =
            MetricState.arguments [ "num_regressors", ConfigValue.Int 0L ] config

        // Here null means "no aggregation", and only a missing value is the default.
        let aggregation =
            match List.tryFind (fun (key, _) -> key = "class_aggregation") config with
            | Some(_, ConfigValue.Null) -> None
            | _ -> Some(Config.string "class_aggregation" "uniform_average" config)

        let value =
            match aggregation with
            | Some name -> ConfigValue.String name
            | None -> ConfigValue.Null

        {
            ClassName = "R2Score"
            Name = name
            Config = ("class_aggregation", value) :: arguments
            State =
                fun predictions ->
                    let outputs = [ MetricState.lastLength "R2Score" predictions ]

                    MetricState.zeros "num_samples" []
                    :: [
                        for variable in [ "squared_sum"; "sum"; "residual"; "count" ] ->
                            MetricState.zeros variable outputs
                    ]
            Update = update
            Result = result aggregation (Config.int "num_regressors" 0 config)
        }
