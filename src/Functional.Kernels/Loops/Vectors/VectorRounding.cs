using System.Runtime.CompilerServices;

namespace Functional.Kernels.Loops.Vectors;

/// <summary>Rounding to integers by adding a number so large that its last place is one.</summary>
internal static class VectorRounding<TWidth, TFloats, TIntegers>
    where TWidth : IVectorArithmetic<TFloats, TIntegers>
{
    /// <summary>The integer nearest to x * factor, where that is small beside the largest whole number of the type.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats NearestOf(TFloats x, double factor)
    {
        var rounder = TWidth.Constant(TWidth.IsSingle ? 12582912 : 6755399441055744);
        return TWidth.Subtract(TWidth.MultiplyAdd(x, TWidth.Constant(factor), rounder), rounder);
    }
}
