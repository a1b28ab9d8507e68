using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Kernels.Blas.Simd;

namespace Functional.Kernels.Convolution;

/// <summary>The tiles of a kernel's gradient by size; each is compiled when it is first called.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
internal static unsafe class PlaceTiles<T, TVector, TLanes>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : struct, IVectorLanes<TVector, T>
{
    private static readonly delegate*<nint, PlacePair<T>*, nint, nint, nint, T*, nint, void>[] _oneVector =
        ByRows<TileSizes.Of1>();

    private static readonly delegate*<nint, PlacePair<T>*, nint, nint, nint, T*, nint, void>[] _twoVectors =
        ByRows<TileSizes.Of2>();

    /// <summary>Elements that <see cref="Add"/> needs for tiles of which only a part exists.</summary>
    public static int ScratchLength => TLanes.TileRows * 2 * TLanes.Count;

    /// <summary>Adds what places contribute to some rows of one panel.</summary>
    /// <param name="count">How many places there are; 1 or more.</param>
    /// <param name="places">The places, extended.</param>
    /// <param name="strip">The rows.</param>
    /// <param name="upstream">Elements from a place's upstream to the panel, which is there in whole vectors.</param>
    /// <param name="width">Columns of the panel that exist.</param>
    /// <param name="sums">The first column of the first row of all.</param>
    /// <param name="sumsRow">Elements from one row of the sums to the next.</param>
    /// <param name="scratch">Memory for one tile.</param>
    public static void Add(
        nint count, PlacePair<T>* places, in TileStrip strip, nint upstream, int width, T* sums, nint sumsRow, T* scratch)
    {
        var vectors = width > TLanes.Count ? 2 : 1;
        var kernel = (vectors == 1 ? _oneVector : _twoVectors)[strip.Rows - 1];
        var target = sums + (strip.Row * sumsRow);
        if (width == vectors * TLanes.Count)
        {
            kernel(count, places, strip.Offset, strip.Third, upstream, target, sumsRow);
            return;
        }

        new Span<T>(scratch, ScratchLength).Clear();
        kernel(count, places, strip.Offset, strip.Third, upstream, scratch, 2 * TLanes.Count);
        Merge(scratch, strip.Rows, width, target, sumsRow);
    }

    // Brings the part of a tile that exists into the sums.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Merge(T* tile, int rows, int width, T* sums, nint sumsRow)
    {
        for (nint row = 0; row < rows; row++)
        {
            for (var column = 0; column < width; column += TLanes.Count)
            {
                var count = Math.Min(TLanes.Count, width - column);
                var target = sums + (row * sumsRow) + column;
                var sum = TLanes.Add(TLanes.LoadFirst(target, count), TLanes.Load(tile + (row * 2 * TLanes.Count) + column));
                TLanes.StoreFirst(target, sum, count);
            }
        }
    }

    private static delegate*<nint, PlacePair<T>*, nint, nint, nint, T*, nint, void>[] ByRows<TVectors>()
        where TVectors : struct, ITileSize =>
    [
        &PlaceTile<T, TVector, TLanes, TileSizes.Of1, TVectors>.Run,
        &PlaceTile<T, TVector, TLanes, TileSizes.Of2, TVectors>.Run,
        &PlaceTile<T, TVector, TLanes, TileSizes.Of3, TVectors>.Run,
        &PlaceTile<T, TVector, TLanes, TileSizes.Of4, TVectors>.Run,
        &PlaceTile<T, TVector, TLanes, TileSizes.Of5, TVectors>.Run,
        &PlaceTile<T, TVector, TLanes, TileSizes.Of6, TVectors>.Run,
        &PlaceTile<T, TVector, TLanes, TileSizes.Of7, TVectors>.Run,
        &PlaceTile<T, TVector, TLanes, TileSizes.Of8, TVectors>.Run,
        &PlaceTile<T, TVector, TLanes, TileSizes.Of9, TVectors>.Run,
        &PlaceTile<T, TVector, TLanes, TileSizes.Of10, TVectors>.Run,
        &PlaceTile<T, TVector, TLanes, TileSizes.Of11, TVectors>.Run,
        &PlaceTile<T, TVector, TLanes, TileSizes.Of12, TVectors>.Run,
        &PlaceTile<T, TVector, TLanes, TileSizes.Of13, TVectors>.Run,
        &PlaceTile<T, TVector, TLanes, TileSizes.Of14, TVectors>.Run,
    ];
}
