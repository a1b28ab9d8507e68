namespace Functional.Keras;

/// <content>Losses for classes of very different sizes.</content>
public static partial class Losses
{
    /// <summary>Binary cross-entropy in which easy samples count less (Lin et al. 2017).</summary>
    /// <param name="applyClassBalancing">Whether class 1 counts alpha and class 0 counts 1 - alpha.</param>
    /// <param name="alpha">How much class 1 counts when classes are balanced.</param>
    /// <param name="gamma">How much less easy samples count.</param>
    /// <param name="fromLogits">Whether predictions are logits, not probabilities.</param>
    /// <param name="labelSmoothing">How much of each target is spread over all classes, 0 to 1.</param>
    /// <param name="axis">The axis of classes.</param>
    /// <param name="reduction">"sum_over_batch_size" or "sum"; one value per sample (null) is refused by Compile.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The loss.</returns>
    public static Loss BinaryFocalCrossentropy(
        bool applyClassBalancing = false,
        double alpha = 0.25,
        double gamma = 2.0,
        bool fromLogits = false,
        double labelSmoothing = 0.0,
        int axis = -1,
        string? reduction = "sum_over_batch_size",
        string? name = null) =>
        new("BinaryFocalCrossentropy", new()
        {
            ["apply_class_balancing"] = applyClassBalancing,
            ["alpha"] = alpha,
            ["gamma"] = gamma,
            ["from_logits"] = fromLogits,
            ["label_smoothing"] = labelSmoothing,
            ["axis"] = axis,
            ["reduction"] = reduction,
            ["name"] = name,
        });

    /// <summary>Categorical cross-entropy in which easy samples count less (Lin et al. 2017).</summary>
    /// <param name="alpha">The factor of all classes.</param>
    /// <param name="gamma">How much less easy samples count.</param>
    /// <param name="fromLogits">Whether predictions are logits, not probabilities.</param>
    /// <param name="labelSmoothing">How much of each target is spread over all classes, 0 to 1.</param>
    /// <param name="axis">The axis of classes.</param>
    /// <param name="reduction">"sum_over_batch_size" or "sum"; one value per sample (null) is refused by Compile.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The loss.</returns>
    public static Loss CategoricalFocalCrossentropy(
        double alpha = 0.25,
        double gamma = 2.0,
        bool fromLogits = false,
        double labelSmoothing = 0.0,
        int axis = -1,
        string? reduction = "sum_over_batch_size",
        string? name = null) =>
        new("CategoricalFocalCrossentropy", new()
        {
            ["alpha"] = alpha,
            ["gamma"] = gamma,
            ["from_logits"] = fromLogits,
            ["label_smoothing"] = labelSmoothing,
            ["axis"] = axis,
            ["reduction"] = reduction,
            ["name"] = name,
        });

    /// <summary>1 - the Dice coefficient: twice the overlap over the sum of the sizes.</summary>
    /// <param name="reduction">"sum_over_batch_size" or "sum"; one value per sample (null) is refused by Compile.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The loss.</returns>
    public static Loss Dice(
        string? reduction = "sum_over_batch_size",
        string? name = null) =>
        new("Dice", new()
        {
            ["reduction"] = reduction,
            ["name"] = name,
        });

    /// <summary>1 - the Tversky index: the overlap over itself and weighted false positives and negatives (Salehi et
    /// al. 2017).</summary>
    /// <param name="alpha">How much false positives count.</param>
    /// <param name="beta">How much false negatives count.</param>
    /// <param name="reduction">"sum_over_batch_size" or "sum"; one value per sample (null) is refused by Compile.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The loss.</returns>
    public static Loss Tversky(
        double alpha = 0.5,
        double beta = 0.5,
        string? reduction = "sum_over_batch_size",
        string? name = null) =>
        new("Tversky", new()
        {
            ["alpha"] = alpha,
            ["beta"] = beta,
            ["reduction"] = reduction,
            ["name"] = name,
        });
}
