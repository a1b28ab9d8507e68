using System.Runtime.CompilerServices;

namespace Functional.Kernels.Loops.Vectors;

/// <summary>
/// log(x) and log(1 + x). For floats x is written as 2^e (1 + f) with 1 + f between sqrt(1/2) and sqrt(2); a polynomial
/// fitted by the Remez exchange gives log(1 + f). Errors are below 1 and 2 units in the last place. Doubles use the
/// runtime's vector logarithm.
/// </summary>
internal static class VectorLogarithm<TWidth, TFloats, TIntegers>
    where TWidth : IVectorArithmetic<TFloats, TIntegers>
{
    private const int BitsOfSqrtHalf = 0x3F3504F3;
    private const double SmallestNormal = 1.17549435e-38;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Log(TFloats x)
    {
        if (!TWidth.IsSingle)
            return TWidth.RuntimeLog(x);
        var zero = TWidth.Constant(0);
        var special = TWidth.Select(
            TWidth.Equal(x, zero),
            TWidth.Constant(double.NegativeInfinity),
            TWidth.Select(TWidth.Less(x, zero), TWidth.Constant(double.NaN), x));
        var finite = TWidth.Select(TWidth.Less(x, TWidth.Constant(double.PositiveInfinity)), OfPositive(x), x);
        return TWidth.Select(TWidth.Less(zero, x), finite, special);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Log1p(TFloats x)
    {
        var one = TWidth.Constant(1);
        var sum = TWidth.Add(one, x);
        if (!TWidth.IsSingle)
            return DoubleLog1p(x, sum);

        // What the sum rounded away is put back with the derivative of the logarithm.
        var lost = TWidth.Subtract(x, TWidth.Subtract(sum, one));
        var value = Log(sum);
        var corrected = TWidth.Add(value, TWidth.Divide(lost, sum));
        var atInfinity = TWidth.Select(TWidth.Less(sum, TWidth.Constant(double.PositiveInfinity)), corrected, value);
        var ordinary = TWidth.Select(TWidth.Less(TWidth.Constant(0), sum), atInfinity, value);
        return TWidth.Select(TWidth.Less(TWidth.Abs(x), TWidth.Constant(1e-8)), x, ordinary);
    }

    /// <summary>log(1 + x) for x between 0 and 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Log1pOfUnit(TFloats x)
    {
        if (!TWidth.IsSingle)
            return Log1p(x);
        var one = TWidth.Constant(1);
        var sum = TWidth.Add(one, x);
        var lost = TWidth.Subtract(x, TWidth.Subtract(sum, one));
        return TWidth.Add(OfNormal(sum, TWidth.Constant(0)), TWidth.Divide(lost, sum));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats OfPositive(TFloats x)
    {
        // Compared twice on purpose: each comparison then stays in a mask register.
        var normal = TWidth.Select(IsDenormal(x), TWidth.Multiply(x, TWidth.Constant(1 << 23)), x);
        return OfNormal(normal, TWidth.Select(IsDenormal(x), TWidth.Constant(-23), TWidth.Constant(0)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats IsDenormal(TFloats x) => TWidth.Less(x, TWidth.Constant(SmallestNormal));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats OfNormal(TFloats x, TFloats addedExponent)
    {
        var bits = TWidth.AsIntegers(x);
        var exponent = TWidth.ShiftRight(TWidth.IntegerSubtract(bits, TWidth.Integer(BitsOfSqrtHalf)), 23);
        var e = TWidth.Add(TWidth.ToFloats(exponent), addedExponent);
        var mantissa = TWidth.AsFloats(TWidth.IntegerSubtract(bits, TWidth.ShiftLeft(exponent, 23)));
        var f = TWidth.Subtract(mantissa, TWidth.Constant(1));
        var square = TWidth.Multiply(f, f);
        var sum = VectorPolynomial<TWidth, TFloats, TIntegers>.Of(
            f,
            0.33333316445350647,
            -0.2500079572200775,
            0.2000228315591812,
            -0.16624970734119415,
            0.14181417226791382,
            -0.13125289976596832,
            0.1287921816110611,
            -0.07865483313798904);
        var value = TWidth.MultiplyAdd(
            e, TWidth.Constant(-2.12194440054690583e-4), TWidth.Multiply(sum, TWidth.Multiply(f, square)));
        value = TWidth.MultiplyAdd(square, TWidth.Constant(-0.5), value);
        return TWidth.MultiplyAdd(e, TWidth.Constant(0.693359375), TWidth.Add(f, value));
    }

    /// <summary>The rounding error of 1 + x is divided out: Higham, Accuracy and Stability, section 1.14.1.</summary>
    private static TFloats DoubleLog1p(TFloats x, TFloats sum)
    {
        var one = TWidth.Constant(1);
        var value = TWidth.Multiply(TWidth.RuntimeLog(sum), TWidth.Divide(x, TWidth.Subtract(sum, one)));
        var isAtEnd = TWidth.Or(TWidth.Equal(sum, one), TWidth.Equal(sum, TWidth.Constant(double.PositiveInfinity)));
        return TWidth.Select(isAtEnd, x, value);
    }
}
