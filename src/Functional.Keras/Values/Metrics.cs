namespace Functional.Keras;

/// <summary>What is reported besides the loss, under Keras's names. A text converts to a metric as well:
/// <c>"accuracy"</c>.</summary>
public static partial class Metrics
{
    /// <summary>How often predictions equal targets.</summary>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric Accuracy(string? name = null) => new("Accuracy", new() { ["name"] = name });

    /// <summary>How often probabilities are on the right side of a threshold.</summary>
    /// <param name="name">A name; null is Keras's.</param>
    /// <param name="threshold">From where a probability counts as yes.</param>
    /// <returns>The metric.</returns>
    public static Metric BinaryAccuracy(string? name = null, double threshold = 0.5) =>
        new("BinaryAccuracy", new() { ["name"] = name, ["threshold"] = threshold });

    /// <summary>How often the likeliest class is the one-hot target.</summary>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric CategoricalAccuracy(string? name = null) =>
        new("CategoricalAccuracy", new() { ["name"] = name });

    /// <summary>How often the likeliest class is the target class.</summary>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric SparseCategoricalAccuracy(string? name = null) =>
        new("SparseCategoricalAccuracy", new() { ["name"] = name });

    /// <summary>How often the one-hot target is among the likeliest classes.</summary>
    /// <param name="k">How many of the likeliest classes count.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric TopKCategoricalAccuracy(int k = 5, string? name = null) =>
        new("TopKCategoricalAccuracy", new() { ["k"] = k, ["name"] = name });

    /// <summary>How often the target class is among the likeliest classes.</summary>
    /// <param name="k">How many of the likeliest classes count.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric SparseTopKCategoricalAccuracy(int k = 5, string? name = null) =>
        new("SparseTopKCategoricalAccuracy", new() { ["k"] = k, ["name"] = name });

    /// <summary>The mean of squared differences.</summary>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric MeanSquaredError(string? name = null) => new("MeanSquaredError", new() { ["name"] = name });

    /// <summary>The root of the mean of squared differences.</summary>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric RootMeanSquaredError(string? name = null) =>
        new("RootMeanSquaredError", new() { ["name"] = name });

    /// <summary>The mean of absolute differences.</summary>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric MeanAbsoluteError(string? name = null) =>
        new("MeanAbsoluteError", new() { ["name"] = name });

    /// <summary>The mean of absolute differences, in percent of the target.</summary>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric MeanAbsolutePercentageError(string? name = null) =>
        new("MeanAbsolutePercentageError", new() { ["name"] = name });

    /// <summary>The mean of squared differences of logarithms.</summary>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric MeanSquaredLogarithmicError(string? name = null) =>
        new("MeanSquaredLogarithmicError", new() { ["name"] = name });

    /// <summary>The binary cross-entropy.</summary>
    /// <param name="name">A name; null is Keras's.</param>
    /// <param name="fromLogits">Whether predictions are logits, not probabilities.</param>
    /// <param name="labelSmoothing">How much of each target is spread over both classes.</param>
    /// <returns>The metric.</returns>
    public static Metric BinaryCrossentropy(
        string? name = null,
        bool fromLogits = false,
        double labelSmoothing = 0.0) =>
        new("BinaryCrossentropy", new()
        {
            ["name"] = name,
            ["from_logits"] = fromLogits,
            ["label_smoothing"] = labelSmoothing,
        });

    /// <summary>The cross-entropy for one-hot targets.</summary>
    /// <param name="name">A name; null is Keras's.</param>
    /// <param name="fromLogits">Whether predictions are logits, not probabilities.</param>
    /// <param name="labelSmoothing">How much of each target is spread over all classes, 0 to 1.</param>
    /// <param name="axis">The axis of classes.</param>
    /// <returns>The metric.</returns>
    public static Metric CategoricalCrossentropy(
        string? name = null,
        bool fromLogits = false,
        double labelSmoothing = 0.0,
        int axis = -1) =>
        new("CategoricalCrossentropy", new()
        {
            ["name"] = name,
            ["from_logits"] = fromLogits,
            ["label_smoothing"] = labelSmoothing,
            ["axis"] = axis,
        });

    /// <summary>The cross-entropy for targets that are class numbers.</summary>
    /// <param name="name">A name; null is Keras's.</param>
    /// <param name="fromLogits">Whether predictions are logits, not probabilities.</param>
    /// <param name="axis">The axis of classes.</param>
    /// <returns>The metric.</returns>
    public static Metric SparseCategoricalCrossentropy(string? name = null, bool fromLogits = false, int axis = -1) =>
        new("SparseCategoricalCrossentropy", new()
        {
            ["name"] = name,
            ["from_logits"] = fromLogits,
            ["axis"] = axis,
        });

