namespace Functional.Core.Metrics

/// Which values of a metric are better.
[<RequireQualifiedAccess>]
type Direction =
    /// The smaller, the better: errors and losses.
    | Down
    /// The larger, the better: scores.
    | Up

/// Which values of metrics are better.
[<RequireQualifiedAccess>]
module Direction =

    /// The direction of a metric; None where a number is neither good nor bad.
    let ofMetric (metric: Metric) : Direction option =
        match metric.ClassName with
        | "Mean"
        | "Sum" -> None
        | "Accuracy"
        | "BinaryAccuracy"
        | "CategoricalAccuracy"
        | "SparseCategoricalAccuracy"
        | "TopKCategoricalAccuracy"
        | "SparseTopKCategoricalAccuracy"
        | "CosineSimilarity"
        | "TruePositives"
        | "TrueNegatives"
        | "Precision"
        | "Recall"
        | "AUC"
        | "SensitivityAtSpecificity"
        | "SpecificityAtSensitivity"
        | "PrecisionAtRecall"
        | "RecallAtPrecision"
        | "F1Score"
        | "FBetaScore"
        | "R2Score"
        | "IoU"
        | "MeanIoU"
        | "BinaryIoU"
        | "OneHotIoU"
        | "OneHotMeanIoU" -> Some Direction.Up
        // Errors, counts of errors, and the means of losses.
        | _ -> Some Direction.Down
