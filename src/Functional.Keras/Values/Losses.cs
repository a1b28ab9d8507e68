namespace Functional.Keras;

/// <summary>What training makes small, under Keras's names. A text converts to a loss as well: <c>"mse"</c>.</summary>
public static partial class Losses
{
    /// <summary>mean((y - p)²).</summary>
    /// <param name="reduction">"sum_over_batch_size" or "sum"; one value per sample (null) is refused by Compile.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The loss.</returns>
    public static Loss MeanSquaredError(string? reduction = "sum_over_batch_size", string? name = null) =>
        new("MeanSquaredError", new() { ["reduction"] = reduction, ["name"] = name });

    /// <summary>mean(|y - p|).</summary>
    /// <param name="reduction">"sum_over_batch_size" or "sum"; one value per sample (null) is refused by Compile.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The loss.</returns>
    public static Loss MeanAbsoluteError(string? reduction = "sum_over_batch_size", string? name = null) =>
        new("MeanAbsoluteError", new() { ["reduction"] = reduction, ["name"] = name });

    /// <summary>100 * mean(|(y - p) / y|).</summary>
    /// <param name="reduction">"sum_over_batch_size" or "sum"; one value per sample (null) is refused by Compile.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The loss.</returns>
    public static Loss MeanAbsolutePercentageError(string? reduction = "sum_over_batch_size", string? name = null) =>
        new("MeanAbsolutePercentageError", new() { ["reduction"] = reduction, ["name"] = name });

    /// <summary>mean((log(y + 1) - log(p + 1))²).</summary>
    /// <param name="reduction">"sum_over_batch_size" or "sum"; one value per sample (null) is refused by Compile.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The loss.</returns>
    public static Loss MeanSquaredLogarithmicError(string? reduction = "sum_over_batch_size", string? name = null) =>
        new("MeanSquaredLogarithmicError", new() { ["reduction"] = reduction, ["name"] = name });

    /// <summary>Squared near zero, straight beyond delta.</summary>
    /// <param name="delta">Where it becomes straight.</param>
    /// <param name="reduction">"sum_over_batch_size" or "sum"; one value per sample (null) is refused by Compile.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The loss.</returns>
    public static Loss Huber(double delta = 1.0, string? reduction = "sum_over_batch_size", string? name = null) =>
        new("Huber", new() { ["delta"] = delta, ["reduction"] = reduction, ["name"] = name });

    /// <summary>mean(log(cosh(p - y))).</summary>
    /// <param name="reduction">"sum_over_batch_size" or "sum"; one value per sample (null) is refused by Compile.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The loss.</returns>
    public static Loss LogCosh(string? reduction = "sum_over_batch_size", string? name = null) =>
        new("LogCosh", new() { ["reduction"] = reduction, ["name"] = name });

    /// <summary>-mean(y log(p) + (1 - y) log(1 - p)), for outputs of sigmoid units.</summary>
    /// <param name="fromLogits">Whether predictions are logits, not probabilities.</param>
    /// <param name="labelSmoothing">How much of each target is spread over all classes, 0 to 1.</param>
    /// <param name="axis">The axis of classes.</param>
    /// <param name="reduction">"sum_over_batch_size" or "sum"; one value per sample (null) is refused by Compile.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The loss.</returns>
    public static Loss BinaryCrossentropy(
        bool fromLogits = false,
        double labelSmoothing = 0.0,
        int axis = -1,
        string? reduction = "sum_over_batch_size",
        string? name = null) =>
        new("BinaryCrossentropy", new()
        {
            ["from_logits"] = fromLogits,
            ["label_smoothing"] = labelSmoothing,
            ["axis"] = axis,
            ["reduction"] = reduction,
            ["name"] = name,
        });

