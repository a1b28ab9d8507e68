using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Kernels.Blas.Simd;
using Functional.Kernels.Memory;

namespace Functional.Kernels.Convolution;

/// <summary>A tile of a kernel's gradient, kept in registers while it is summed over any list of places.</summary>
/// <remarks>
/// As <see cref="TileKernel{T, TVector, TLanes, TRows, TVectors, TLayout}"/>, but both factors are found through addresses: places
/// outside of the input are left out, and sums run over lines and images without a copy of the input.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
/// <typeparam name="TRows">Rows of the tile.</typeparam>
/// <typeparam name="TVectors">Vectors in a row of the tile, 1 or 2.</typeparam>
internal static unsafe class PlaceTile<T, TVector, TLanes, TRows, TVectors>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : struct, IVectorLanes<TVector, T>
    where TRows : struct, ITileSize
    where TVectors : struct, ITileSize
{
    /// <summary>Adds the sums to one tile.</summary>
    /// <param name="count">How many places there are; 1 or more.</param>
    /// <param name="places">The places, and <see cref="PlacePair{T}.Ahead"/> more that are not summed.</param>
    /// <param name="source">Elements from a place's source to that of the first row.</param>
    /// <param name="third">Elements of the source from one row to the third one behind it.</param>
    /// <param name="upstream">Elements from a place's factor to the first column.</param>
    /// <param name="c">The tile's first element.</param>
    /// <param name="cRow">Elements from one row of the tile to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(nint count, PlacePair<T>* places, nint source, nint third, nint upstream, T* c, nint cRow)
    {
        TVector c0x = TLanes.Zero, c0y = TLanes.Zero;
        TVector c1x = TLanes.Zero, c1y = TLanes.Zero;
        TVector c2x = TLanes.Zero, c2y = TLanes.Zero;
        TVector c3x = TLanes.Zero, c3y = TLanes.Zero;
        TVector c4x = TLanes.Zero, c4y = TLanes.Zero;
        TVector c5x = TLanes.Zero, c5y = TLanes.Zero;
        TVector c6x = TLanes.Zero, c6y = TLanes.Zero;
        TVector c7x = TLanes.Zero, c7y = TLanes.Zero;
        TVector c8x = TLanes.Zero, c8y = TLanes.Zero;
        TVector c9x = TLanes.Zero, c9y = TLanes.Zero;
        TVector c10x = TLanes.Zero, c10y = TLanes.Zero;
        TVector c11x = TLanes.Zero, c11y = TLanes.Zero;
        TVector c12x = TLanes.Zero, c12y = TLanes.Zero;
        TVector c13x = TLanes.Zero, c13y = TLanes.Zero;
        do
        {
            // Narrow tiles are bound by loads as it is.
            if (TVectors.Value > 1)
            {
                var ahead = places[PlacePair<T>.Ahead].Source + source;
                CacheLines.Fetch(ahead);
                if (TRows.Value > 6)
                    CacheLines.Fetch(ahead + (TRows.Value - 1));
            }

            var a0 = places->Source + source;
            var b = places->Factor + upstream;
            places++;
            var x = TLanes.Load(b);
            var y = TVectors.Value > 1 ? TLanes.Load(b + TLanes.Count) : TLanes.Zero;
            var a3 = a0 + third;
            var a6 = a3 + third;
            var a9 = a6 + third;
            var a12 = a9 + third;

            var r0 = TLanes.Broadcast(*a0);
            c0x = TLanes.MultiplyAdd(r0, x, c0x);
            if (TVectors.Value > 1)
                c0y = TLanes.MultiplyAdd(r0, y, c0y);

            if (TRows.Value > 1)
            {
                var r = TLanes.Broadcast(*(a0 + 1));
                c1x = TLanes.MultiplyAdd(r, x, c1x);
                if (TVectors.Value > 1)
                    c1y = TLanes.MultiplyAdd(r, y, c1y);
            }

            if (TRows.Value > 2)
            {
                var r = TLanes.Broadcast(*(a0 + 2));
                c2x = TLanes.MultiplyAdd(r, x, c2x);
                if (TVectors.Value > 1)
                    c2y = TLanes.MultiplyAdd(r, y, c2y);
            }

            if (TRows.Value > 3)
            {
                var r = TLanes.Broadcast(*a3);
                c3x = TLanes.MultiplyAdd(r, x, c3x);
                if (TVectors.Value > 1)
                    c3y = TLanes.MultiplyAdd(r, y, c3y);
            }

            if (TRows.Value > 4)
            {
                var r = TLanes.Broadcast(*(a3 + 1));
                c4x = TLanes.MultiplyAdd(r, x, c4x);
                if (TVectors.Value > 1)
                    c4y = TLanes.MultiplyAdd(r, y, c4y);
            }

            if (TRows.Value > 5)
            {
                var r = TLanes.Broadcast(*(a3 + 2));
                c5x = TLanes.MultiplyAdd(r, x, c5x);
                if (TVectors.Value > 1)
                    c5y = TLanes.MultiplyAdd(r, y, c5y);
            }

            if (TRows.Value > 6)
            {
                var r = TLanes.Broadcast(*a6);
                c6x = TLanes.MultiplyAdd(r, x, c6x);
                if (TVectors.Value > 1)
                    c6y = TLanes.MultiplyAdd(r, y, c6y);
            }

            if (TRows.Value > 7)
            {
                var r = TLanes.Broadcast(*(a6 + 1));
                c7x = TLanes.MultiplyAdd(r, x, c7x);
                if (TVectors.Value > 1)
                    c7y = TLanes.MultiplyAdd(r, y, c7y);
            }

            if (TRows.Value > 8)
            {
                var r = TLanes.Broadcast(*(a6 + 2));
                c8x = TLanes.MultiplyAdd(r, x, c8x);
                if (TVectors.Value > 1)
                    c8y = TLanes.MultiplyAdd(r, y, c8y);
            }

            if (TRows.Value > 9)
            {
                var r = TLanes.Broadcast(*a9);
                c9x = TLanes.MultiplyAdd(r, x, c9x);
                if (TVectors.Value > 1)
                    c9y = TLanes.MultiplyAdd(r, y, c9y);
            }

            if (TRows.Value > 10)
            {
                var r = TLanes.Broadcast(*(a9 + 1));
                c10x = TLanes.MultiplyAdd(r, x, c10x);
                if (TVectors.Value > 1)
                    c10y = TLanes.MultiplyAdd(r, y, c10y);
            }

            if (TRows.Value > 11)
            {
                var r = TLanes.Broadcast(*(a9 + 2));
                c11x = TLanes.MultiplyAdd(r, x, c11x);
                if (TVectors.Value > 1)
                    c11y = TLanes.MultiplyAdd(r, y, c11y);
            }

            if (TRows.Value > 12)
            {
                var r = TLanes.Broadcast(*a12);
                c12x = TLanes.MultiplyAdd(r, x, c12x);
                if (TVectors.Value > 1)
                    c12y = TLanes.MultiplyAdd(r, y, c12y);
            }

            if (TRows.Value > 13)
            {
                var r = TLanes.Broadcast(*(a12 + 1));
                c13x = TLanes.MultiplyAdd(r, x, c13x);
                if (TVectors.Value > 1)
                    c13y = TLanes.MultiplyAdd(r, y, c13y);
            }
        }
        while (--count > 0);

        Add(c, c0x, c0y);
        if (TRows.Value > 1)
            Add(c + (1 * cRow), c1x, c1y);
        if (TRows.Value > 2)
            Add(c + (2 * cRow), c2x, c2y);
        if (TRows.Value > 3)
            Add(c + (3 * cRow), c3x, c3y);
        if (TRows.Value > 4)
            Add(c + (4 * cRow), c4x, c4y);
        if (TRows.Value > 5)
            Add(c + (5 * cRow), c5x, c5y);
        if (TRows.Value > 6)
            Add(c + (6 * cRow), c6x, c6y);
        if (TRows.Value > 7)
            Add(c + (7 * cRow), c7x, c7y);
        if (TRows.Value > 8)
            Add(c + (8 * cRow), c8x, c8y);
        if (TRows.Value > 9)
            Add(c + (9 * cRow), c9x, c9y);
        if (TRows.Value > 10)
            Add(c + (10 * cRow), c10x, c10y);
        if (TRows.Value > 11)
            Add(c + (11 * cRow), c11x, c11y);
        if (TRows.Value > 12)
            Add(c + (12 * cRow), c12x, c12y);
        if (TRows.Value > 13)
            Add(c + (13 * cRow), c13x, c13y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(T* c, TVector x, TVector y)
    {
        TLanes.Store(c, TLanes.Add(TLanes.Load(c), x));
        if (TVectors.Value > 1)
            TLanes.Store(c + TLanes.Count, TLanes.Add(TLanes.Load(c + TLanes.Count), y));
    }
}
