using System.Runtime.CompilerServices;

namespace Functional.Kernels.Loops.Vectors;

/// <summary>Polynomials by Horner's rule, lowest coefficient first.</summary>
internal static class VectorPolynomial<TWidth, TFloats, TIntegers>
    where TWidth : IVectorArithmetic<TFloats, TIntegers>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Of(TFloats x, double c0, double c1, double c2, double c3, double c4) =>
        Step(Step(Step(Step(TWidth.Constant(c4), x, c3), x, c2), x, c1), x, c0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Of(TFloats x, double c0, double c1, double c2, double c3, double c4, double c5) =>
        Step(Of(x, c1, c2, c3, c4, c5), x, c0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Of(
        TFloats x, double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7) =>
        Step(Step(Of(x, c2, c3, c4, c5, c6, c7), x, c1), x, c0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Of(
        TFloats x, double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7, double c8) =>
        Step(Of(x, c1, c2, c3, c4, c5, c6, c7, c8), x, c0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats Step(TFloats value, TFloats x, double coefficient) =>
        TWidth.MultiplyAdd(value, x, TWidth.Constant(coefficient));
}
