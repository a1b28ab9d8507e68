namespace Functional.Core.Metrics

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Losses
open Functional.Core.Tensors

/// The four outcomes of a yes-or-no decision.
[<RequireQualifiedAccess>]
type Outcome =
    | TruePositive
    | FalsePositive
    | TrueNegative
    | FalseNegative

/// How decisions are counted.
type Counting = {
    /// A prediction above one of these is a yes; every threshold is counted apart.
    Thresholds: float list
    /// Only the k largest predictions of a row can be a yes.
    TopK: int option
    /// Only this class counts.
    ClassId: int option
    /// Every label of the last axis is counted apart.
    IsPerLabel: bool
    /// How much each label of the last axis counts.
    LabelWeights: float list option
    /// Predictions are limited to [0, 1] first.
    IsClipped: bool
}

/// Counts of outcomes, weighted, and metrics that are such counts or quotients of them.
[<RequireQualifiedAccess>]
module Confusion =

    /// Keras's name of the variable for an outcome.
    let variableName (outcome: Outcome) : string =
        match outcome with
        | Outcome.TruePositive -> "true_positives"
        | Outcome.FalsePositive -> "false_positives"
        | Outcome.TrueNegative -> "true_negatives"
        | Outcome.FalseNegative -> "false_negatives"

    /// Predictions above thresholds, nothing more.
    let above (thresholds: float list) : Counting = {
        Thresholds = thresholds
        TopK = None
        ClassId = None
        IsPerLabel = false
        LabelWeights = None
        IsClipped = false
    }

    // Keras's NEG_INF: below every score, and what scores outside the top k become.
    let private lowest = -1e10

    /// Everything but the k largest of the last axis becomes very small; of equals the first are larger.
    let private keepTopK (k: int) (scores: Node) : Node =
        let each = Ops.expandDimensions [ -1 ] scores
        let others = Ops.expandDimensions [ -2 ] scores
        let last = Shape.rank scores.Shape - 1
        let positions = Ops.iota ElementType.Int32 last scores.Shape

        let isEarlier =
            Ops.less (Ops.expandDimensions [ -2 ] positions) (Ops.expandDimensions [ -1 ] positions)

        let isLarger =
            Ops.logicalOr (Ops.greater others each) (Ops.logicalAnd (Ops.equal others each) isEarlier)

        let rank = Ops.sum [ -1 ] false (Ops.cast scores.ElementType isLarger)
        Ops.select (Ops.less rank (rank.Number(float k))) scores (scores.Number lowest)

    let private onlyClass (classId: int) (node: Node) : Node =
        match Dimension.tryKnown (Shape.last node.Shape) with
        | Some classes when classId >= classes ->
            invalidArg "class_id" $"class_id is {classId}, but there are {classes} classes: the shape is {node.Shape}."
        | _ -> ()

        Ops.sliceAxis -1 (Dimension.known classId) (Dimension.known (classId + 1)) node

    /// Weights spread over predictions: from the samples, and from the labels.
    let private spread (counting: Counting) (yPred: Node) (sampleWeight: Node option) : Node =
        let ofSamples =
            match sampleWeight with
            | None -> yPred.Number 1.0
            | Some weight when Shape.rank weight.Shape > Shape.rank yPred.Shape -> Ops.squeeze [ -1 ] weight
            | Some weight -> Alignment.trailing yPred weight

        let ofLabels =
            match counting.LabelWeights with
            | Some weights when not counting.IsPerLabel ->
                Ops.constant (Literal.create yPred.ElementType [ weights.Length ] weights)
            | _ -> yPred.Number 1.0

        Ops.broadcastTo yPred.Shape (Ops.cast yPred.ElementType ofSamples * ofLabels)

    /// (n,) as one row beside thresholds (t, 1); (n, labels) beside (t, 1, 1) when labels are counted apart.
    let private rows (isPerLabel: bool) (node: Node) : Node =
        if isPerLabel then
            Ops.expandDimensions [ 0 ] node
        else
            Ops.reshape (Shape.create [ Dimension.known 1; Shape.size node.Shape ]) node

    /// How many decisions of a batch have each outcome, for every threshold (and label).
    let count
        (counting: Counting)
        (elementType: ElementType)
        (yTrue: Node)
        (yPred: Node)
        (sampleWeight: Node option)
        : Outcome -> Node =
        let predictions = Ops.cast elementType yPred

        let predictions, targets =
            Alignment.sameRank predictions (Ops.cast elementType yTrue)

        let limited =
            if counting.IsClipped then
                Ops.clip 0.0 1.0 predictions
            else
                predictions

        let chosen =
            match counting.TopK with
            | Some k -> keepTopK k limited
            | None -> limited

        let predictions, targets =
            match counting.ClassId with
            | Some classId -> onlyClass classId chosen, onlyClass classId targets
            | None -> chosen, targets

        let thresholds =
            let ones = if counting.IsPerLabel then [ 1; 1 ] else [ 1 ]

            Literal.create elementType (counting.Thresholds.Length :: ones) counting.Thresholds
            |> Ops.constant

        let toRows = rows counting.IsPerLabel
        let isYes = Ops.greater (toRows predictions) thresholds
        let isTrue = Ops.notEqual (toRows targets) (targets.Number 0.0)
        let weights = toRows (spread counting predictions sampleWeight)

        let sum condition =
            Ops.sum [ 1 ] false (Ops.select condition weights (weights.Number 0.0))

        fun outcome ->
            match outcome with
            | Outcome.TruePositive -> sum (Ops.logicalAnd isTrue isYes)
            | Outcome.FalsePositive -> sum (Ops.logicalAnd (Ops.logicalNot isTrue) isYes)
            | Outcome.TrueNegative -> sum (Ops.logicalAnd (Ops.logicalNot isTrue) (Ops.logicalNot isYes))
            | Outcome.FalseNegative -> sum (Ops.logicalAnd isTrue (Ops.logicalNot isYes))

    /// A metric that keeps counts of outcomes.
    let metric className name config counting (outcomes: (string * Outcome) list) shape result : Metric = {
        ClassName = className
        Name = name
        Config = config
        State =
            fun predictions ->
                outcomes
                |> List.map (fun (variable, _) -> MetricState.zeros variable (shape predictions))
        Update =
            fun state yTrue yPred weight ->
                let counts = count counting state.Head.ElementType yTrue yPred weight
                List.map2 (fun before (_, outcome) -> before + counts outcome) state outcomes
        Result = result
    }

    let private listOf key (value: ConfigValue) : float list =
        match value with
        | ConfigValue.List values -> values |> List.map (fun value -> Config.float key 0.0 [ key, value ])
        | single -> [ Config.float key 0.0 [ key, single ] ]

    /// A list of numbers (or one number) of a configuration.
    let tryFloats (key: string) (config: Config) : float list option =
        Config.tryFind key config |> Option.map (listOf key)

    /// The thresholds of a configuration, or a default. Raises ArgumentException when they are none, or not from 0 to 1.
    let private thresholdsOf (fallback: float) (config: Config) : float list =
        match tryFloats "thresholds" config with
        | None -> [ fallback ]
        | Some [] -> invalidArg "thresholds" "thresholds must be at least one number, but there is none."
        | Some given ->
            match given |> List.tryFind (fun limit -> not (limit >= 0.0 && limit <= 1.0)) with
            | Some limit -> invalidArg "thresholds" $"thresholds must be from 0 to 1, but one is {limit}."
            | None -> given

    let private requirePositive (key: string) (config: Config) : int option =
        match Config.tryInt key config with
        | Some value when value < 1 -> invalidArg key $"{key} must be at least 1, but is {value}."
        | given -> given

    /// The only class that counts, if one is given. Raises ArgumentException when it is negative.
    let tryClass (config: Config) : int option =
        match Config.tryInt "class_id" config with
        | Some value when value < 0 -> invalidArg "class_id" $"class_id must be 0 or more, but is {value}."
        | given -> given

    /// One number instead of an array of one.
    let private single (thresholds: float list) (node: Node) : Node =
        if thresholds.Length = 1 then
            Ops.squeeze [ 0 ] node
        else
            node

    /// The number of decisions with one outcome.
    let total (className: string) (outcome: Outcome) (name: string) (config: Config) : Metric =
        let thresholds = thresholdsOf 0.5 config
        let arguments = MetricState.arguments [ "thresholds", ConfigValue.Null ] config

        metric
            className
            name
            arguments
            (above thresholds)
            [ "accumulator", outcome ]
            (fun _ -> [ thresholds.Length ])
            (List.head >> single thresholds)

    /// True positives as a share of them and another outcome: precision beside false positives, recall beside false
    /// negatives.
    let share (className: string) (other: Outcome) (name: string) (config: Config) : Metric =
        let topK = requirePositive "top_k" config
        let thresholds = thresholdsOf (if topK.IsSome then lowest else 0.5) config

        let arguments =
            MetricState.arguments
                [
                    "thresholds", ConfigValue.Null
                    "top_k", ConfigValue.Null
                    "class_id", ConfigValue.Null
                ]
                config

        let counting = {
            above thresholds with
                TopK = topK
                ClassId = tryClass config
        }

        metric
            className
            name
            arguments
            counting
            [
                for outcome in [ Outcome.TruePositive; other ] -> variableName outcome, outcome
            ]
            (fun _ -> [ thresholds.Length ])
            (fun state -> MetricState.quotient state[0] (state[0] + state[1]) |> single thresholds)
