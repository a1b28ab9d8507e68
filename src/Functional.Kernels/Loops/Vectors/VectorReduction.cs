using System.Runtime.CompilerServices;

namespace Functional.Kernels.Loops.Vectors;

/// <summary>
/// Combines the lanes of a vector; all lanes of the result hold the value. First lanes are combined that lie far apart, as the
/// vectors that hold the lanes of one sum are before: so the rounding of a sum does not depend on the width of vectors.
/// </summary>
internal static class VectorReduction<TWidth, TFloats, TIntegers>
    where TWidth : IVectorArithmetic<TFloats, TIntegers>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Step(TFloats x, TFloats y, LoopReduction reduction) => reduction switch
    {
        LoopReduction.Sum => TWidth.Add(x, y),
        LoopReduction.Maximum => UnlessNaN(y, TWidth.AtLeast(y, x)),
        LoopReduction.MaximumNumber => TWidth.AtLeast(y, x),
        LoopReduction.Minimum => UnlessNaN(y, TWidth.AtMost(y, x)),
        _ => TWidth.Multiply(x, y),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TIntegers Step(TIntegers x, TIntegers y, LoopReduction reduction) => reduction switch
    {
        LoopReduction.Sum => VectorInteger<TWidth, TFloats, TIntegers>.Add(x, y),
        LoopReduction.Maximum or LoopReduction.MaximumNumber => TWidth.IntegerMaximum(x, y),
        LoopReduction.Minimum => TWidth.IntegerMinimum(x, y),
        _ => VectorInteger<TWidth, TFloats, TIntegers>.Multiply(x, y),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Across(TFloats value, LoopReduction reduction)
    {
        if (TWidth.Count > 8)
            value = Step(value, TWidth.SwapLanes(value, 8), reduction);
        if (TWidth.Count > 4)
            value = Step(value, TWidth.SwapLanes(value, 4), reduction);
        if (TWidth.Count > 2)
            value = Step(value, TWidth.SwapLanes(value, 2), reduction);
        return Step(value, TWidth.SwapLanes(value, 1), reduction);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TIntegers Across(TIntegers value, LoopReduction reduction)
    {
        if (TWidth.Count > 8)
            value = Step(value, Swap(value, 8), reduction);
        if (TWidth.Count > 4)
            value = Step(value, Swap(value, 4), reduction);
        if (TWidth.Count > 2)
            value = Step(value, Swap(value, 2), reduction);
        return Step(value, Swap(value, 1), reduction);
    }

    /// <summary>
    /// The CPU's own instruction keeps a NaN that is in x already; one that comes with y is kept here. This waits for x
    /// only once, where the maximum of IEEE 754, which also tells apart the signs of zeros, waits several times.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats UnlessNaN(TFloats y, TFloats combined) => TWidth.Select(TWidth.Equal(y, y), combined, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TIntegers Swap(TIntegers value, int distance) =>
        TWidth.AsIntegers(TWidth.SwapLanes(TWidth.AsFloats(value), distance));
}