    /// <summary>-sum(y log(p)), for one-hot targets.</summary>
    /// <param name="fromLogits">Whether predictions are logits, not probabilities.</param>
    /// <param name="labelSmoothing">How much of each target is spread over all classes, 0 to 1.</param>
    /// <param name="axis">The axis of classes.</param>
    /// <param name="reduction">"sum_over_batch_size" or "sum"; one value per sample (null) is refused by Compile.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The loss.</returns>
    public static Loss CategoricalCrossentropy(
        bool fromLogits = false,
        double labelSmoothing = 0.0,
        int axis = -1,
        string? reduction = "sum_over_batch_size",
        string? name = null) =>
        new("CategoricalCrossentropy", new()
        {
            ["from_logits"] = fromLogits,
            ["label_smoothing"] = labelSmoothing,
            ["axis"] = axis,
            ["reduction"] = reduction,
            ["name"] = name,
        });

    /// <summary>-log(p[y]), for targets that are class numbers.</summary>
    /// <param name="fromLogits">Whether predictions are logits, not probabilities.</param>
    /// <param name="ignoreClass">A class that does not count.</param>
    /// <param name="reduction">"sum_over_batch_size" or "sum"; one value per sample (null) is refused by Compile.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The loss.</returns>
    public static Loss SparseCategoricalCrossentropy(
        bool fromLogits = false,
        int? ignoreClass = null,
        string? reduction = "sum_over_batch_size",
        string? name = null) =>
        new("SparseCategoricalCrossentropy", new()
        {
            ["from_logits"] = fromLogits,
            ["ignore_class"] = ignoreClass,
            ["reduction"] = reduction,
            ["name"] = name,
        });

    /// <summary>sum(y log(y / p)).</summary>
    /// <param name="reduction">"sum_over_batch_size" or "sum"; one value per sample (null) is refused by Compile.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The loss.</returns>
    public static Loss KLDivergence(string? reduction = "sum_over_batch_size", string? name = null) =>
        new("KLDivergence", new() { ["reduction"] = reduction, ["name"] = name });

    /// <summary>mean(p - y log(p)).</summary>
    /// <param name="reduction">"sum_over_batch_size" or "sum"; one value per sample (null) is refused by Compile.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The loss.</returns>
    public static Loss Poisson(string? reduction = "sum_over_batch_size", string? name = null) =>
        new("Poisson", new() { ["reduction"] = reduction, ["name"] = name });

    /// <summary>Minus the cosine of the angle between target and prediction.</summary>
    /// <param name="axis">The axis of vectors.</param>
    /// <param name="reduction">"sum_over_batch_size" or "sum"; one value per sample (null) is refused by Compile.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The loss.</returns>
    public static Loss CosineSimilarity(
        int axis = -1,
        string? reduction = "sum_over_batch_size",
        string? name = null) =>
        new("CosineSimilarity", new() { ["axis"] = axis, ["reduction"] = reduction, ["name"] = name });

    /// <summary>mean(max(0, 1 - y p)), for targets of -1 and 1.</summary>
    /// <param name="reduction">"sum_over_batch_size" or "sum"; one value per sample (null) is refused by Compile.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The loss.</returns>
    public static Loss Hinge(string? reduction = "sum_over_batch_size", string? name = null) =>
        new("Hinge", new() { ["reduction"] = reduction, ["name"] = name });

    /// <summary>mean(max(0, 1 - y p)²), for targets of -1 and 1.</summary>
    /// <param name="reduction">"sum_over_batch_size" or "sum"; one value per sample (null) is refused by Compile.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The loss.</returns>
    public static Loss SquaredHinge(string? reduction = "sum_over_batch_size", string? name = null) =>
        new("SquaredHinge", new() { ["reduction"] = reduction, ["name"] = name });

    /// <summary>max(0, 1 + max((1 - y) p) - sum(y p)).</summary>
    /// <param name="reduction">"sum_over_batch_size" or "sum"; one value per sample (null) is refused by Compile.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The loss.</returns>
    public static Loss CategoricalHinge(string? reduction = "sum_over_batch_size", string? name = null) =>
        new("CategoricalHinge", new() { ["reduction"] = reduction, ["name"] = name });
}
