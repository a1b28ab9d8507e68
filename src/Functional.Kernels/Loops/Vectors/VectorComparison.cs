using System.Runtime.CompilerServices;

namespace Functional.Kernels.Loops.Vectors;

/// <summary>Comparisons of vectors of floats, named as in <see cref="LoopComparison"/>, and of truth values.</summary>
internal static class VectorComparison<TWidth, TFloats, TIntegers>
    where TWidth : IVectorArithmetic<TFloats, TIntegers>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Equal(TFloats x, TFloats y) => TWidth.Equal(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats NotEqual(TFloats x, TFloats y) => TWidth.Not(TWidth.Equal(x, y));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Less(TFloats x, TFloats y) => TWidth.Less(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats LessOrEqual(TFloats x, TFloats y) => TWidth.LessOrEqual(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Greater(TFloats x, TFloats y) => TWidth.Less(y, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats GreaterOrEqual(TFloats x, TFloats y) => TWidth.LessOrEqual(y, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats SameTruth(TFloats x, TFloats y) => TWidth.Not(TWidth.Xor(x, y));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats DifferentTruth(TFloats x, TFloats y) => TWidth.Xor(x, y);
}
