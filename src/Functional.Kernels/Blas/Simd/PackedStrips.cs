using System.Numerics;
using System.Runtime.CompilerServices;

namespace Functional.Kernels.Blas.Simd;

/// <summary>Rows of A copied for the tiles that read them: strip after strip, in each one inner index after the other.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
internal static unsafe class PackedStrips<T, TVector, TLanes>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : struct, IVectorLanes<TVector, T>
{
    // Inner indices copied for all strips before the next ones: stored rows are read in long runs, of few pages at a time.
    private const int InnerAtATime = 8;

    /// <summary>Elements from one strip to the next: vectors that are stored whole may reach beyond the strip.</summary>
    public static nint LengthOf(nint height, nint inner) => (height * inner) + TLanes.Count;

    /// <summary>Elements that packed rows take.</summary>
    public static nint LengthOfAll(nint rows, nint inner) =>
        (rows * inner) + (new TileRowDivision(rows, TLanes.TileRows).Tiles * TLanes.Count);

    /// <summary>Packs rows that lie in memory one after the other.</summary>
    /// <param name="source">The first element.</param>
    /// <param name="stride">Elements from one row to the next.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="inner">How many elements of each.</param>
    /// <param name="target">Where the strips go.</param>
    public static void PackRows(T* source, nint stride, nint rows, nint inner, T* target)
    {
        var division = new TileRowDivision(rows, TLanes.TileRows);
        for (nint tile = 0; tile < division.Tiles; tile++)
        {
            var height = division.RowsOf(tile);
            Transposition.Run(source, stride, height, inner, target, height);
            source += height * stride;
            target += LengthOf(height, inner);
        }
    }

    /// <summary>Packs rows whose elements lie side by side: A is stored transposed.</summary>
    /// <param name="source">The first element.</param>
    /// <param name="stride">Elements from one inner index to the next.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="readable">How many rows there are in memory, from the first one on.</param>
    /// <param name="inner">How many inner indices.</param>
    /// <param name="target">Where the strips go.</param>
    public static void PackColumns(T* source, nint stride, nint rows, nint readable, nint inner, T* target)
    {
        var division = new TileRowDivision(rows, TLanes.TileRows);
        for (nint k = 0; k < inner; k += InnerAtATime)
        {
            var steps = Math.Min(InnerAtATime, inner - k);
            var from = source + (k * stride);
            var left = readable;
            var strip = target;
            for (nint tile = 0; tile < division.Tiles; tile++)
            {
                var height = division.RowsOf(tile);
                Copy(from, stride, height, left, steps, strip + (k * height));
                from += height;
                left -= height;
                strip += LengthOf(height, inner);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy(T* source, nint stride, nint height, nint readable, nint steps, T* target)
    {
        for (nint k = 0; k < steps; k++)
        {
            nint i = 0;
            for (; i < height && i + TLanes.Count <= readable; i += TLanes.Count)
                TLanes.Store(target + i, TLanes.Load(source + i));
            for (; i < height; i++)
                target[i] = source[i];
            source += stride;
            target += height;
        }
    }
}
