using System.Runtime.CompilerServices;

namespace Functional.Kernels.Loops.Vectors;

/// <summary>
/// e^x and e^x - 1. For floats x is written as n log(2) + r with an integer n and |r| at most log(2) / 2; a polynomial
/// fitted by the Remez exchange gives e^r. Errors are below 1 and 2 units in the last place. Doubles use the runtime's
/// vector exponential and logarithm.
/// </summary>
internal static class VectorExponential<TWidth, TFloats, TIntegers>
    where TWidth : IVectorArithmetic<TFloats, TIntegers>
{
    // log(2) in two pieces; the first has so few bits that its product with n is exact even without fused operations.
    private const double HighLog2 = 0.693359375;
    private const double LowLog2 = -2.12194440054690583e-4;
    private const double InverseLog2 = 1.4426950408889634;

    // Adding this rounds a small float to an integer.
    private const double Rounder = 12582912;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Exp(TFloats x) => TWidth.IsSingle
        ? ExpWithin(TWidth.AtMost(TWidth.Constant(89), TWidth.AtLeast(TWidth.Constant(-104), x)))
        : TWidth.RuntimeExp(x);

    /// <summary>e^-x, every bit as of <see cref="Exp"/>: signs go into the constants.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats ExpOfNegative(TFloats x)
    {
        if (!TWidth.IsSingle)
            return TWidth.RuntimeExp(TWidth.Negate(x));
        var within = TWidth.AtMost(TWidth.Constant(104), TWidth.AtLeast(TWidth.Constant(-89), x));
        var rounder = TWidth.Constant(Rounder);
        var n = TWidth.Subtract(TWidth.MultiplyAdd(within, TWidth.Constant(-InverseLog2), rounder), rounder);
        var minusRest = TWidth.MultiplyAdd(
            n, TWidth.Constant(LowLog2), TWidth.MultiplyAdd(n, TWidth.Constant(HighLog2), within));
        var minusSum = VectorPolynomial<TWidth, TFloats, TIntegers>.Of(
            minusRest, -0.5, 0.166665181517601, -0.04166620224714279, 0.008369024842977524, -0.001395078026689589);
        var minusRise = TWidth.MultiplyAdd(minusSum, TWidth.Multiply(minusRest, minusRest), minusRest);
        return TWidth.Scale(TWidth.Subtract(TWidth.Constant(1), minusRise), n);
    }

    /// <summary>e^x for arguments at which neither the result overflows by far nor is far below the smallest
    /// number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats ExpWithin(TFloats x)
    {
        if (!TWidth.IsSingle)
            return TWidth.RuntimeExp(x);
        var n = WholePart(x);
        var r = Rest(x, n);
        var sum = VectorPolynomial<TWidth, TFloats, TIntegers>.Of(
            r, 0.5, 0.166665181517601, 0.04166620224714279, 0.008369024842977524, 0.001395078026689589);
        return TWidth.Scale(TWidth.Add(TWidth.MultiplyAdd(sum, TWidth.Multiply(r, r), r), TWidth.Constant(1)), n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Expm1(TFloats x)
    {
        if (!TWidth.IsSingle)
            return DoubleExpm1(x);
        var within = TWidth.AtMost(TWidth.Constant(89), TWidth.AtLeast(TWidth.Constant(-20), x));
        var n = WholePart(within);
        var r = Rest(within, n);
        var sum = VectorPolynomial<TWidth, TFloats, TIntegers>.Of(
            r,
            0.5,
            0.1666666716337204,
            0.04166635125875473,
            0.00833327230066061,
            0.001394116785377264,
            0.00019914396398235112);
        var ofRest = TWidth.MultiplyAdd(sum, TWidth.Multiply(r, r), r);

        // 2^n e^r - 1 = 2 (2^(n-1) (e^r - 1) + (2^(n-1) - 1/2)): no step overflows before the result does.
        var half = TWidth.Constant(0.5);
        var power = TWidth.Scale(half, n);
        var value = TWidth.MultiplyAdd(power, ofRest, TWidth.Subtract(power, half));
        var isTiny = TWidth.Less(TWidth.Abs(x), TWidth.Constant(1e-8));
        return TWidth.Select(isTiny, x, TWidth.Add(value, value));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats WholePart(TFloats x)
    {
        var rounder = TWidth.Constant(Rounder);
        return TWidth.Subtract(TWidth.MultiplyAdd(x, TWidth.Constant(InverseLog2), rounder), rounder);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats Rest(TFloats x, TFloats n) => TWidth.MultiplyAdd(
        n, TWidth.Constant(-LowLog2), TWidth.MultiplyAdd(n, TWidth.Constant(-HighLog2), x));

    /// <summary>The rounding error of e^x is divided out: Higham, Accuracy and Stability, section 1.14.1.</summary>
    private static TFloats DoubleExpm1(TFloats x)
    {
        var one = TWidth.Constant(1);
        var power = TWidth.RuntimeExp(x);
        var difference = TWidth.Subtract(power, one);
        var value = TWidth.Multiply(difference, TWidth.Divide(x, TWidth.RuntimeLog(power)));
        var isAtEnd = TWidth.Or(
            TWidth.Equal(difference, TWidth.Constant(-1)),
            TWidth.Equal(power, TWidth.Constant(double.PositiveInfinity)));
        return TWidth.Select(TWidth.Equal(power, one), x, TWidth.Select(isAtEnd, difference, value));
    }
}
