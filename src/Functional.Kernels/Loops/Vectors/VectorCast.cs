using System.Runtime.CompilerServices;

namespace Functional.Kernels.Loops.Vectors;

/// <summary>Conversions between the element types; a method is named From and To with the names of
/// <see cref="LoopElement"/>.</summary>
internal static class VectorCast<TWidth, TFloats, TIntegers>
    where TWidth : IVectorArithmetic<TFloats, TIntegers>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TIntegers FloatToInt32(TFloats x) => TWidth.ToIntegers(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats FloatToBool(TFloats x) => TWidth.Not(TWidth.Equal(x, TWidth.Constant(0)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Int32ToFloat(TIntegers x) => TWidth.ToFloats(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Int32ToBool(TIntegers x) =>
        TWidth.Not(TWidth.AsFloats(TWidth.IntegerEqual(x, TWidth.Integer(0))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats BoolToFloat(TFloats x) => TWidth.Select(x, TWidth.Constant(1), TWidth.Constant(0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TIntegers BoolToInt32(TFloats x) => TWidth.IntegerAnd(TWidth.AsIntegers(x), TWidth.Integer(1));
}
