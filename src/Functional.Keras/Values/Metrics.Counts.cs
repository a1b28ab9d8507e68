namespace Functional.Keras;

/// <content>Means, counts, and the best of one rate at another.</content>
public static partial class Metrics
{
    /// <summary>The mean of the predictions.</summary>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric Mean(string? name = null) => new("Mean", new() { ["name"] = name });

    /// <summary>The sum of the predictions.</summary>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric Sum(string? name = null) => new("Sum", new() { ["name"] = name });

    /// <summary>The number of samples that are yes and were predicted as yes.</summary>
    /// <param name="thresholds">From where a probability counts as yes; null is 0.5. Several, <c>[0.3, 0.5]</c>, are reported
    /// under the metric's name and _0, _1, ..., and their mean under its name.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric TruePositives(
        Thresholds? thresholds = null,
        string? name = null) =>
        new("TruePositives", new()
        {
            ["thresholds"] = thresholds?.Json,
            ["name"] = name,
        });

    /// <summary>The number of samples that are no and were predicted as no.</summary>
    /// <param name="thresholds">From where a probability counts as yes; null is 0.5. Several, <c>[0.3, 0.5]</c>, are reported
    /// under the metric's name and _0, _1, ..., and their mean under its name.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric TrueNegatives(
        Thresholds? thresholds = null,
        string? name = null) =>
        new("TrueNegatives", new()
        {
            ["thresholds"] = thresholds?.Json,
            ["name"] = name,
        });

    /// <summary>The number of samples that are no and were predicted as yes.</summary>
    /// <param name="thresholds">From where a probability counts as yes; null is 0.5. Several, <c>[0.3, 0.5]</c>, are reported
    /// under the metric's name and _0, _1, ..., and their mean under its name.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric FalsePositives(
        Thresholds? thresholds = null,
        string? name = null) =>
        new("FalsePositives", new()
        {
            ["thresholds"] = thresholds?.Json,
            ["name"] = name,
        });

    /// <summary>The number of samples that are yes and were predicted as no.</summary>
    /// <param name="thresholds">From where a probability counts as yes; null is 0.5. Several, <c>[0.3, 0.5]</c>, are reported
    /// under the metric's name and _0, _1, ..., and their mean under its name.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric FalseNegatives(
        Thresholds? thresholds = null,
        string? name = null) =>
        new("FalseNegatives", new()
        {
            ["thresholds"] = thresholds?.Json,
            ["name"] = name,
        });

    /// <summary>The best sensitivity over the thresholds at which the specificity is at least a number.</summary>
    /// <param name="specificity">That number, 0 to 1.</param>
    /// <param name="numThresholds">How many thresholds are tried.</param>
    /// <param name="classId">Only this class is looked at.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric SensitivityAtSpecificity(
        double specificity,
        int numThresholds = 200,
        int? classId = null,
        string? name = null) =>
        new("SensitivityAtSpecificity", new()
        {
            ["specificity"] = specificity,
            ["num_thresholds"] = numThresholds,
            ["class_id"] = classId,
            ["name"] = name,
        });

    /// <summary>The best specificity over the thresholds at which the sensitivity is at least a number.</summary>
    /// <param name="sensitivity">That number, 0 to 1.</param>
    /// <param name="numThresholds">How many thresholds are tried.</param>
    /// <param name="classId">Only this class is looked at.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric SpecificityAtSensitivity(
        double sensitivity,
        int numThresholds = 200,
        int? classId = null,
        string? name = null) =>
        new("SpecificityAtSensitivity", new()
        {
            ["sensitivity"] = sensitivity,
            ["num_thresholds"] = numThresholds,
            ["class_id"] = classId,
            ["name"] = name,
        });

    /// <summary>The best precision over the thresholds at which the recall is at least a number.</summary>
    /// <param name="recall">That number, 0 to 1.</param>
    /// <param name="numThresholds">How many thresholds are tried.</param>
    /// <param name="classId">Only this class is looked at.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric PrecisionAtRecall(
        double recall,
        int numThresholds = 200,
        int? classId = null,
        string? name = null) =>
        new("PrecisionAtRecall", new()
        {
            ["recall"] = recall,
            ["num_thresholds"] = numThresholds,
            ["class_id"] = classId,
            ["name"] = name,
        });

    /// <summary>The best recall over the thresholds at which the precision is at least a number.</summary>
    /// <param name="precision">That number, 0 to 1.</param>
    /// <param name="numThresholds">How many thresholds are tried.</param>
    /// <param name="classId">Only this class is looked at.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The metric.</returns>
    public static Metric RecallAtPrecision(
        double precision,
        int numThresholds = 200,
        int? classId = null,
        string? name = null) =>
        new("RecallAtPrecision", new()
        {
            ["precision"] = precision,
            ["num_thresholds"] = numThresholds,
            ["class_id"] = classId,
            ["name"] = name,
        });
}
