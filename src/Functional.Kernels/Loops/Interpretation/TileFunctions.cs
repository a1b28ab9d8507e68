using System.Runtime.CompilerServices;
using Functional.Kernels.Loops.Vectors;

namespace Functional.Kernels.Loops;

/// <summary>The functions that the interpreter takes from the vector functions of compiled loops: both give the same
/// bits. TensorPrimitives has no error function and softplus, and loses digits near 0 in the others.</summary>
internal static class TileFunctions
{
    /// <summary>The exponential.</summary>
    internal readonly struct Exp : ITileFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TFloats Apply<TWidth, TFloats, TIntegers>(TFloats x)
            where TWidth : IVectorArithmetic<TFloats, TIntegers> => VectorUnary<TWidth, TFloats, TIntegers>.Exp(x);
    }

    /// <summary>e^x - 1.</summary>
    internal readonly struct Expm1 : ITileFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TFloats Apply<TWidth, TFloats, TIntegers>(TFloats x)
            where TWidth : IVectorArithmetic<TFloats, TIntegers> => VectorUnary<TWidth, TFloats, TIntegers>.Expm1(x);
    }

    /// <summary>The natural logarithm.</summary>
    internal readonly struct Log : ITileFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TFloats Apply<TWidth, TFloats, TIntegers>(TFloats x)
            where TWidth : IVectorArithmetic<TFloats, TIntegers> => VectorUnary<TWidth, TFloats, TIntegers>.Log(x);
    }

    /// <summary>log(1 + x).</summary>
    internal readonly struct Log1p : ITileFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TFloats Apply<TWidth, TFloats, TIntegers>(TFloats x)
            where TWidth : IVectorArithmetic<TFloats, TIntegers> => VectorUnary<TWidth, TFloats, TIntegers>.Log1p(x);
    }

    /// <summary>The hyperbolic tangent.</summary>
    internal readonly struct Tanh : ITileFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TFloats Apply<TWidth, TFloats, TIntegers>(TFloats x)
            where TWidth : IVectorArithmetic<TFloats, TIntegers> => VectorUnary<TWidth, TFloats, TIntegers>.Tanh(x);
    }

    /// <summary>The logistic function.</summary>
    internal readonly struct Sigmoid : ITileFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TFloats Apply<TWidth, TFloats, TIntegers>(TFloats x)
            where TWidth : IVectorArithmetic<TFloats, TIntegers> => VectorUnary<TWidth, TFloats, TIntegers>.Sigmoid(x);
    }

    /// <summary>log(1 + e^x).</summary>
    internal readonly struct Softplus : ITileFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TFloats Apply<TWidth, TFloats, TIntegers>(TFloats x)
            where TWidth : IVectorArithmetic<TFloats, TIntegers> => VectorUnary<TWidth, TFloats, TIntegers>.Softplus(x);
    }

    /// <summary>The error function.</summary>
    internal readonly struct Erf : ITileFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TFloats Apply<TWidth, TFloats, TIntegers>(TFloats x)
            where TWidth : IVectorArithmetic<TFloats, TIntegers> => VectorUnary<TWidth, TFloats, TIntegers>.Erf(x);
    }

    /// <summary>The sine.</summary>
    internal readonly struct Sin : ITileFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TFloats Apply<TWidth, TFloats, TIntegers>(TFloats x)
            where TWidth : IVectorArithmetic<TFloats, TIntegers> => VectorUnary<TWidth, TFloats, TIntegers>.Sin(x);
    }

    /// <summary>The cosine.</summary>
    internal readonly struct Cos : ITileFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TFloats Apply<TWidth, TFloats, TIntegers>(TFloats x)
            where TWidth : IVectorArithmetic<TFloats, TIntegers> => VectorUnary<TWidth, TFloats, TIntegers>.Cos(x);
    }

    /// <summary>1 / sqrt(x).</summary>
    internal readonly struct Rsqrt : ITileFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TFloats Apply<TWidth, TFloats, TIntegers>(TFloats x)
            where TWidth : IVectorArithmetic<TFloats, TIntegers> => VectorUnary<TWidth, TFloats, TIntegers>.Rsqrt(x);
    }

    /// <summary>The sign.</summary>
    internal readonly struct Sign : ITileFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TFloats Apply<TWidth, TFloats, TIntegers>(TFloats x)
            where TWidth : IVectorArithmetic<TFloats, TIntegers> => VectorUnary<TWidth, TFloats, TIntegers>.Sign(x);
    }
}
