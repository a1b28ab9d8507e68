namespace Functional.Keras;

/// <content>Activation functions as layers.</content>
public static partial class Layers
{
    /// <summary>Applies an activation function.</summary>
    /// <param name="activation">The activation.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: Any to the same.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Activation(Activation activation, string? name = null, Shape? inputShape = null) =>
        LayerInstance.Create("Activation", name, new() { ["activation"] = Required(activation) }, inputShape);

    /// <summary>max(0, x), with a slope below zero, a limit above and a threshold when asked for.</summary>
    /// <param name="maxValue">The limit; null is none.</param>
    /// <param name="negativeSlope">The slope below the threshold.</param>
    /// <param name="threshold">Where it begins.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: Any to the same.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer ReLU(
        double? maxValue = null,
        double negativeSlope = 0.0,
        double threshold = 0.0,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "ReLU",
            name,
            new()
            {
                ["max_value"] = maxValue,
                ["negative_slope"] = negativeSlope,
                ["threshold"] = threshold,
            },
            inputShape);

    /// <summary>x above zero, negativeSlope * x below.</summary>
    /// <param name="negativeSlope">The slope below zero.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: Any to the same.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer LeakyReLU(double negativeSlope = 0.3, string? name = null, Shape? inputShape = null) =>
        LayerInstance.Create("LeakyReLU", name, new() { ["negative_slope"] = negativeSlope }, inputShape);

    /// <summary>x above zero, alpha * x below, where alpha is learnt (He et al. 2015).</summary>
    /// <param name="alphaInitializer">How alpha begins; null is Zeros.</param>
    /// <param name="alphaRegularizer">A penalty on alpha.</param>
    /// <param name="alphaConstraint">A projection of alpha after every update.</param>
    /// <param name="sharedAxes">The axes along which alpha is one number.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: Any to the same. Weights: alpha, of the shape of one sample.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer PReLU(
        Initializer? alphaInitializer = null,
        Regularizer? alphaRegularizer = null,
        Constraint? alphaConstraint = null,
        Axes? sharedAxes = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "PReLU",
            name,
            new()
            {
                ["alpha_initializer"] = Or(alphaInitializer, "Zeros"),
                ["alpha_regularizer"] = alphaRegularizer?.Json,
                ["alpha_constraint"] = alphaConstraint?.Json,
                ["shared_axes"] = sharedAxes?.Json,
            },
            inputShape);

    /// <summary>x above zero, alpha * (exp(x) - 1) below (Clevert et al. 2016).</summary>
    /// <param name="alpha">The factor below zero.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: Any to the same.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer ELU(double alpha = 1.0, string? name = null, Shape? inputShape = null) =>
        LayerInstance.Create("ELU", name, new() { ["alpha"] = alpha }, inputShape);

    /// <summary>exp(x) / sum(exp(x)): probabilities along an axis.</summary>
    /// <param name="axis">The axis or axes of classes; null is the last.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: Any to the same.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Softmax(Axes? axis = null, string? name = null, Shape? inputShape = null) =>
        LayerInstance.Create("Softmax", name, new() { ["axis"] = axis?.Json ?? -1 }, inputShape);
}
