using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Functional.Benchmarks.Loops.HandWritten;

/// <summary>Layer normalization by hand with its gradients: four passes over a row in the cache; columns are a multiple of
/// 64.</summary>
internal static unsafe class LayerNormalizationLoop
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        float* x,
        float* upstream,
        float* gamma,
        float* beta,
        float* y,
        float* dx,
        float* dgamma,
        float* dbeta,
        int rows,
        int columns)
    {
        new Span<float>(dgamma, columns).Clear();
        new Span<float>(dbeta, columns).Clear();
        for (var row = 0; row < rows; row++, x += columns, upstream += columns, y += columns, dx += columns)
        {
            var mean = Vector512.Create(Sum(x, columns) / columns);
            var variance = SumOfSquares(x, mean, columns) / columns;
            var inverse = Vector512.Create(1 / MathF.Sqrt(variance + 1e-3f));
            Vector512<float> sum = default, scaled = default;
            for (nint i = 0; i < columns; i += 16)
            {
                var normal = (Vector512.Load(x + i) - mean) * inverse;
                var slope = Vector512.Load(upstream + i);
                var factor = Vector512.Load(gamma + i);
                Vector512.MultiplyAddEstimate(normal, factor, Vector512.Load(beta + i)).Store(y + i);
                Vector512.MultiplyAddEstimate(normal, slope, Vector512.Load(dgamma + i)).Store(dgamma + i);
                (Vector512.Load(dbeta + i) + slope).Store(dbeta + i);
                var flow = slope * factor;
                sum += flow;
                scaled = Vector512.MultiplyAddEstimate(flow, normal, scaled);
            }

            var ofMean = Vector512.Create(Vector512.Sum(sum) / columns);
            var ofScale = Vector512.Create(Vector512.Sum(scaled) / columns) * inverse;
            for (nint i = 0; i < columns; i += 16)
            {
                var centred = Vector512.Load(x + i) - mean;
                var flow = (Vector512.Load(upstream + i) * Vector512.Load(gamma + i)) - ofMean;
                (inverse * Vector512.MultiplyAddEstimate(-centred, ofScale, flow)).Store(dx + i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Sum(float* row, nint columns)
    {
        Vector512<float> a = default, b = default, c = default, d = default;
        for (nint i = 0; i < columns; i += 64)
        {
            a += Vector512.Load(row + i);
            b += Vector512.Load(row + i + 16);
            c += Vector512.Load(row + i + 32);
            d += Vector512.Load(row + i + 48);
        }

        return Vector512.Sum((a + b) + (c + d));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float SumOfSquares(float* row, Vector512<float> mean, nint columns)
    {
        Vector512<float> a = default, b = default, c = default, d = default;
        for (nint i = 0; i < columns; i += 64)
        {
            a = AddSquare(row + i, mean, a);
            b = AddSquare(row + i + 16, mean, b);
            c = AddSquare(row + i + 32, mean, c);
            d = AddSquare(row + i + 48, mean, d);
        }

        return Vector512.Sum((a + b) + (c + d));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> AddSquare(float* place, Vector512<float> mean, Vector512<float> sum)
    {
        var centred = Vector512.Load(place) - mean;
        return Vector512.MultiplyAddEstimate(centred, centred, sum);
    }
}
