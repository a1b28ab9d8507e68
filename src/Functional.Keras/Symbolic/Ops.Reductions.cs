namespace Functional.Keras;

/// <content>Axes put together.</content>
public static partial class Ops
{
    /// <summary>The sum over axes.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis or axes; null is all. Axis 0 is the batch.</param>
    /// <param name="keepdims">Whether the axes stay, with length 1.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Sum(SymbolicTensor x, Axes? axis = null, bool keepdims = false) =>
        Call("Sum", Reduction(axis, keepdims), x);

    /// <summary>The mean over axes.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis or axes; null is all. Axis 0 is the batch.</param>
    /// <param name="keepdims">Whether the axes stay, with length 1.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Mean(SymbolicTensor x, Axes? axis = null, bool keepdims = false) =>
        Call("Mean", Reduction(axis, keepdims), x);

    /// <summary>The product over axes.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis or axes; null is all. Axis 0 is the batch.</param>
    /// <param name="keepdims">Whether the axes stay, with length 1.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Prod(SymbolicTensor x, Axes? axis = null, bool keepdims = false) =>
        Call("Prod", Reduction(axis, keepdims), x);

    /// <summary>The greatest number over axes.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis or axes; null is all. Axis 0 is the batch.</param>
    /// <param name="keepdims">Whether the axes stay, with length 1.</param>
    /// <param name="initial">One more number; null is none.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Max(
        SymbolicTensor x, Axes? axis = null, bool keepdims = false, double? initial = null) =>
        Call("Max", Extremum(axis, keepdims, initial), x);

    /// <summary>The least number over axes.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis or axes; null is all. Axis 0 is the batch.</param>
    /// <param name="keepdims">Whether the axes stay, with length 1.</param>
    /// <param name="initial">One more number; null is none.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Min(
        SymbolicTensor x, Axes? axis = null, bool keepdims = false, double? initial = null) =>
        Call("Min", Extremum(axis, keepdims, initial), x);

    /// <summary>The greatest number over axes.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis or axes; null is all. Axis 0 is the batch.</param>
    /// <param name="keepdims">Whether the axes stay, with length 1.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Amax(SymbolicTensor x, Axes? axis = null, bool keepdims = false) =>
        Call("Amax", Reduction(axis, keepdims), x);

    /// <summary>The least number over axes.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis or axes; null is all. Axis 0 is the batch.</param>
    /// <param name="keepdims">Whether the axes stay, with length 1.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Amin(SymbolicTensor x, Axes? axis = null, bool keepdims = false) =>
        Call("Amin", Reduction(axis, keepdims), x);

    /// <summary>The variance over axes, divided by the number of elements.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis or axes; null is all. Axis 0 is the batch.</param>
    /// <param name="keepdims">Whether the axes stay, with length 1.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Var(SymbolicTensor x, Axes? axis = null, bool keepdims = false) =>
        Call("Var", Reduction(axis, keepdims), x);

    /// <summary>The standard deviation over axes.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis or axes; null is all. Axis 0 is the batch.</param>
    /// <param name="keepdims">Whether the axes stay, with length 1.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Std(SymbolicTensor x, Axes? axis = null, bool keepdims = false) =>
        Call("Std", Reduction(axis, keepdims), x);

    /// <summary>Whether all are true over axes.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis or axes; null is all. Axis 0 is the batch.</param>
    /// <param name="keepdims">Whether the axes stay, with length 1.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor All(SymbolicTensor x, Axes? axis = null, bool keepdims = false) =>
        Call("All", Reduction(axis, keepdims), x);

    /// <summary>Whether one is true over axes.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis or axes; null is all. Axis 0 is the batch.</param>
    /// <param name="keepdims">Whether the axes stay, with length 1.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Any(SymbolicTensor x, Axes? axis = null, bool keepdims = false) =>
        Call("Any", Reduction(axis, keepdims), x);

    /// <summary>The number of elements that are not 0 over axes.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis or axes; null is all. Axis 0 is the batch.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor CountNonzero(SymbolicTensor x, Axes? axis = null) =>
        Call("CountNonzero", new() { ["axis"] = axis?.Json }, x);

    /// <summary>The position of the first greatest element.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis; null is all elements in their order.</param>
    /// <param name="keepdims">Whether the axes stay, with length 1.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Argmax(SymbolicTensor x, int? axis = null, bool keepdims = false) =>
        Call("Argmax", new() { ["axis"] = axis, ["keepdims"] = keepdims }, x);

    /// <summary>The position of the first least element.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis; null is all elements in their order.</param>
    /// <param name="keepdims">Whether the axes stay, with length 1.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Argmin(SymbolicTensor x, int? axis = null, bool keepdims = false) =>
        Call("Argmin", new() { ["axis"] = axis, ["keepdims"] = keepdims }, x);

    /// <summary>The mean with weights.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis; null is all.</param>
    /// <param name="weights">The weights: one for every element, or for every position of the axis; null weighs all the
    /// same.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Average(SymbolicTensor x, int? axis = null, Operand? weights = null) =>
        weights is null
        ? Call("Average", new() { ["axis"] = axis }, x)
        : Call("Average", new() { ["axis"] = axis }, x, weights);

    /// <summary><c>log(sum(exp(x)))</c> over axes, stable for large numbers.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis or axes; null is all. Axis 0 is the batch.</param>
    /// <param name="keepdims">Whether the axes stay, with length 1.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Logsumexp(SymbolicTensor x, Axes? axis = null, bool keepdims = false) =>
        Call("Logsumexp", new() { ["axis"] = axis is null ? null : RequiredList(axis), ["keepdims"] = keepdims }, x);

    /// <summary>The norm of vectors over one axis, or of matrices over two.</summary>
    /// <remarks>
    /// Of vectors: any number, 0 counts what is not 0, infinities are the greatest and the least magnitude. Of matrices:
    /// "fro", 1 and -1 (greatest and least sum of a column), infinities (of a row), 2 and -2 (greatest and least singular
    /// value) and "nuc" (their sum); for singular values one of the two lengths must be known.
    /// </remarks>
    /// <param name="x">The tensor.</param>
    /// <param name="ord">The order of the norm; null is the root of the sum of squares.</param>
    /// <param name="axis">The axis or axes; null is all. Axis 0 is the batch.</param>
    /// <param name="keepdims">Whether the axes stay, with length 1.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Norm(
        SymbolicTensor x, NormOrder? ord = null, Axes? axis = null, bool keepdims = false) =>
        Call("Norm", new() { ["ord"] = ord?.Json, ["axis"] = axis?.Json, ["keepdims"] = keepdims }, x);

    /// <summary>The mean and the variance over axes.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axes">The axes.</param>
    /// <param name="keepdims">Whether the axes stay, with length 1.</param>
    /// <returns>The mean, and the variance.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensors Moments(SymbolicTensor x, Axes axes, bool keepdims = false) =>
        CallSeveral("Moments", new() { ["axes"] = RequiredList(axes), ["keepdims"] = keepdims, ["synchronized"] = false }, x);
}
