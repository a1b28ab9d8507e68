using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Functional.Benchmarks.Loops.HandWritten;

/// <summary>e^x of sixteen floats, below one unit in the last place, for the hand-written loops.</summary>
internal static class Exponential
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Of(Vector512<float> x)
    {
        var bounded = Vector512.MinNative(
            Vector512.Create(89f), Vector512.MaxNative(Vector512.Create(-104f), x));

        // x = n log(2) + r; adding 3 * 2^22 rounds to an integer.
        var rounder = Vector512.Create(12582912f);
        var n = Vector512.MultiplyAddEstimate(bounded, Vector512.Create(1.44269504f), rounder) - rounder;
        var r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-0.693359375f), bounded);
        r = Vector512.MultiplyAddEstimate(n, Vector512.Create(2.12194440e-4f), r);
        var sum = Vector512.Create(0.001395078026689589f);
        sum = Vector512.MultiplyAddEstimate(sum, r, Vector512.Create(0.008369024842977524f));
        sum = Vector512.MultiplyAddEstimate(sum, r, Vector512.Create(0.04166620224714279f));
        sum = Vector512.MultiplyAddEstimate(sum, r, Vector512.Create(0.166665181517601f));
        sum = Vector512.MultiplyAddEstimate(sum, r, Vector512.Create(0.5f));
        var power = Vector512.MultiplyAddEstimate(sum, r * r, r) + Vector512<float>.One;
        return Scale(power, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Scale(Vector512<float> value, Vector512<float> exponent)
    {
        if (Avx512F.IsSupported)
            return Avx512F.Scale(value, exponent);
        var whole = Vector512.ConvertToInt32(exponent);
        var half = whole >> 1;
        return value * PowerOfTwo(half) * PowerOfTwo(whole - half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> PowerOfTwo(Vector512<int> exponent) =>
        ((exponent + Vector512.Create(127)) << 23).AsSingle();
}
