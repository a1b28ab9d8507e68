using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Functional.Benchmarks.Loops.HandWritten;

/// <summary>What the hand-written loops over rows share. Rows of 1000 columns end with half a vector.</summary>
internal static unsafe class Rows
{
    /// <summary>The eight numbers at a place, beside others in the upper half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadHalf(float* source, float others) =>
        Vector512.Create(Vector256.Load(source), Vector256.Create(others));

    /// <summary>The greatest number of a row whose length is a multiple of 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Maximum(float* row, nint columns)
    {
        var a = Vector512.Create(float.NegativeInfinity);
        Vector512<float> b = a, c = a, d = a;
        nint i = 0;
        for (; i <= columns - 64; i += 64)
        {
            a = Vector512.MaxNative(a, Vector512.Load(row + i));
            b = Vector512.MaxNative(b, Vector512.Load(row + i + 16));
            c = Vector512.MaxNative(c, Vector512.Load(row + i + 32));
            d = Vector512.MaxNative(d, Vector512.Load(row + i + 48));
        }

        for (; i <= columns - 16; i += 16)
            a = Vector512.MaxNative(a, Vector512.Load(row + i));
        if (i < columns)
            b = Vector512.MaxNative(b, LoadHalf(row + i, float.NegativeInfinity));
        a = Vector512.MaxNative(Vector512.MaxNative(a, b), Vector512.MaxNative(c, d));
        var half = Vector256.MaxNative(a.GetLower(), a.GetUpper());
        var quarter = Vector128.MaxNative(half.GetLower(), half.GetUpper());
        quarter = Vector128.MaxNative(quarter, Vector128.Shuffle(quarter, Vector128.Create(2, 3, 0, 1)));
        return MathF.Max(quarter[0], quarter[1]);
    }

    /// <summary>Writes the powers e^(x - largest) of a row whose length is a multiple of 8; their sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Powers(float* row, float* target, nint columns, float largest)
    {
        var shift = Vector512.Create(largest);
        var (a, b) = (Vector512<float>.Zero, Vector512<float>.Zero);
        nint i = 0;
        for (; i <= columns - 32; i += 32)
        {
            var first = Exponential.Of(Vector512.Load(row + i) - shift);
            var second = Exponential.Of(Vector512.Load(row + i + 16) - shift);
            first.Store(target + i);
            second.Store(target + i + 16);
            a += first;
            b += second;
        }

        for (; i <= columns - 16; i += 16)
        {
            var first = Exponential.Of(Vector512.Load(row + i) - shift);
            first.Store(target + i);
            a += first;
        }

        if (i < columns)
        {
            var last = Exponential.Of(LoadHalf(row + i, float.NegativeInfinity) - shift).GetLower();
            last.Store(target + i);
            b += Vector512.Create(last, Vector256<float>.Zero);
        }

        return Vector512.Sum(a + b);
    }

    /// <summary>Multiplies a row whose length is a multiple of 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scale(float* row, nint columns, float factor)
    {
        var factors = Vector512.Create(factor);
        nint i = 0;
        for (; i <= columns - 16; i += 16)
            (Vector512.Load(row + i) * factors).Store(row + i);
        if (i < columns)
            (Vector256.Load(row + i) * factors.GetLower()).Store(row + i);
    }
}
