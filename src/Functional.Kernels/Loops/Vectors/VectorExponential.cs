using System.Runtime.CompilerServices;

namespace Functional.Kernels.Loops.Vectors;

/// <summary>
/// e^x and e^x - 1. x is written as n log(2) + r with an integer n and |r| at most log(2) / 2. For floats a polynomial fitted
/// by the Remez exchange gives e^r, for doubles the Taylor polynomial of degree 13. Errors are below 1 and 2 units in the
/// last place for floats, below 1 for e^x of doubles. Each lane is computed by itself, unlike by the runtime's vector
/// exponential, which computes a whole vector in another way when one lane is out of the usual range.
/// </summary>
internal static class VectorExponential<TWidth, TFloats, TIntegers>
    where TWidth : IVectorArithmetic<TFloats, TIntegers>
{
    // log(2) in two pieces; the first has so few bits that its product with n is exact even without fused operations.
    private const double HighLog2 = 0.693359375;
    private const double LowLog2 = -2.12194440054690583e-4;
    private const double InverseLog2 = 1.4426950408889634;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Exp(TFloats x) => ExpWithin(TWidth.AtMost(
        TWidth.Constant(TWidth.IsSingle ? 89 : 710), TWidth.AtLeast(TWidth.Constant(TWidth.IsSingle ? -104 : -746), x)));

    /// <summary>e^-x, every bit as of <see cref="Exp"/>: signs go into the constants.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats ExpOfNegative(TFloats x)
    {
        if (!TWidth.IsSingle)
            return Exp(TWidth.Negate(x));
        var within = TWidth.AtMost(TWidth.Constant(104), TWidth.AtLeast(TWidth.Constant(-89), x));
        var n = VectorRounding<TWidth, TFloats, TIntegers>.NearestOf(within, -InverseLog2);
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
        var n = WholePart(x);
        var r = Rest(x, n);
        var sum = TWidth.IsSingle
            ? VectorPolynomial<TWidth, TFloats, TIntegers>.Of(
                r, 0.5, 0.166665181517601, 0.04166620224714279, 0.008369024842977524, 0.001395078026689589)
            : TaylorSum(r);
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
    private static TFloats WholePart(TFloats x) => VectorRounding<TWidth, TFloats, TIntegers>.NearestOf(x, InverseLog2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats Rest(TFloats x, TFloats n) => TWidth.MultiplyAdd(
        n, TWidth.Constant(-LowLog2), TWidth.MultiplyAdd(n, TWidth.Constant(-HighLog2), x));

    /// <summary>(e^r - 1 - r) / r^2: the inverse factorials from 2 to 13.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats TaylorSum(TFloats r)
    {
        var square = TWidth.Multiply(r, r);
        var low = VectorPolynomial<TWidth, TFloats, TIntegers>.Of(
            r, 1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5_040);
        var high = VectorPolynomial<TWidth, TFloats, TIntegers>.Of(
            r, 1.0 / 40_320, 1.0 / 362_880, 1.0 / 3_628_800, 1.0 / 39_916_800, 1.0 / 479_001_600, 1.0 / 6_227_020_800);
        return TWidth.MultiplyAdd(high, TWidth.Multiply(square, TWidth.Multiply(square, square)), low);
    }

    /// <summary>The rounding error of e^x is divided out: Higham, Accuracy and Stability, section 1.14.1.</summary>
    private static TFloats DoubleExpm1(TFloats x)
    {
        var one = TWidth.Constant(1);
        var power = Exp(x);
        var difference = TWidth.Subtract(power, one);
        var value = TWidth.Multiply(difference, TWidth.Divide(x, TWidth.RuntimeLog(power)));
        var isAtEnd = TWidth.Or(
            TWidth.Equal(difference, TWidth.Constant(-1)),
            TWidth.Equal(power, TWidth.Constant(double.PositiveInfinity)));
        return TWidth.Select(TWidth.Equal(power, one), x, TWidth.Select(isAtEnd, difference, value));
    }
}
