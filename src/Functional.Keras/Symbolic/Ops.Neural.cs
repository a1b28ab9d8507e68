using Functional.Kernels.Memory;

namespace Functional.Keras;

/// <content>Functions of neural networks.</content>
public static partial class Ops
{
    /// <summary><c>max(x, 0)</c>.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Relu(SymbolicTensor x) => Call("Relu", [], x);

    /// <summary><c>min(max(x, 0), 6)</c>.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Relu6(SymbolicTensor x) => Call("Relu6", [], x);

    /// <summary><c>1 / (1 + exp(-x))</c>.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Sigmoid(SymbolicTensor x) => Call("Sigmoid", [], x);

    /// <summary><c>log(1 + exp(x))</c>.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Softplus(SymbolicTensor x) => Call("Softplus", [], x);

    /// <summary><c>x / (1 + |x|)</c>.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Softsign(SymbolicTensor x) => Call("Softsign", [], x);

    /// <summary><c>x * sigmoid(x)</c>.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Silu(SymbolicTensor x) => Call("Silu", [], x);

    /// <summary><c>log(sigmoid(x))</c>.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor LogSigmoid(SymbolicTensor x) => Call("LogSigmoid", [], x);

    /// <summary><c>min(max(x / 6 + 0.5, 0), 1)</c>.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor HardSigmoid(SymbolicTensor x) => Call("HardSigmoid", [], x);

    /// <summary><c>x * hard_sigmoid(x)</c>.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor HardSilu(SymbolicTensor x) => Call("HardSilu", [], x);

    /// <summary>The scaled exponential linear unit.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Selu(SymbolicTensor x) => Call("Selu", [], x);

    /// <summary><c>x</c> above 0, and a fraction of it below.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="negativeSlope">The fraction.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor LeakyRelu(SymbolicTensor x, double negativeSlope = 0.2) =>
        Call("LeakyRelu", new() { ["negative_slope"] = negativeSlope }, x);

    /// <summary><c>x</c> above 0, <c>alpha * (exp(x) - 1)</c> below.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="alpha">The factor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Elu(SymbolicTensor x, double alpha = 1.0) =>
        Call("Elu", new() { ["alpha"] = alpha }, x);

    /// <summary><c>x</c> times the probability that a normal number is below it.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="approximate">Whether the formula with tanh is used.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Gelu(SymbolicTensor x, bool approximate = true) =>
        Call("Gelu", new() { ["approximate"] = approximate }, x);

    /// <summary><c>exp(x) / sum(exp(x))</c> along an axis.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Softmax(SymbolicTensor x, int axis = -1) =>
        Call("Softmax", new() { ["axis"] = axis }, x);

    /// <summary><c>log(softmax(x))</c> along an axis.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor LogSoftmax(SymbolicTensor x, int axis = -1) =>
        Call("LogSoftmax", new() { ["axis"] = axis }, x);

    /// <summary>A vector with a 1 at the place that a whole number names, and 0 elsewhere.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="numClasses">The length of the vectors.</param>
    /// <param name="axis">The place of the new axis.</param>
    /// <param name="dtype">The element type of the result.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor OneHot(
        SymbolicTensor x, int numClasses, int axis = -1, ElementKind dtype = ElementKind.Float32) =>
        Call("OneHot", new() { ["num_classes"] = numClasses, ["axis"] = axis, ["dtype"] = dtype.KerasName() }, x);

    /// <summary>A vector with a 1 at every place that one of the whole numbers of the last axis names, and 0
    /// elsewhere.</summary>
    /// <param name="inputs">The tensor.</param>
    /// <param name="numClasses">The length of the vectors.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor MultiHot(SymbolicTensor inputs, int numClasses) =>
        Call("MultiHot", new() { ["num_classes"] = numClasses }, inputs);

    /// <summary>Vectors of length 1 along an axis.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="order">The order of the norm, at least 1.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Normalize(SymbolicTensor x, int axis = -1, int order = 2) =>
        Call("Normalize", new() { ["axis"] = axis, ["order"] = order }, x);
}
