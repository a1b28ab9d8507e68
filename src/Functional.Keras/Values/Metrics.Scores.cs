namespace Functional.Keras;

/// <content>Scores of classifications, regressions and segmentations.</content>
public static partial class Metrics
{
    /// <summary>The harmonic mean of precision and recall.</summary>
    /// <param name="average">"micro", "macro", "weighted"; null reports every class under the metric's name and
    /// _0, _1, ..., and their mean under its name.</param>
    /// <param name="threshold">From where a probability counts as yes; null takes the likeliest class.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric F1Score(
        string? average = null,
        double? threshold = null,
        string? name = null) =>
        new("F1Score", new()
        {
            ["average"] = average,
            ["threshold"] = threshold,
            ["name"] = name,
        });

    /// <summary>The harmonic mean of precision and recall, in which recall counts beta times.</summary>
    /// <param name="average">"micro", "macro", "weighted"; null reports every class under the metric's name and
    /// _0, _1, ..., and their mean under its name.</param>
    /// <param name="beta">How much recall counts.</param>
    /// <param name="threshold">From where a probability counts as yes; null takes the likeliest class.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric FBetaScore(
        string? average = null,
        double beta = 1.0,
        double? threshold = null,
        string? name = null) =>
        new("FBetaScore", new()
        {
            ["average"] = average,
            ["beta"] = beta,
            ["threshold"] = threshold,
            ["name"] = name,
        });

    /// <summary>The share of the variance that is predicted.</summary>
    /// <param name="classAggregation">"uniform_average", "variance_weighted_average"; null reports every output under the
    /// metric's name and _0, _1, ..., and their mean under its name.</param>
    /// <param name="numRegressors">Adjusts the score for so many regressors; 0 does not.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric R2Score(
        string? classAggregation = "uniform_average",
        int numRegressors = 0,
        string? name = null) =>
        new("R2Score", new()
        {
            ["class_aggregation"] = classAggregation,
            ["num_regressors"] = numRegressors,
            ["name"] = name,
        });

    /// <summary>The overlap over the union, averaged over some classes.</summary>
    /// <param name="numClasses">The number of classes.</param>
    /// <param name="targetClassIds">The classes that are averaged over.</param>
    /// <param name="ignoreClass">A class that is left out; null is none.</param>
    /// <param name="sparseYTrue">Whether targets are whole numbers, not vectors.</param>
    /// <param name="sparseYPred">Whether predictions are whole numbers, not scores.</param>
    /// <param name="axis">The axis of classes.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric IoU(
        int numClasses,
        int[] targetClassIds,
        int? ignoreClass = null,
        bool sparseYTrue = true,
        bool sparseYPred = true,
        int axis = -1,
        string? name = null) =>
        new("IoU", new()
        {
            ["num_classes"] = numClasses,
            ["target_class_ids"] = ConfiguredValue.List(targetClassIds),
            ["ignore_class"] = ignoreClass,
            ["sparse_y_true"] = sparseYTrue,
            ["sparse_y_pred"] = sparseYPred,
            ["axis"] = axis,
            ["name"] = name,
        });

    /// <summary>The overlap over the union, averaged over all classes.</summary>
    /// <param name="numClasses">The number of classes.</param>
    /// <param name="ignoreClass">A class that is left out; null is none.</param>
    /// <param name="sparseYTrue">Whether targets are whole numbers, not vectors.</param>
    /// <param name="sparseYPred">Whether predictions are whole numbers, not scores.</param>
    /// <param name="axis">The axis of classes.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric MeanIoU(
        int numClasses,
        int? ignoreClass = null,
        bool sparseYTrue = true,
        bool sparseYPred = true,
        int axis = -1,
        string? name = null) =>
        new("MeanIoU", new()
        {
            ["num_classes"] = numClasses,
            ["ignore_class"] = ignoreClass,
            ["sparse_y_true"] = sparseYTrue,
            ["sparse_y_pred"] = sparseYPred,
            ["axis"] = axis,
            ["name"] = name,
        });

    /// <summary>The overlap over the union of classes 0 and 1.</summary>
    /// <param name="targetClassIds">The classes that are averaged over; null is both.</param>
    /// <param name="threshold">From where a probability counts as class 1.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric BinaryIoU(
        int[]? targetClassIds = null,
        double threshold = 0.5,
        string? name = null) =>
        new("BinaryIoU", new()
        {
            ["target_class_ids"] = ConfiguredValue.List(targetClassIds ?? [0, 1]),
            ["threshold"] = threshold,
            ["name"] = name,
        });

    /// <summary>The overlap over the union, averaged over some classes, for one-hot targets.</summary>
    /// <param name="numClasses">The number of classes.</param>
    /// <param name="targetClassIds">The classes that are averaged over.</param>
    /// <param name="ignoreClass">A class that is left out; null is none.</param>
    /// <param name="sparseYPred">Whether predictions are whole numbers, not scores.</param>
    /// <param name="axis">The axis of classes.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric OneHotIoU(
        int numClasses,
        int[] targetClassIds,
        int? ignoreClass = null,
        bool sparseYPred = false,
        int axis = -1,
        string? name = null) =>
        new("OneHotIoU", new()
        {
            ["num_classes"] = numClasses,
            ["target_class_ids"] = ConfiguredValue.List(targetClassIds),
            ["ignore_class"] = ignoreClass,
            ["sparse_y_pred"] = sparseYPred,
            ["axis"] = axis,
            ["name"] = name,
        });

    /// <summary>The overlap over the union, averaged over all classes, for one-hot targets.</summary>
    /// <param name="numClasses">The number of classes.</param>
    /// <param name="ignoreClass">A class that is left out; null is none.</param>
    /// <param name="sparseYPred">Whether predictions are whole numbers, not scores.</param>
    /// <param name="axis">The axis of classes.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric OneHotMeanIoU(
        int numClasses,
        int? ignoreClass = null,
        bool sparseYPred = false,
        int axis = -1,
        string? name = null) =>
        new("OneHotMeanIoU", new()
        {
            ["num_classes"] = numClasses,
            ["ignore_class"] = ignoreClass,
            ["sparse_y_pred"] = sparseYPred,
            ["axis"] = axis,
            ["name"] = name,
        });
}
