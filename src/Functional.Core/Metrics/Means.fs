namespace Functional.Core.Metrics

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Losses
open Functional.Core.Tensors

/// Metrics that are the weighted mean of a value per sample: total / count
/// (keras/src/metrics/reduction_metrics.py).
[<RequireQualifiedAccess>]
module Means =

    /// Reduces the axes from a position on.
    let private reduceFrom (axis: int) reduce (node: Node) : Node =
        match [ axis .. Shape.rank node.Shape - 1 ] with
        | [] -> node
        | axes -> reduce axes node

    /// One value and one weight per sample: axes that the weights lack are reduced first, the others after weighing.
    let private perSample reduce (values: Node) (sampleWeight: Node option) : Node * Node option =
        match sampleWeight with
        | None -> reduceFrom 1 reduce values, None
        | Some weight ->
            let values, weight = Alignment.sameRank values (Ops.cast values.ElementType weight)
            let values = reduceFrom (Shape.rank weight.Shape) reduce values
            let weight = Ops.broadcastTo values.Shape weight
            reduceFrom 1 reduce (values * weight), Some(reduceFrom 1 reduce weight)

    let private total (node: Node) : Node = Ops.sum (Ops.allAxes node) false node

    /// 0 where the divisor is 0.
    let divideOrZero (left: Node) (right: Node) : Node =
        let isZero = Ops.equal right (right.Number 0.0)
        Ops.select isZero (left.Number 0.0) (left / Ops.select isZero (right.Number 1.0) right)

    /// The next total and count from a batch's values.
    let private updateMean (states: Node list) (values: Node) (sampleWeight: Node option) : Node list =
        let mean axes node = Ops.mean axes false node
        let values, weight = perSample mean values sampleWeight

        let added =
            match weight with
            | Some weight -> total weight
            | None when Shape.rank values.Shape = 0 -> values.Number 1.0
            | None -> Ops.size values.ElementType (Shape.dimension 0 values.Shape)

        match states with
        | [ sum; count ] -> [ sum + total values; count + added ]
        | _ -> states

    let private meanState (_: Shape) = [ "total", [], 0.0; "count", [], 0.0 ]

    /// The mean of what a function gives for targets and predictions.
    let ofFunction (className: string) (name: string) (config: Config) (f: Node -> Node -> Node) : Metric = {
        ClassName = className
        Name = name
        Config = config
        State = meanState
        Update = fun states yTrue yPred weight -> updateMean states (f yTrue yPred) weight
        Result = fun states -> divideOrZero states[0] states[1]
    }

    /// The mean of a loss before it is reduced.
    let ofLoss (className: string) (name: string) (loss: Loss) : Metric =
        ofFunction className name loss.Config (Loss.values loss)

    /// The square root of the mean squared error.
    let rootMeanSquaredError (name: string) : Metric =
        let squared =
            ofFunction "RootMeanSquaredError" name [] (fun yTrue yPred ->
                let yTrue, yPred = Alignment.sameRank (Ops.cast yPred.ElementType yTrue) yPred
                Ops.square (yPred - yTrue))

        {
            squared with
                Result = fun states -> Ops.sqrt (squared.Result states)
        }

    /// The mean of the predictions themselves: Keras's Mean.
    let mean (name: string) : Metric =
        ofFunction "Mean" name [] (fun _ values -> values)

    /// The sum of the predictions themselves: Keras's Sum.
    let sum (name: string) : Metric = {
        ClassName = "Sum"
        Name = name
        Config = []
        State = fun _ -> [ "total", [], 0.0 ]
        Update =
            fun states _ values weight ->
                let values, _ = perSample (fun axes node -> Ops.sum axes false node) values weight
                [ states[0] + total values ]
        Result = List.head
    }
