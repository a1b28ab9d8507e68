using System.Numerics;
using System.Runtime.CompilerServices;

namespace Functional.Kernels.Loops;

/// <summary>Sums of floating-point numbers that are kept as doubles.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal static unsafe class WideSums<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static int Lanes => Vector<T>.Count;

    /// <summary>Adds numbers to sums.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="sums">The sums.</param>
    /// <param name="count">How many there are.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(T* values, double* sums, long count)
    {
        var i = 0L;
        for (; i <= count - Lanes; i += Lanes)
            AddVector(Vector.Load(values + i), sums + i);
        for (; i < count; i++)
            sums[i] += double.CreateTruncating(values[i]);
    }

    /// <summary>Adds numbers to sums and puts zeros in their place.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="sums">The sums.</param>
    /// <param name="count">How many there are.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Move(T* values, double* sums, long count)
    {
        var i = 0L;
        for (; i <= count - Lanes; i += Lanes)
        {
            AddVector(Vector.Load(values + i), sums + i);
            Vector.Store(Vector<T>.Zero, values + i);
        }

        for (; i < count; i++)
        {
            sums[i] += double.CreateTruncating(values[i]);
            values[i] = T.Zero;
        }
    }

    /// <summary>Rounds sums.</summary>
    /// <param name="sums">The sums.</param>
    /// <param name="target">Receives the rounded sums.</param>
    /// <param name="stride">The distance of neighbours in the target.</param>
    /// <param name="count">How many there are.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Round(double* sums, T* target, long stride, long count)
    {
        var i = 0L;
        for (; stride == 1 && i <= count - Lanes; i += Lanes)
            Vector.Store(Rounded(sums + i), target + i);
        for (; i < count; i++)
            target[i * stride] = T.CreateTruncating(sums[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Rounded(double* sums) => typeof(T) == typeof(double)
        ? Vector.As<double, T>(Vector.Load(sums))
        : Vector.As<float, T>(Vector.Narrow(Vector.Load(sums), Vector.Load(sums + Vector<double>.Count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddVector(Vector<T> values, double* sums)
    {
        if (typeof(T) == typeof(double))
        {
            Vector.Store(Vector.Load(sums) + Vector.As<T, double>(values), sums);
            return;
        }

        Vector.Widen(Vector.As<T, float>(values), out var lower, out var upper);
        var half = sums + Vector<double>.Count;
        Vector.Store(Vector.Load(sums) + lower, sums);
        Vector.Store(Vector.Load(half) + upper, half);
    }
}
