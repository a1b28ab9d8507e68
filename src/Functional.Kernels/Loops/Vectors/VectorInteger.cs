using System.Runtime.CompilerServices;

namespace Functional.Kernels.Loops.Vectors;

/// <summary>Int32 arithmetic on vectors; names are those of <see cref="LoopUnary"/>, <see cref="LoopBinary"/> and
/// <see cref="LoopComparison"/>. Lanes of 64 bits are wrapped to 32 after every operation that can leave the
/// range.</summary>
internal static class VectorInteger<TWidth, TFloats, TIntegers>
    where TWidth : IVectorArithmetic<TFloats, TIntegers>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TIntegers Add(TIntegers x, TIntegers y) => Wrap(TWidth.IntegerAdd(x, y));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TIntegers Subtract(TIntegers x, TIntegers y) => Wrap(TWidth.IntegerSubtract(x, y));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TIntegers Multiply(TIntegers x, TIntegers y) => Wrap(TWidth.IntegerMultiply(x, y));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TIntegers Maximum(TIntegers x, TIntegers y) => TWidth.IntegerMaximum(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TIntegers Minimum(TIntegers x, TIntegers y) => TWidth.IntegerMinimum(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TIntegers Negate(TIntegers x) => Subtract(TWidth.Integer(0), x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TIntegers Abs(TIntegers x) => Select(Less(x, TWidth.Integer(0)), Negate(x), x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TIntegers Sign(TIntegers x) =>
        TWidth.IntegerMaximum(TWidth.Integer(-1), TWidth.IntegerMinimum(TWidth.Integer(1), x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Equal(TIntegers x, TIntegers y) => TWidth.AsFloats(TWidth.IntegerEqual(x, y));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats NotEqual(TIntegers x, TIntegers y) => TWidth.Not(Equal(x, y));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Less(TIntegers x, TIntegers y) => TWidth.AsFloats(TWidth.IntegerLess(x, y));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats LessOrEqual(TIntegers x, TIntegers y) => TWidth.Not(Less(y, x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Greater(TIntegers x, TIntegers y) => Less(y, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats GreaterOrEqual(TIntegers x, TIntegers y) => TWidth.Not(Less(x, y));

    /// <summary>Integers are never taken for floats here: small ones would be denormal numbers, and the compiler of the
    /// runtime reads constants as numbers, which are zero while this thread flushes denormals.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TIntegers Select(TFloats condition, TIntegers whenTrue, TIntegers whenFalse) => TWidth.IntegerAdd(
        whenFalse,
        TWidth.IntegerAnd(TWidth.AsIntegers(condition), TWidth.IntegerSubtract(whenTrue, whenFalse)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TIntegers Wrap(TIntegers value) =>
        TWidth.IsSingle ? value : TWidth.ShiftRight(TWidth.ShiftLeft(value, 32), 32);
}
