namespace Functional.Core.Metrics

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Losses
open Functional.Core.Tensors

/// Metrics that add up values and, for means, weights.
[<RequireQualifiedAccess>]
module Means =

    /// One value per sample, and its weight: values are reduced to the axes that the weights have, multiplied by them, and
    /// both reduced to the first axis.
    let private perSample (reduce: int list -> bool -> Node -> Node) (values: Node) (weight: Node option) =
        let from axis (node: Node) =
            reduce [ axis .. Shape.rank node.Shape - 1 ] false node

        let toSamples (node: Node) =
            if Shape.rank node.Shape = 0 then node else from 1 node

        match weight with
        | None -> toSamples values, None
        | Some weight ->
            let values, weight = Alignment.sameRank values (Ops.cast values.ElementType weight)

            let values = from (Shape.rank weight.Shape) values
            let weight = Ops.broadcastTo values.Shape weight
            toSamples (values * weight), Some(toSamples weight)

    let private total (node: Node) : Node = Ops.sum (Ops.allAxes node) false node

    /// Total and count after some more values: each sample counts once, whatever its size, or as its weights say.
    let private updateMean (state: Node list) (values: Node) (weight: Node option) : Node list =
        let values, weight =
            perSample Ops.mean (Ops.cast state.Head.ElementType values) weight

        let count =
            match weight with
            | Some weight -> total weight
            | None -> Ops.count (Ops.allAxes values) values

        [ state[0] + total values; state[1] + count ]

    let private meanState = [ MetricState.zeros "total" []; MetricState.zeros "count" [] ]

    let private meanResult (state: Node list) : Node = MetricState.quotient state[0] state[1]

    /// The mean over all samples of what a function makes of targets and predictions, both in the type of the variables.
    let ofFunction (className: string) (name: string) (config: Config) (values: Node -> Node -> Node) : Metric = {
        ClassName = className
        Name = name
        Config = config
        State = fun _ -> meanState
        Update =
            fun state yTrue yPred weight ->
                updateMean state (values yTrue (Ops.cast state.Head.ElementType yPred)) weight
        Result = meanResult
    }

    /// The mean of a loss over all samples.
    let ofLoss (className: string) (name: string) (config: Config) (loss: Loss) : Metric =
        ofFunction className name config (Loss.values loss)

    /// The square root of the mean squared error.
    let rootMeanSquaredError (name: string) : Metric =
        let squares = Loss.ofName "mse" |> ofLoss "RootMeanSquaredError" name []

        {
            squares with
                Result = fun state -> Ops.sqrt (meanResult state)
        }

    /// The mean of the predictions themselves; targets are not looked at.
    let mean (name: string) : Metric =
        ofFunction "Mean" name [] (fun _ yPred -> yPred)

    /// The sum of the predictions themselves; targets are not looked at.
    let sum (name: string) : Metric = {
        mean name with
            ClassName = "Sum"
            State = fun _ -> [ MetricState.zeros "total" [] ]
            Update =
                fun state _ yPred weight ->
                    let values, _ = perSample Ops.sum (Ops.cast state.Head.ElementType yPred) weight

                    [ state.Head + total values ]
            Result = List.head
    }
