namespace Functional.Core.Metrics

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Losses
open Functional.Core.Naming
open Functional.Core.Tensors

/// Metrics by their Keras names.
[<RequireQualifiedAccess>]
module MetricRegistry =

    /// An entry: the names (class first), Keras's name for the instance, and what makes it from name and arguments.
    let private known names name (make: string -> Config -> Metric) : RegistryEntry<Metric> =
        Registry.entry names (fun config -> make (Config.string "name" name config) config)

    /// The mean of a loss, with those of the loss's arguments that the metric has.
    let private ofLoss names name lossName (defaults: Config) : RegistryEntry<Metric> =
        known names name (fun name config ->
            let arguments = MetricState.arguments defaults config

            Loss.ofNameWith lossName arguments
            |> Means.ofLoss (List.head names) name arguments)

    /// A metric that is the mean of the loss of the same name.
    let private ofPlainLoss names name : RegistryEntry<Metric> = ofLoss names name (List.head names) []

    let private mean names name defaults (values: Config -> Node -> Node -> Node) : RegistryEntry<Metric> =
        known names name (fun name config ->
            let arguments = MetricState.arguments defaults config
            Means.ofFunction (List.head names) name arguments (values arguments))

    let private threshold = [ "threshold", ConfigValue.Float 0.5 ]
    let private k = [ "k", ConfigValue.Int 5L ]
    let private isLogits = "from_logits", ConfigValue.Bool false
    let private smoothing = "label_smoothing", ConfigValue.Float 0.0
    let private axis = "axis", ConfigValue.Int -1L

    /// The cosine along an axis, targets in the type and rank of predictions.
    let private cosine (config: Config) (yTrue: Node) (yPred: Node) : Node =
        let targets, predictions =
            Alignment.sameRank (Ops.cast yPred.ElementType yTrue) yPred

        Regression.cosine (Config.int "axis" -1 config) targets predictions

    let private means: RegistryEntry<Metric> list = [
        known [ "Mean"; "mean" ] "mean" (fun name _ -> Means.mean name)
        known [ "Sum"; "sum" ] "sum" (fun name _ -> Means.sum name)
        ofPlainLoss [ "MeanSquaredError"; "mean_squared_error"; "mse"; "MSE" ] "mean_squared_error"
        ofPlainLoss [ "MeanAbsoluteError"; "mean_absolute_error"; "mae"; "MAE" ] "mean_absolute_error"
        ofPlainLoss
            [
                "MeanAbsolutePercentageError"
                "mean_absolute_percentage_error"
                "mape"
                "MAPE"
            ]
            "mean_absolute_percentage_error"
        ofPlainLoss
            [
                "MeanSquaredLogarithmicError"
                "mean_squared_logarithmic_error"
                "msle"
                "MSLE"
            ]
            "mean_squared_logarithmic_error"
        known
            [ "RootMeanSquaredError"; "root_mean_squared_error"; "rmse"; "RMSE" ]
            "root_mean_squared_error"
            (fun name _ -> Means.rootMeanSquaredError name)
        ofLoss [ "LogCoshError"; "log_cosh_error"; "logcosh" ] "logcosh" "LogCosh" []
        mean [ "CosineSimilarity"; "cosine_similarity" ] "cosine_similarity" [ axis ] cosine
        ofPlainLoss [ "Hinge"; "hinge" ] "hinge"
        ofPlainLoss [ "SquaredHinge"; "squared_hinge" ] "squared_hinge"
        ofPlainLoss [ "CategoricalHinge"; "categorical_hinge" ] "categorical_hinge"
        ofPlainLoss [ "KLDivergence"; "kl_divergence"; "kld"; "KLD" ] "kl_divergence"
        ofPlainLoss [ "Poisson"; "poisson" ] "poisson"
        ofLoss [ "BinaryCrossentropy"; "binary_crossentropy"; "bce"; "BCE" ] "binary_crossentropy" "BinaryCrossentropy" [
            isLogits
            smoothing
        ]
        ofLoss
            [ "CategoricalCrossentropy"; "categorical_crossentropy" ]
            "categorical_crossentropy"
            "CategoricalCrossentropy"
            [ isLogits; smoothing; axis ]
        ofLoss
            [ "SparseCategoricalCrossentropy"; "sparse_categorical_crossentropy" ]
            "sparse_categorical_crossentropy"
            "SparseCategoricalCrossentropy"
            [ isLogits; axis ]
        mean [ "Accuracy"; "accuracy" ] "accuracy" [] (fun _ -> Accuracies.exact)
        mean [ "BinaryAccuracy"; "binary_accuracy" ] "binary_accuracy" threshold (fun config ->
            Accuracies.binary (Config.float "threshold" 0.5 config))
        mean [ "CategoricalAccuracy"; "categorical_accuracy" ] "categorical_accuracy" [] (fun _ ->
            Accuracies.categorical)
        mean [ "SparseCategoricalAccuracy"; "sparse_categorical_accuracy" ] "sparse_categorical_accuracy" [] (fun _ ->
            Accuracies.sparseCategorical)
        mean [ "TopKCategoricalAccuracy"; "top_k_categorical_accuracy" ] "top_k_categorical_accuracy" k (fun config ->
            Accuracies.topK (Config.int "k" 5 config))
        mean
            [ "SparseTopKCategoricalAccuracy"; "sparse_top_k_categorical_accuracy" ]
            "sparse_top_k_categorical_accuracy"
            k
            (fun config -> Accuracies.sparseTopK (Config.int "k" 5 config))
    ]

    let private counts: RegistryEntry<Metric> list =
        let total className name outcome =
            known [ className; name ] name (Confusion.total className outcome)

        let best className name key constrained wanted =
            known [ className; name ] name (Curves.bestAt className key constrained wanted)

        [
            total "TruePositives" "true_positives" Outcome.TruePositive
            total "TrueNegatives" "true_negatives" Outcome.TrueNegative
            total "FalsePositives" "false_positives" Outcome.FalsePositive
            total "FalseNegatives" "false_negatives" Outcome.FalseNegative
            known [ "Precision"; "precision" ] "precision" (Confusion.share "Precision" Outcome.FalsePositive)
            known [ "Recall"; "recall" ] "recall" (Confusion.share "Recall" Outcome.FalseNegative)
            known [ "AUC"; "auc" ] "auc" Curves.auc
            best
                "SensitivityAtSpecificity"
                "sensitivity_at_specificity"
                "specificity"
                Curves.specificity
                Curves.sensitivity
            best
                "SpecificityAtSensitivity"
                "specificity_at_sensitivity"
                "sensitivity"
                Curves.sensitivity
                Curves.specificity
            best "PrecisionAtRecall" "precision_at_recall" "recall" Curves.sensitivity Curves.precision
            best "RecallAtPrecision" "recall_at_precision" "precision" Curves.precision Curves.sensitivity
            known [ "F1Score"; "f1_score" ] "f1_score" FScores.f1
            known [ "FBetaScore"; "fbeta_score"; "f_beta_score" ] "fbeta_score" FScores.fBeta
            known [ "R2Score"; "r2_score" ] "r2_score" Determination.r2Score
            known [ "IoU"; "io_u" ] "io_u" Intersections.iou
            known [ "MeanIoU"; "mean_io_u" ] "mean_io_u" Intersections.meanIou
            known [ "BinaryIoU"; "binary_io_u" ] "binary_io_u" Intersections.binaryIou
            known [ "OneHotIoU"; "one_hot_io_u" ] "one_hot_io_u" Intersections.oneHotIou
            known [ "OneHotMeanIoU"; "one_hot_mean_io_u" ] "one_hot_mean_io_u" Intersections.oneHotMeanIou
        ]

    /// Every metric by its Keras names: class, function, short forms.
    let registry: Registry<Metric> = {
        Kind = "metric"
        Module = "keras.metrics"
        IgnoresCase = false
        Entries = means @ counts
    }

    /// The metric with a Keras name and configuration. Raises ArgumentException with the nearest names when unknown.
    let ofNameWith (name: string) (config: Config) : Metric = Registry.create name config registry

    /// Which of three metrics fits targets and predictions: two classes as one number, classes as labels, classes as
    /// vectors.
    let private fitting (binary: string) (sparse: string) (categorical: string) (yTrue: Shape) (yPred: Shape) : string =
        let isOne shape = Dimension.isKnown 1 (Shape.last shape)

        if isOne yPred then
            binary
        elif Shape.rank yTrue < Shape.rank yPred || isOne yTrue then
            sparse
        else
            categorical

    /// The metric that a text given to compile means, for targets and predictions of these shapes; it is named as it was
    /// written. "accuracy" ("acc") and "crossentropy" ("ce") choose by the shapes; a loss's name is its mean. Raises
    /// ArgumentException with the nearest names when it is unknown.
    let ofName (name: string) (yTrue: Shape) (yPred: Shape) : Metric =
        let metric =
            match name.ToLowerInvariant() with
            | "accuracy"
            | "acc" ->
                let className =
                    fitting "BinaryAccuracy" "SparseCategoricalAccuracy" "CategoricalAccuracy" yTrue yPred

                ofNameWith className []
            | "crossentropy"
            | "ce" ->
                let className =
                    fitting "BinaryCrossentropy" "SparseCategoricalCrossentropy" "CategoricalCrossentropy" yTrue yPred

                ofNameWith className []
            | _ ->
                match Registry.tryFind name registry, Registry.tryFind name Loss.registry with
                | None, Some makeLoss -> Means.ofLoss "MeanMetricWrapper" name [] (makeLoss [])
                | _ -> ofNameWith name []

        { metric with Name = name }

    /// The metric that a saved value stands for, for targets and predictions of these shapes.
    let ofConfig (value: ConfigValue) (yTrue: Shape) (yPred: Shape) : Metric =
        match value with
        | ConfigValue.String name -> ofName name yTrue yPred
        | _ -> Registry.ofConfig value registry

    /// Whether predictions must be probabilities: a limit between 0 and 1 decides, or their logarithm counts. Logits would be
    /// judged wrongly.
    let takesProbabilities (metric: Metric) : bool =
        let isDefault key =
            (Config.tryFind key metric.Config).IsNone

        match metric.ClassName with
        | "BinaryAccuracy"
        | "BinaryIoU" -> Config.float "threshold" 0.5 metric.Config > 0.0
        | "TruePositives"
        | "TrueNegatives"
        | "FalsePositives"
        | "FalseNegatives" -> isDefault "thresholds"
        | "Precision"
        | "Recall" -> isDefault "thresholds" && isDefault "top_k"
        | "AUC"
        | "BinaryCrossentropy"
        | "CategoricalCrossentropy"
        | "SparseCategoricalCrossentropy" -> not (Config.bool "from_logits" false metric.Config)
        | "SensitivityAtSpecificity"
        | "SpecificityAtSensitivity"
        | "PrecisionAtRecall"
        | "RecallAtPrecision" -> true
        | _ -> false

    /// What Keras saves.
    let toConfig (metric: Metric) : ConfigValue =
        let shared = [
            "name", ConfigValue.String metric.Name
            "dtype", ConfigValue.String "float32"
        ]

        Registry.toConfig metric.ClassName (shared @ metric.Config) registry
