using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Functional.Kernels.Blas.Simd;

/// <summary>Copies a matrix with rows and columns exchanged.</summary>
internal static unsafe class Transposition
{
    /// <summary>Writes <c>target[j, i] = source[i, j]</c>.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="source">The first element of the source.</param>
    /// <param name="sourceStride">Elements from one row of the source to the next.</param>
    /// <param name="rows">Rows of the source.</param>
    /// <param name="columns">Columns of the source.</param>
    /// <param name="target">The first element of the target; it must not overlap the source.</param>
    /// <param name="targetStride">Elements from one row of the target to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T>(T* source, nint sourceStride, nint rows, nint columns, T* target, nint targetStride)
        where T : unmanaged
    {
        nint block = !Avx.IsSupported ? 0 : sizeof(T) == 4 ? 8 : 4;
        if (block == 0 || rows < block)
        {
            ByElements(source, sourceStride, rows, columns, target, targetStride);
            return;
        }

        nint j = 0;
        for (; j + block <= columns; j += block)
        {
            for (nint i = 0; i < rows; i += block)
            {
                // The last block reaches back over the one before rather than leaving single rows.
                i = Math.Min(i, rows - block);
                if (sizeof(T) == 4)
                {
                    EightByEight(
                        (float*)(source + (i * sourceStride) + j), sourceStride,
                        (float*)(target + (j * targetStride) + i), targetStride);
                }
                else
                {
                    FourByFour(
                        (double*)(source + (i * sourceStride) + j), sourceStride,
                        (double*)(target + (j * targetStride) + i), targetStride);
                }
            }
        }

        ByElements(source + j, sourceStride, rows, columns - j, target + (j * targetStride), targetStride);
    }

    private static void ByElements<T>(
        T* source, nint sourceStride, nint rows, nint columns, T* target, nint targetStride)
        where T : unmanaged
    {
        for (nint j = 0; j < columns; j++)
        {
            for (nint i = 0; i < rows; i++)
                target[(j * targetStride) + i] = source[(i * sourceStride) + j];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EightByEight(float* source, nint sourceStride, float* target, nint targetStride)
    {
        // Halves of rows i and i + 4 side by side leave only exchanges inside 128-bit lanes.
        var source4 = source + (4 * sourceStride);
        var a0 = Halves(source, source4);
        var a1 = Halves(source + sourceStride, source4 + sourceStride);
        var a2 = Halves(source + (2 * sourceStride), source4 + (2 * sourceStride));
        var a3 = Halves(source + (3 * sourceStride), source4 + (3 * sourceStride));
        FourColumns(a0, a1, a2, a3, target, targetStride);
        source += 4;
        source4 += 4;
        a0 = Halves(source, source4);
        a1 = Halves(source + sourceStride, source4 + sourceStride);
        a2 = Halves(source + (2 * sourceStride), source4 + (2 * sourceStride));
        a3 = Halves(source + (3 * sourceStride), source4 + (3 * sourceStride));
        FourColumns(a0, a1, a2, a3, target + (4 * targetStride), targetStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Halves(float* lower, float* upper) =>
        Vector256.Create(Vector128.Load(lower), Vector128.Load(upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourColumns(
        Vector256<float> a0, Vector256<float> a1, Vector256<float> a2, Vector256<float> a3, float* target, nint targetStride)
    {
        var b0 = Avx.UnpackLow(a0, a1).AsDouble();
        var b1 = Avx.UnpackHigh(a0, a1).AsDouble();
        var b2 = Avx.UnpackLow(a2, a3).AsDouble();
        var b3 = Avx.UnpackHigh(a2, a3).AsDouble();
        Avx.UnpackLow(b0, b2).AsSingle().Store(target);
        Avx.UnpackHigh(b0, b2).AsSingle().Store(target + targetStride);
        Avx.UnpackLow(b1, b3).AsSingle().Store(target + (2 * targetStride));
        Avx.UnpackHigh(b1, b3).AsSingle().Store(target + (3 * targetStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourByFour(double* source, nint sourceStride, double* target, nint targetStride)
    {
        var source2 = source + (2 * sourceStride);
        for (var half = 0; half < 2; half++)
        {
            var a0 = Vector256.Create(Vector128.Load(source), Vector128.Load(source2));
            var a1 = Vector256.Create(Vector128.Load(source + sourceStride), Vector128.Load(source2 + sourceStride));
            Avx.UnpackLow(a0, a1).Store(target);
            Avx.UnpackHigh(a0, a1).Store(target + targetStride);
            source += 2;
            source2 += 2;
            target += 2 * targetStride;
        }
    }
}