    /// <summary>Of what was predicted as yes, how much is.</summary>
    /// <param name="thresholds">From where a probability counts as yes; null is 0.5. Several, <c>[0.3, 0.5]</c>, are reported
    /// under the metric's name and _0, _1, ..., and their mean under its name.</param>
    /// <param name="topK">Only the likeliest classes count as predicted.</param>
    /// <param name="classId">Only this class is looked at.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric Precision(
        Thresholds? thresholds = null,
        int? topK = null,
        int? classId = null,
        string? name = null) =>
        new("Precision", new()
        {
            ["thresholds"] = thresholds?.Json,
            ["top_k"] = topK,
            ["class_id"] = classId,
            ["name"] = name,
        });

    /// <summary>Of what is yes, how much was predicted as yes.</summary>
    /// <param name="thresholds">From where a probability counts as yes; null is 0.5. Several, <c>[0.3, 0.5]</c>, are reported
    /// under the metric's name and _0, _1, ..., and their mean under its name.</param>
    /// <param name="topK">Only the likeliest classes count as predicted.</param>
    /// <param name="classId">Only this class is looked at.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric Recall(
        Thresholds? thresholds = null,
        int? topK = null,
        int? classId = null,
        string? name = null) =>
        new("Recall", new()
        {
            ["thresholds"] = thresholds?.Json,
            ["top_k"] = topK,
            ["class_id"] = classId,
            ["name"] = name,
        });

    /// <summary>The area under the curve of true against false positives, or of precision against recall.</summary>
    /// <param name="numThresholds">How many points the curve has.</param>
    /// <param name="curve">"ROC" or "PR".</param>
    /// <param name="summationMethod">"interpolation", "minoring" or "majoring".</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <param name="thresholds">The points of the curve besides its ends; null spreads them evenly over 0 to 1.</param>
    /// <param name="multiLabel">Whether each number of the last axis has a curve of its own, whose areas are averaged.</param>
    /// <param name="numLabels">The length of the last axis, with multiLabel; null is that of the predictions.</param>
    /// <param name="labelWeights">How much each number of the last axis counts; null is 1.</param>
    /// <param name="fromLogits">Whether predictions are logits, not probabilities.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Metric AUC(
        int numThresholds = 200,
        string curve = "ROC",
        string summationMethod = "interpolation",
        string? name = null,
        Thresholds? thresholds = null,
        bool multiLabel = false,
        int? numLabels = null,
        IReadOnlyList<double>? labelWeights = null,
        bool fromLogits = false) =>
        new("AUC", new()
        {
            ["thresholds"] = thresholds?.Json,
            ["multi_label"] = multiLabel,
            ["num_labels"] = numLabels,
            ["label_weights"] = labelWeights is null ? null : ConfiguredValue.List(labelWeights),
            ["from_logits"] = fromLogits,
            ["num_thresholds"] = numThresholds,
            ["curve"] = curve,
            ["summation_method"] = summationMethod,
            ["name"] = name,
        });

    /// <summary>sum(y log(y / p)).</summary>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric KLDivergence(string? name = null) => new("KLDivergence", new() { ["name"] = name });

    /// <summary>mean(p - y log(p)).</summary>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric Poisson(string? name = null) => new("Poisson", new() { ["name"] = name });

    /// <summary>The cosine of the angle between target and prediction.</summary>
    /// <param name="name">A name; null is Keras's.</param>
    /// <param name="axis">The axis of vectors.</param>
    /// <returns>The metric.</returns>
    public static Metric CosineSimilarity(string? name = null, int axis = -1) =>
        new("CosineSimilarity", new() { ["name"] = name, ["axis"] = axis });

    /// <summary>mean(log(cosh(p - y))).</summary>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric LogCoshError(string? name = null) => new("LogCoshError", new() { ["name"] = name });

    /// <summary>mean(max(0, 1 - y p)).</summary>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric Hinge(string? name = null) => new("Hinge", new() { ["name"] = name });

    /// <summary>mean(max(0, 1 - y p)²).</summary>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric SquaredHinge(string? name = null) => new("SquaredHinge", new() { ["name"] = name });

    /// <summary>max(0, 1 + max((1 - y) p) - sum(y p)).</summary>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric CategoricalHinge(string? name = null) => new("CategoricalHinge", new() { ["name"] = name });
}
