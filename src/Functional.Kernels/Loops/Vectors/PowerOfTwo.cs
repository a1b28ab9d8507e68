using System.Runtime.CompilerServices;

namespace Functional.Kernels.Loops.Vectors;

/// <summary>Multiplication by powers of two where the CPU has no instruction for it.</summary>
internal static class PowerOfTwo<TWidth, TFloats, TIntegers>
    where TWidth : IVectorArithmetic<TFloats, TIntegers>
{
    /// <summary>value * 2^exponent in two steps, of which at most the last rounds. NaN exponents come with NaN
    /// values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Scale(TFloats value, TFloats exponent)
    {
        var whole = TWidth.ToIntegers(exponent);
        var half = TWidth.ShiftRight(whole, 1);
        return TWidth.Multiply(TWidth.Multiply(value, Of(half)), Of(TWidth.IntegerSubtract(whole, half)));
    }

    /// <summary>2^exponent for exponents of normal numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Of(TIntegers exponent) => TWidth.AsFloats(TWidth.ShiftLeft(
        TWidth.IntegerAdd(exponent, TWidth.Integer(TWidth.IsSingle ? 127 : 1023)), TWidth.IsSingle ? 23 : 52));
}
