namespace Functional.Core.Metrics

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Losses
open Functional.Core.Naming
open Functional.Core.Tensors

/// Metrics by their Keras names.
[<RequireQualifiedAccess>]
module MetricRegistry =

    let private nameOf fallback config = Config.string "name" fallback config

    /// An entry whose metric is named after its second name unless the configuration says otherwise.
    let private entry (names: string list) (create: string -> Config -> Metric) : RegistryEntry<Metric> =
        Registry.entry names (fun config -> create (nameOf names[1] config) config)

    let private ofFunction names (f: Node -> Node -> Node) : RegistryEntry<Metric> =
        entry names (fun name _ -> Means.ofFunction names.Head name [] f)

    /// The mean of a loss: the metric's class, Keras's name for it, other names, and the loss's class.
    let private ofLoss names lossClass : RegistryEntry<Metric> =
        entry names (fun name config ->
            let arguments =
                config |> List.filter (fun (key, _) -> key <> "name" && key <> "dtype")

            Means.ofLoss (List.head names) name (Loss.ofNameWith lossClass arguments))

    let private withTopK names (f: int -> Node -> Node -> Node) : RegistryEntry<Metric> =
        entry names (fun name config ->
            let k = Config.int "k" 5 config
            Means.ofFunction names.Head name [ "k", ConfigValue.Int(int64 k) ] (f k))

    /// Every metric by its Keras names: class, name in the logs, then short forms.
    let registry: Registry<Metric> = {
        Kind = "metric"
        Module = "keras.metrics"
        IgnoresCase = false
        Entries = [
            entry [ "Mean"; "mean" ] (fun name _ -> Means.mean name)
            entry [ "Sum"; "sum" ] (fun name _ -> Means.sum name)
            ofFunction [ "Accuracy"; "accuracy" ] Accuracies.exact
            entry [ "BinaryAccuracy"; "binary_accuracy" ] (fun name config ->
                let threshold = Config.float "threshold" 0.5 config

                Means.ofFunction
                    "BinaryAccuracy"
                    name
                    [ "threshold", ConfigValue.Float threshold ]
                    (Accuracies.binary threshold))
            ofFunction [ "CategoricalAccuracy"; "categorical_accuracy" ] Accuracies.categorical
            ofFunction [ "SparseCategoricalAccuracy"; "sparse_categorical_accuracy" ] Accuracies.sparseCategorical
            withTopK [ "TopKCategoricalAccuracy"; "top_k_categorical_accuracy" ] Accuracies.topK
            withTopK [ "SparseTopKCategoricalAccuracy"; "sparse_top_k_categorical_accuracy" ] Accuracies.sparseTopK
            ofLoss [ "MeanSquaredError"; "mean_squared_error"; "mse"; "MSE" ] "MeanSquaredError"
            ofLoss [ "MeanAbsoluteError"; "mean_absolute_error"; "mae"; "MAE" ] "MeanAbsoluteError"
            ofLoss
                [
                    "MeanAbsolutePercentageError"
                    "mean_absolute_percentage_error"
                    "mape"
                    "MAPE"
                ]
                "MeanAbsolutePercentageError"
            ofLoss
                [
                    "MeanSquaredLogarithmicError"
                    "mean_squared_logarithmic_error"
                    "msle"
                    "MSLE"
                ]
                "MeanSquaredLogarithmicError"
            entry [ "RootMeanSquaredError"; "root_mean_squared_error"; "rmse"; "RMSE" ] (fun name _ ->
                Means.rootMeanSquaredError name)
            ofLoss [ "LogCoshError"; "logcosh"; "log_cosh_error" ] "LogCosh"
            entry [ "CosineSimilarity"; "cosine_similarity" ] (fun name config ->
                let axis = Config.int "axis" -1 config

                Means.ofFunction "CosineSimilarity" name [ "axis", ConfigValue.Int(int64 axis) ] (fun yTrue yPred ->
                    -((Loss.ofNameWith "CosineSimilarity" [ "axis", ConfigValue.Int(int64 axis) ]).Call yTrue yPred)))
            ofLoss [ "BinaryCrossentropy"; "binary_crossentropy"; "bce"; "BCE" ] "BinaryCrossentropy"
            ofLoss [ "CategoricalCrossentropy"; "categorical_crossentropy" ] "CategoricalCrossentropy"
            ofLoss
                [ "SparseCategoricalCrossentropy"; "sparse_categorical_crossentropy" ]
                "SparseCategoricalCrossentropy"
            ofLoss [ "KLDivergence"; "kl_divergence"; "kld"; "KLD"; "kullback_leibler_divergence" ] "KLDivergence"
            ofLoss [ "Poisson"; "poisson" ] "Poisson"
            ofLoss [ "Hinge"; "hinge" ] "Hinge"
            ofLoss [ "SquaredHinge"; "squared_hinge" ] "SquaredHinge"
            ofLoss [ "CategoricalHinge"; "categorical_hinge" ] "CategoricalHinge"
        ]
    }

    /// The class that a name stands for beside a target and an output: "accuracy" and "crossentropy" choose
    /// (keras/src/trainers/compile_utils.py).
    let private resolve (name: string) (yTrue: Shape) (yPred: Shape) : string =
        match name with
        | "accuracy"
        | "acc" -> Accuracies.classForAccuracy yTrue yPred
        | "crossentropy"
        | "ce" -> (Accuracies.classForAccuracy yTrue yPred).Replace("Accuracy", "Crossentropy")
        | other -> other

    /// The metric that a name stands for, for targets and predictions of these shapes; its name in the logs is the name
    /// given. Raises ArgumentException with the nearest names when it is unknown.
    let ofName (name: string) (yTrue: Shape) (yPred: Shape) : Metric = {
        Registry.create (resolve name yTrue yPred) [] registry with
            Name = name
    }

    /// The metric of a class with a configuration. Raises ArgumentException with the nearest names when it is unknown.
    let ofNameWith (className: string) (config: Config) : Metric =
        Registry.create className config registry

    /// The metric that a saved value stands for, for targets and predictions of these shapes.
    let ofConfig (value: ConfigValue) (yTrue: Shape) (yPred: Shape) : Metric =
        match value with
        | ConfigValue.String name -> ofName name yTrue yPred
        | _ -> Registry.ofConfig value registry

    /// What Keras saves.
    let toConfig (metric: Metric) : ConfigValue =
        Registry.toConfig metric.ClassName (("name", ConfigValue.String metric.Name) :: metric.Config) registry
