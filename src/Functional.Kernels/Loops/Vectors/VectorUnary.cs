using System.Runtime.CompilerServices;

namespace Functional.Kernels.Loops.Vectors;

/// <summary>
/// Functions of one vector of floats; each has the name of its member of <see cref="LoopUnary"/>. Sigmoid, tanh,
/// softplus and erf of floats are within 3 units in the last place. What is missing here is computed lane by lane.
/// </summary>
internal static class VectorUnary<TWidth, TFloats, TIntegers>
    where TWidth : IVectorArithmetic<TFloats, TIntegers>
{
    private static TFloats SignBit => TWidth.Constant(-0.0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Negate(TFloats x) => TWidth.Negate(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Abs(TFloats x) => TWidth.Abs(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Sign(TFloats x)
    {
        var zero = TWidth.Constant(0);
        var negative = TWidth.Select(TWidth.Less(x, zero), TWidth.Constant(-1), x);
        return TWidth.Select(TWidth.Less(zero, x), TWidth.Constant(1), negative);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Exp(TFloats x) => VectorExponential<TWidth, TFloats, TIntegers>.Exp(x);

    /// <summary>The exponential of what Negate gives: no member of the enumeration.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats ExpOfNegative(TFloats x) => VectorExponential<TWidth, TFloats, TIntegers>.ExpOfNegative(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Expm1(TFloats x) => VectorExponential<TWidth, TFloats, TIntegers>.Expm1(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Log(TFloats x) => VectorLogarithm<TWidth, TFloats, TIntegers>.Log(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Log1p(TFloats x) => VectorLogarithm<TWidth, TFloats, TIntegers>.Log1p(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Sqrt(TFloats x) => TWidth.Sqrt(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Rsqrt(TFloats x) => TWidth.Divide(TWidth.Constant(1), TWidth.Sqrt(x));

    /// <summary>With m = e^(2|x|) - 1 it is m / (m + 2), with the sign of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Tanh(TFloats x)
    {
        // Beyond 20 the result rounds to 1 in both types.
        var magnitude = TWidth.AtMost(TWidth.Constant(20), TWidth.Abs(x));
        var m = VectorExponential<TWidth, TFloats, TIntegers>.Expm1(TWidth.Add(magnitude, magnitude));
        var value = TWidth.Divide(m, TWidth.Add(m, TWidth.Constant(2)));
        return TWidth.Or(value, TWidth.And(x, SignBit));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Sigmoid(TFloats x)
    {
        var one = TWidth.Constant(1);
        return TWidth.Divide(one, TWidth.Add(one, ExpOfNegative(x)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Softplus(TFloats x)
    {
        var correction = VectorLogarithm<TWidth, TFloats, TIntegers>.Log1pOfUnit(ExpOfNegative(TWidth.Abs(x)));
        return TWidth.Add(TWidth.AtLeast(TWidth.Constant(0), x), correction);
    }

    /// <summary>Below 1 an odd polynomial; above, 1 - e^g with a polynomial g; both fitted by the Remez
    /// exchange.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Erf(TFloats x)
    {
        if (!TWidth.IsSingle)
            return TWidth.ByLane(x, LoopUnary.Erf);
        var magnitude = TWidth.Abs(x);
        var central = VectorPolynomial<TWidth, TFloats, TIntegers>.Of(
            TWidth.Multiply(x, x),
            0.12837916612625122,
            -0.37612637877464294,
            0.11283782869577408,
            -0.02686544507741928,
            0.005221074912697077,
            -0.0008484714198857546,
            0.00011270565300947055,
            -9.680197763373144e-06);
        var far = TWidth.AtMost(TWidth.Constant(4), magnitude);
        var exponent = TWidth.Multiply(far, VectorPolynomial<TWidth, TFloats, TIntegers>.Of(
            far,
            -1.1286267042160034,
            -0.6352835893630981,
            -0.10591816157102585,
            0.023359032347798347,
            -0.0033509370405226946,
            0.0002015139180002734,
            1.5742263713036664e-05,
            -2.4796615889499662e-06));
        var tail = TWidth.Subtract(
            TWidth.Constant(1), VectorExponential<TWidth, TFloats, TIntegers>.ExpWithin(exponent));
        return TWidth.Select(
            TWidth.Less(magnitude, TWidth.Constant(1)),
            TWidth.MultiplyAdd(central, x, x),
            TWidth.Or(tail, TWidth.And(x, SignBit)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Sin(TFloats x) => VectorSine<TWidth, TFloats, TIntegers>.Sin(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Cos(TFloats x) => VectorSine<TWidth, TFloats, TIntegers>.Cos(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Floor(TFloats x) => TWidth.Floor(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Ceiling(TFloats x) => TWidth.Ceiling(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Round(TFloats x) => TWidth.Round(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Not(TFloats x) => TWidth.Not(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats IsNaN(TFloats x) => TWidth.Not(TWidth.Equal(x, x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats IsFinite(TFloats x) => TWidth.Less(TWidth.Abs(x), TWidth.Constant(double.PositiveInfinity));
}
