using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Functional.Benchmarks.Loops.HandWritten;

/// <summary>Adam by hand: one pass over the four arrays.</summary>
internal static unsafe class AdamLoop
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        float* value, float* momentum, float* velocity, float* gradient, float rate, int iteration, int count)
    {
        var step = iteration + 1f;
        var size = rate * MathF.Sqrt(1 - MathF.Pow(0.999f, step)) / (1 - MathF.Pow(0.9f, step));
        var (left, first, second) = (Vector512.Create(size), Vector512.Create(0.1f), Vector512.Create(0.001f));
        var epsilon = Vector512.Create(1e-7f);
        nint i = 0;
        for (; i <= count - 16; i += 16)
        {
            var g = Vector512.Load(gradient + i);
            var m = Vector512.Load(momentum + i);
            var v = Vector512.Load(velocity + i);
            m = Vector512.MultiplyAddEstimate(g - m, first, m);
            v = Vector512.MultiplyAddEstimate((g * g) - v, second, v);
            m.Store(momentum + i);
            v.Store(velocity + i);
            (Vector512.Load(value + i) - (m * left / (Vector512.Sqrt(v) + epsilon))).Store(value + i);
        }

        for (; i < count; i++)
        {
            var g = gradient[i];
            var m = momentum[i] += (g - momentum[i]) * 0.1f;
            var v = velocity[i] += ((g * g) - velocity[i]) * 0.001f;
            value[i] -= m * size / (MathF.Sqrt(v) + 1e-7f);
        }
    }

    /// <summary>Reads and writes what Adam does and only adds: the time that memory takes alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RunTraffic(float* value, float* momentum, float* velocity, float* gradient, int count)
    {
        for (nint i = 0; i <= count - 16; i += 16)
        {
            var g = Vector512.Load(gradient + i);
            (Vector512.Load(momentum + i) + g).Store(momentum + i);
            (Vector512.Load(velocity + i) + g).Store(velocity + i);
            (Vector512.Load(value + i) + g).Store(value + i);
        }
    }
}
