using System.Runtime.CompilerServices;

namespace Functional.Kernels.Loops.Vectors;

/// <summary>
/// Sine and cosine. Doubles below 2^24 are written as n pi/2 + r with an integer n and |r| about pi/4 at most; Taylor
/// polynomials give the sine or cosine of r, within 2 units in the last place. Each lane is computed by itself, unlike by
/// the runtime's vector functions, which compute a whole vector in another way when one lane is out of the usual range.
/// They are taken for floats, where that does not happen, and for larger doubles.
/// </summary>
internal static class VectorSine<TWidth, TFloats, TIntegers>
    where TWidth : IVectorArithmetic<TFloats, TIntegers>
{
    private const double Limit = 1 << 24;
    private const double InverseHalfPi = 0.6366197723675814;

    // pi/2 in three pieces. The first two have so few bits that their products with n are exact even without fused operations.
    private const double HighHalfPi = 1.570796325802803;
    private const double MiddleHalfPi = 9.920935774287987e-10;
    private const double LowHalfPi = 2.2517417741562176e-18;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Sin(TFloats x)
    {
        if (TWidth.IsSingle)
            return TWidth.RuntimeSin(x);

        // An odd function: the sign is put back at the end, that of zero too.
        var magnitude = TWidth.Abs(x);
        var sign = TWidth.And(x, TWidth.Constant(-0.0));
        var value = TWidth.Xor(sign, OfMagnitude(magnitude, quadrants: 0));
        var isLarge = IsLarge(magnitude);
        return TWidth.Select(isLarge, TWidth.RuntimeSin(LargeOrZero(isLarge, x)), value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Cos(TFloats x)
    {
        if (TWidth.IsSingle)
            return TWidth.RuntimeCos(x);
        var magnitude = TWidth.Abs(x);
        var isLarge = IsLarge(magnitude);
        return TWidth.Select(
            isLarge, TWidth.RuntimeCos(LargeOrZero(isLarge, x)), OfMagnitude(magnitude, quadrants: 1));
    }

    // NaN and the infinities too.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats IsLarge(TFloats magnitude) =>
        TWidth.Not(TWidth.Less(magnitude, TWidth.Constant(Limit)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats LargeOrZero(TFloats isLarge, TFloats x) => TWidth.And(isLarge, x);

    /// <summary>sin(x + quadrants pi/2) for x of 0 or more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats OfMagnitude(TFloats x, int quadrants)
    {
        var n = VectorRounding<TWidth, TFloats, TIntegers>.NearestOf(x, InverseHalfPi);
        var r = TWidth.MultiplyAdd(n, TWidth.Constant(-HighHalfPi), x);
        r = TWidth.MultiplyAdd(n, TWidth.Constant(-MiddleHalfPi), r);
        r = TWidth.MultiplyAdd(n, TWidth.Constant(-LowHalfPi), r);
        var square = TWidth.Multiply(r, r);
        var sine = VectorPolynomial<TWidth, TFloats, TIntegers>.Of(
            square,
            -1.0 / 6,
            1.0 / 120,
            -1.0 / 5_040,
            1.0 / 362_880,
            -1.0 / 39_916_800,
            1.0 / 6_227_020_800,
            -1.0 / 1_307_674_368_000,
            1.0 / 355_687_428_096_000);
        sine = TWidth.MultiplyAdd(TWidth.Multiply(sine, square), r, r);
        var cosine = VectorPolynomial<TWidth, TFloats, TIntegers>.Of(
            square,
            -1.0 / 2,
            1.0 / 24,
            -1.0 / 720,
            1.0 / 40_320,
            -1.0 / 3_628_800,
            1.0 / 479_001_600,
            -1.0 / 87_178_291_200,
            1.0 / 20_922_789_888_000);
        cosine = TWidth.MultiplyAdd(cosine, square, TWidth.Constant(1));

        var quadrant = TWidth.IntegerAdd(TWidth.ToIntegers(n), TWidth.Integer(quadrants));
        var isOdd = TWidth.AsFloats(TWidth.IntegerEqual(
            TWidth.IntegerAnd(quadrant, TWidth.Integer(1)), TWidth.Integer(1)));

        // The second bit of the quadrant is the sign.
        var sign = TWidth.AsFloats(TWidth.ShiftLeft(TWidth.IntegerAnd(quadrant, TWidth.Integer(2)), 62));
        return TWidth.Xor(sign, TWidth.Select(isOdd, cosine, sine));
    }
}
