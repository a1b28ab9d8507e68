namespace Functional.Core.Metrics

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Naming
open Functional.Core.Tensors

/// Metrics over many thresholds: areas under curves, and the best of one rate where another is high enough.
[<RequireQualifiedAccess>]
module Curves =

    // keras.config.epsilon()
    let private epsilon = 1e-7

    let private outcomes = [
        for outcome in
            [
                Outcome.TruePositive
                Outcome.FalsePositive
                Outcome.TrueNegative
                Outcome.FalseNegative
            ] -> Confusion.variableName outcome, outcome
    ]

    /// Thresholds strictly between 0 and 1, evenly spaced, for a number that counts both ends.
    let private inner (count: int) : float list = [ for index in 1 .. count - 2 -> float index / float (count - 1) ]

    // A curve is counted at every threshold for every prediction.
    let private mostThresholds = 100_000

    let private thresholdCount (least: int) (config: Config) : int =
        match Config.int "num_thresholds" 200 config with
        | count when count < least || count > mostThresholds ->
            invalidArg "num_thresholds" $"num_thresholds must be from {least} to {mostThresholds}, but is {count}."
        | count -> count

    let private part skipFirst skipLast (node: Node) : Node =
        let length = Shape.dimension 0 node.Shape
        Ops.sliceAxis 0 (Dimension.known skipFirst) (length - Dimension.known skipLast) node

    let private allButLast (node: Node) : Node = part 0 1 node
    let private allButFirst (node: Node) : Node = part 1 0 node
    let private notNegative (node: Node) : Node = Ops.maximum node (node.Number 0.0)

    /// The area under the precision-recall curve, with counts and not precision linear between thresholds (Davis &
    /// Goadrich 2006, section 4): slope * (change of true positives + intercept * log(ratio of positives)).
    let private interpolatedPrecision (tp: Node) (fp: Node) (fn: Node) : Node =
        let change = allButLast tp - allButFirst tp
        let positives = tp + fp
        let upper = allButLast positives
        let lower = allButFirst positives
        let slope = MetricState.quotient change (notNegative (upper - lower))
        let intercept = allButFirst tp - slope * lower
        let zero = tp.Number 0.0

        let ratio =
            Ops.select
                (Ops.logicalAnd (Ops.greater upper zero) (Ops.greater lower zero))
                (MetricState.quotient upper (notNegative lower))
                (tp.Number 1.0)

        MetricState.quotient
            (slope * (change + intercept * Ops.log ratio))
            (notNegative (allButFirst tp + allButFirst fn))

    /// Heights of the intervals between thresholds.
    let private heights (method: string) : Node -> Node =
        match method with
        | "interpolation" -> fun y -> (allButLast y + allButFirst y) * 0.5
        | "minoring" -> fun y -> Ops.minimum (allButLast y) (allButFirst y)
        | "majoring" -> fun y -> Ops.maximum (allButLast y) (allButFirst y)
        | _ ->
            [ "interpolation"; "minoring"; "majoring" ]
            |> Names.unknown "summation method" method
            |> invalidArg "summation_method"

    /// The area of each interval between thresholds; labels stay apart.
    let private areas (curve: string) (method: string) : Node list -> Node =
        let heights = heights method

        let area x y =
            (allButLast x - allButFirst x) * heights y

        let ofCounts (f: Node -> Node -> Node -> Node -> Node) (state: Node list) =
            f state[0] state[1] state[2] state[3]

        let recall tp fn = MetricState.quotient tp (tp + fn)

        match curve with
        | "ROC" -> ofCounts (fun tp fp tn fn -> area (MetricState.quotient fp (fp + tn)) (recall tp fn))
        | "PR" when method = "interpolation" -> ofCounts (fun tp fp _ fn -> interpolatedPrecision tp fp fn)
        | "PR" -> ofCounts (fun tp fp _ fn -> area (recall tp fn) (MetricState.quotient tp (tp + fp)))
        | _ -> invalidArg "curve" (Names.unknown "curve" curve [ "ROC"; "PR" ])

    /// The area under the ROC or the precision-recall curve.
    let auc (name: string) (config: Config) : Metric =
        let thresholds =
            match Confusion.tryFloats "thresholds" config with
            | Some given when List.exists System.Double.IsNaN given ->
                invalidArg "thresholds" "thresholds must be numbers, but one is NaN."
            | Some given -> List.sort given
            | None -> inner (thresholdCount 2 config)

        let count = thresholds.Length + 2

        let arguments =
            MetricState.arguments
                [
                    "num_thresholds", ConfigValue.Int 200L
                    "curve", ConfigValue.String "ROC"
                    "summation_method", ConfigValue.String "interpolation"
                    "multi_label", ConfigValue.Bool false
                    "num_labels", ConfigValue.Null
                    "label_weights", ConfigValue.Null
                    "from_logits", ConfigValue.Bool false
                ]
                config

        // Keras writes thresholds only when they were given.
        let arguments =
            match Config.tryFind "thresholds" config with
            | Some given -> arguments @ [ "thresholds", given ]
            | None -> arguments

        let isPerLabel = Config.bool "multi_label" false config
        let labelWeights = Confusion.tryFloats "label_weights" config
        let labels = Config.tryInt "num_labels" config

        match labels, labelWeights with
        | Some _, _ when not isPerLabel -> invalidArg "num_labels" "num_labels needs multi_label."
        | Some labels, _ when labels < 1 -> invalidArg "num_labels" $"num_labels must be at least 1, but is {labels}."
        | Some labels, Some weights when weights.Length <> labels ->
            invalidArg "label_weights" $"label_weights has {weights.Length} numbers, but num_labels is {labels}."
        | _, Some weights when not (List.forall (fun weight -> weight >= 0.0) weights) ->
            invalidArg "label_weights" "label_weights must be 0 or more."
        | _ -> ()

        let curve = (Config.string "curve" "ROC" config).ToUpperInvariant()

        let method =
            (Config.string "summation_method" "interpolation" config).ToLowerInvariant()

        let counting = {
            Confusion.above ([ -epsilon ] @ thresholds @ [ 1.0 + epsilon ]) with
                IsPerLabel = isPerLabel
                LabelWeights = labelWeights
                IsClipped = (Config.tryFind "thresholds" config).IsNone
        }

        let shape predictions =
            let lengths =
                labelWeights
                |> Option.map (fun weights -> "label_weights has", weights.Length)
                |> Option.toList
                |> List.append (labels |> Option.map (fun labels -> "num_labels is", labels) |> Option.toList)

            for argument, length in lengths do
                if MetricState.lastLength "AUC with labels" predictions <> length then
                    invalidArg
                        (nameof predictions)
                        $"AUC: {argument} {length}, but the predictions have shape {predictions}: one number for each of the last axis is expected."

            if isPerLabel then
                [ count; MetricState.lastLength "AUC with multi_label" predictions ]
            else
                [ count ]

        let areas = areas curve method

        let result (state: Node list) =
            let byLabel = Ops.sum [ 0 ] false (areas state)

            match labelWeights with
            | _ when not isPerLabel -> byLabel
            | None -> Ops.mean [ 0 ] false byLabel
            | Some weights ->
                let weights =
                    Ops.constant (Literal.create byLabel.ElementType [ weights.Length ] weights)

                MetricState.quotient (Ops.sum [ 0 ] false (byLabel * weights)) (Ops.sum [ 0 ] false weights)

        let metric = Confusion.metric "AUC" name arguments counting outcomes shape result

        if Config.bool "from_logits" false config then
            {
                metric with
                    Update = fun state yTrue yPred weight -> metric.Update state yTrue (Ops.sigmoid yPred) weight
            }
        else
            metric

    /// A rate: a count as a share of itself and another.
    let private rate (outcome: Outcome) (other: Outcome) (state: Node list) : Node =
        let count wanted =
            state[List.findIndex (fun (_, found) -> found = wanted) outcomes]

        MetricState.quotient (count outcome) (count outcome + count other)

    /// Share of actual positives that are found; also called recall.
    let sensitivity: Node list -> Node = rate Outcome.TruePositive Outcome.FalseNegative

    /// Share of actual negatives that are found.
    let specificity: Node list -> Node = rate Outcome.TrueNegative Outcome.FalsePositive

    /// Share of those found that are actual positives.
    let precision: Node list -> Node = rate Outcome.TruePositive Outcome.FalsePositive

    /// The best of one rate over the thresholds at which another is at least the value of an argument; 0 where none is.
    let bestAt
        (className: string)
        (key: string)
        (constrained: Node list -> Node)
        (best: Node list -> Node)
        (name: string)
        (config: Config)
        : Metric =
        let count = thresholdCount 1 config
        let limit = Config.float key 0.5 config

        if not (limit >= 0.0 && limit <= 1.0) then
            invalidArg key $"{key} must be from 0 to 1, but is {limit}."

        let thresholds =
            if count = 1 then
                [ 0.5 ]
            else
                [ 0.0 ] @ inner count @ [ 1.0 ]

        let arguments =
            MetricState.arguments
                [
                    "num_thresholds", ConfigValue.Int 200L
                    key, ConfigValue.Float limit
                    "class_id", ConfigValue.Null
                ]
                config

        let counting = {
            Confusion.above thresholds with
                ClassId = Confusion.tryClass config
                IsClipped = count > 1
        }

        let result (state: Node list) =
            let rates = constrained state

            Ops.select (Ops.greaterOrEqual rates (rates.Number limit)) (best state) (rates.Number 0.0)
            |> Ops.max [ 0 ] false

        Confusion.metric className name arguments counting outcomes (fun _ -> [ thresholds.Length ]) result
