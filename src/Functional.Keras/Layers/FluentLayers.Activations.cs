namespace Functional.Keras;

/// <content>Activation functions as layers.</content>
public static partial class FluentLayers
{
    /// <summary>Applies an activation function. Calls <see cref="Layers.Activation"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="activation">The activation.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor Activation(this SymbolicTensor input, Activation activation, string? name = null) =>
        Layers.Activation(activation, name)(input);

    /// <summary>max(0, x), with a slope below zero, a limit above and a threshold when asked for. Calls <see
    /// cref="Layers.ReLU"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="maxValue">The limit; null is none.</param>
    /// <param name="negativeSlope">The slope below the threshold.</param>
    /// <param name="threshold">Where it begins.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor ReLU(
        this SymbolicTensor input,
        double? maxValue = null,
        double negativeSlope = 0.0,
        double threshold = 0.0,
        string? name = null) =>
        Layers.ReLU(maxValue, negativeSlope, threshold, name)(input);

    /// <summary>x above zero, negativeSlope * x below. Calls <see cref="Layers.LeakyReLU"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="negativeSlope">The slope below zero.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor LeakyReLU(
        this SymbolicTensor input,
        double negativeSlope = 0.3,
        string? name = null) =>
        Layers.LeakyReLU(negativeSlope, name)(input);

    /// <summary>x above zero, alpha * x below, where alpha is learnt (He et al. 2015). Calls <see
    /// cref="Layers.PReLU"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="alphaInitializer">How alpha begins; null is Zeros.</param>
    /// <param name="alphaRegularizer">A penalty on alpha.</param>
    /// <param name="alphaConstraint">A projection of alpha after every update.</param>
    /// <param name="sharedAxes">The axes along which alpha is one number.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor PReLU(
        this SymbolicTensor input,
        Initializer? alphaInitializer = null,
        Regularizer? alphaRegularizer = null,
        Constraint? alphaConstraint = null,
        Axes? sharedAxes = null,
        string? name = null) =>
        Layers.PReLU(alphaInitializer, alphaRegularizer, alphaConstraint, sharedAxes, name)(input);

    /// <summary>x above zero, alpha * (exp(x) - 1) below (Clevert et al. 2016). Calls <see cref="Layers.ELU"/> on a
    /// tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="alpha">The factor below zero.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor ELU(this SymbolicTensor input, double alpha = 1.0, string? name = null) =>
        Layers.ELU(alpha, name)(input);

    /// <summary>exp(x) / sum(exp(x)): probabilities along an axis. Calls <see cref="Layers.Softmax"/> on a
    /// tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="axis">The axis or axes of classes; null is the last.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor Softmax(this SymbolicTensor input, Axes? axis = null, string? name = null) =>
        Layers.Softmax(axis, name)(input);
}
