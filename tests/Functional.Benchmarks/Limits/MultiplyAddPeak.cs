using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Functional.Benchmarks.Limits;

/// <summary>How many multiply-adds a core does when nothing holds it up: sixteen independent chains in registers.</summary>
internal static class MultiplyAddPeak
{
    private const int Rounds = 20_000;
    private const int Chains = 16;

    /// <summary>The best rate of one core in Gflop/s over all vector widths; an addition counts as one, so does a product.</summary>
    public static double Measure<T>(int threads = 1)
        where T : unmanaged, INumber<T> =>
        Math.Max(Measure512<T>(threads), Math.Max(Measure256<T>(threads), Measure128<T>(threads)));

    public static double Measure512<T>(int threads)
        where T : unmanaged, INumber<T> =>
        Vector512.IsHardwareAccelerated
            ? Stopwatches.Best(threads, static () => Run512(T.CreateChecked(0.5))) * Rounds * Chains * Vector512<T>.Count * 2 / 1e9
            : 0;

    public static double Measure256<T>(int threads)
        where T : unmanaged, INumber<T> =>
        Vector256.IsHardwareAccelerated
            ? Stopwatches.Best(threads, static () => Run256(T.CreateChecked(0.5))) * Rounds * Chains * Vector256<T>.Count * 2 / 1e9
            : 0;

    public static double Measure128<T>(int threads)
        where T : unmanaged, INumber<T> =>
        Stopwatches.Best(threads, static () => Run128(T.CreateChecked(0.5))) * Rounds * Chains * Vector128<T>.Count * 2 / 1e9;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Step<T>(Vector512<T> sum, Vector512<T> x) => typeof(T) == typeof(float)
        ? Vector512.MultiplyAddEstimate(sum.AsSingle(), x.AsSingle(), x.AsSingle()).As<float, T>()
        : Vector512.MultiplyAddEstimate(sum.AsDouble(), x.AsDouble(), x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static T Run512<T>(T factor)
        where T : unmanaged, INumber<T>
    {
        var x = Vector512.Create(factor);
        Vector512<T> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x;
        Vector512<T> i = x, j = x, k = x, l = x, m = x, n = x, o = x, p = x;
        for (var round = 0; round < Rounds; round++)
        {
            a = Step(a, x);
            b = Step(b, x);
            c = Step(c, x);
            d = Step(d, x);
            e = Step(e, x);
            f = Step(f, x);
            g = Step(g, x);
            h = Step(h, x);
            i = Step(i, x);
            j = Step(j, x);
            k = Step(k, x);
            l = Step(l, x);
            m = Step(m, x);
            n = Step(n, x);
            o = Step(o, x);
            p = Step(p, x);
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Step<T>(Vector256<T> sum, Vector256<T> x) => typeof(T) == typeof(float)
        ? Vector256.MultiplyAddEstimate(sum.AsSingle(), x.AsSingle(), x.AsSingle()).As<float, T>()
        : Vector256.MultiplyAddEstimate(sum.AsDouble(), x.AsDouble(), x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static T Run256<T>(T factor)
        where T : unmanaged, INumber<T>
    {
        var x = Vector256.Create(factor);
        Vector256<T> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x;
        Vector256<T> i = x, j = x, k = x, l = x, m = x, n = x, o = x, p = x;
        for (var round = 0; round < Rounds; round++)
        {
            a = Step(a, x);
            b = Step(b, x);
            c = Step(c, x);
            d = Step(d, x);
            e = Step(e, x);
            f = Step(f, x);
            g = Step(g, x);
            h = Step(h, x);
            i = Step(i, x);
            j = Step(j, x);
            k = Step(k, x);
            l = Step(l, x);
            m = Step(m, x);
            n = Step(n, x);
            o = Step(o, x);
            p = Step(p, x);
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Step<T>(Vector128<T> sum, Vector128<T> x) => typeof(T) == typeof(float)
        ? Vector128.MultiplyAddEstimate(sum.AsSingle(), x.AsSingle(), x.AsSingle()).As<float, T>()
        : Vector128.MultiplyAddEstimate(sum.AsDouble(), x.AsDouble(), x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static T Run128<T>(T factor)
        where T : unmanaged, INumber<T>
    {
        var x = Vector128.Create(factor);
        Vector128<T> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x;
        Vector128<T> i = x, j = x, k = x, l = x, m = x, n = x, o = x, p = x;
        for (var round = 0; round < Rounds; round++)
        {
            a = Step(a, x);
            b = Step(b, x);
            c = Step(c, x);
            d = Step(d, x);
            e = Step(e, x);
            f = Step(f, x);
            g = Step(g, x);
            h = Step(h, x);
            i = Step(i, x);
            j = Step(j, x);
            k = Step(k, x);
            l = Step(l, x);
            m = Step(m, x);
            n = Step(n, x);
            o = Step(o, x);
            p = Step(p, x);
        }

        return Vector128.Sum(a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p);
    }
}
