using System.Runtime.Intrinsics;
using Functional.Kernels.Loops.Vectors;

namespace Functional.Kernels.Loops;

/// <summary>Applies vector functions to tiles, over the widest vectors that the CPU has.</summary>
internal static unsafe class TileVectors
{
    /// <summary>Applies a function to a tile.</summary>
    /// <typeparam name="TFunction">The function.</typeparam>
    /// <typeparam name="T">float or double.</typeparam>
    public static void Apply<TFunction, T>(T* source, T* result, int count)
        where TFunction : ITileFunction
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            ApplySingle<TFunction>((byte*)source, (byte*)result, count);
        else
            ApplyDouble<TFunction>((byte*)source, (byte*)result, count);
    }

    private static void ApplySingle<TFunction>(byte* source, byte* result, int count)
        where TFunction : ITileFunction
    {
        if (Vector512.IsHardwareAccelerated)
            Loop<TFunction, Width512<float, int>, Vector512<float>, Vector512<int>>(source, result, count);
        else if (Vector256.IsHardwareAccelerated)
            Loop<TFunction, Width256<float, int>, Vector256<float>, Vector256<int>>(source, result, count);
        else
            Loop<TFunction, Width128<float, int>, Vector128<float>, Vector128<int>>(source, result, count);
    }

    private static void ApplyDouble<TFunction>(byte* source, byte* result, int count)
        where TFunction : ITileFunction
    {
        if (Vector512.IsHardwareAccelerated)
            Loop<TFunction, Width512<double, long>, Vector512<double>, Vector512<long>>(source, result, count);
        else if (Vector256.IsHardwareAccelerated)
            Loop<TFunction, Width256<double, long>, Vector256<double>, Vector256<long>>(source, result, count);
        else
            Loop<TFunction, Width128<double, long>, Vector128<double>, Vector128<long>>(source, result, count);
    }

    private static void Loop<TFunction, TWidth, TFloats, TIntegers>(byte* source, byte* result, int count)
        where TFunction : ITileFunction
        where TWidth : IVectorWidth<TFloats, TIntegers>
        where TFloats : unmanaged
        where TIntegers : unmanaged
    {
        var bytesOfVector = sizeof(TFloats);
        var whole = count / TWidth.Count;
        for (var vector = 0; vector < whole; vector++)
        {
            TWidth.Store(TFunction.Apply<TWidth, TFloats, TIntegers>(TWidth.Load(source)), result);
            source += bytesOfVector;
            result += bytesOfVector;
        }

        var rest = count - (whole * TWidth.Count);
        if (rest == 0)
            return;
        var mask = TWidth.IntegerLess(TWidth.LaneNumbers, TWidth.Integer(rest));
        TWidth.StorePart(TFunction.Apply<TWidth, TFloats, TIntegers>(TWidth.LoadPart(source, mask)), result, mask);
    }
}
