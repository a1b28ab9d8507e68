using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Kernels.Memory;

namespace Functional.Kernels.Blas.Simd;

/// <summary>The innermost loop: a tile of C, kept in registers, gathers products of a strip of A and a panel of B.</summary>
/// <remarks>
/// One body for all widths, element types and tile sizes: conditions on type arguments are decided when the method is
/// compiled, and accumulators that a smaller tile lacks vanish. Each element of C is one chain of multiply-adds in the
/// order of the inner index, whatever the tile, so results do not depend on how C is cut into tiles.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
/// <typeparam name="TRows">Rows of the tile.</typeparam>
/// <typeparam name="TVectors">Vectors in a row of the tile, 1 or 2.</typeparam>
/// <typeparam name="TLayout">How A and B lie in memory.</typeparam>
internal static unsafe class TileKernel<T, TVector, TLanes, TRows, TVectors, TLayout>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : struct, IVectorLanes<TVector, T>
    where TRows : struct, ITileSize
    where TVectors : struct, ITileSize
    where TLayout : struct, ITileLayout
{
    /// <summary>Computes one tile.</summary>
    /// <param name="count">How many segments there are; 1 or more.</param>
    /// <param name="segments">What is summed, one behind the other.</param>
    /// <param name="a">The strip's first element.</param>
    /// <param name="aRow">Elements of A from one row to the next; 0 when it is packed.</param>
    /// <param name="aStep">Elements of A from one inner index to the next; not read when it is packed.</param>
    /// <param name="b">The panel's first element.</param>
    /// <param name="bStep">Elements of B from one inner index to the next; not read when it is packed.</param>
    /// <param name="c">The tile's first element.</param>
    /// <param name="cRow">Elements of C from one row to the next.</param>
    /// <param name="beta">What the old C is multiplied with; with 0 it is not read.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        nint count, TileSegment* segments, T* a, nint aRow, nint aStep, T* b, nint bStep, T* c, nint cRow, T beta)
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

        if (TLayout.IsPacked)
        {
            aStep = TRows.Value;
            bStep = TVectors.Value * TLanes.Count;
        }

        // Rows that lie side by side in steps of a cache line would all miss at once: instead one line is fetched per step,
        // for the sixteen steps to come.
        var aheadStep = aStep == 1 ? aRow : aStep;

        // Rows of C are fetched one at a time while sums are formed, so that writing does not wait for them.
        var row = c;
        var lastRow = c + ((TRows.Value - 1) * cRow);
        do
        {
            // Five addresses, three rows apart, reach fourteen rows with the processor's addressing modes.
            var a0 = a + segments->Left;
            var a3 = a0 + (3 * aRow);
            var a6 = a0 + (6 * aRow);
            var a9 = a0 + (9 * aRow);
            var a12 = a0 + (12 * aRow);
            var again = a0 + aRow;
            var b0 = b + (segments->Right * bStep);
            var inner = segments->Length;
            segments++;
            do
            {
                CacheLines.Fetch(row);
                CacheLines.Fetch(row + ((TVectors.Value * TLanes.Count) - 1));
                row = row == lastRow ? row : row + cRow;
                var ahead = a0 + (16 * aStep);
                var block = Math.Min(inner, 16);
                inner -= block;
                do
                {
                    if (!TLayout.IsPacked)
                    {
                        CacheLines.Fetch(ahead);
                        ahead += aheadStep;
                    }

                    var x = TLanes.Load(b0);
                    var y = TVectors.Value > 1 ? TLanes.Load(b0 + TLanes.Count) : TLanes.Zero;
                    b0 += bStep;

                    var r0 = TLanes.Broadcast(*Row(0, a0, a0, 0));
                    c0x = TLanes.MultiplyAdd(r0, x, c0x);
                    if (TVectors.Value > 1)
                        c0y = TLanes.MultiplyAdd(Again(0, again, r0), y, c0y);

                    if (TRows.Value > 1)
                    {
                        var r = TLanes.Broadcast(*Row(1, a0, a0, aRow));
                        c1x = TLanes.MultiplyAdd(r, x, c1x);
                        if (TVectors.Value > 1)
                            c1y = TLanes.MultiplyAdd(Again(1, again, r), y, c1y);
                    }

                    if (TRows.Value > 2)
                    {
                        var r = TLanes.Broadcast(*Row(2, a0, a0, 2 * aRow));
                        c2x = TLanes.MultiplyAdd(r, x, c2x);
                        if (TVectors.Value > 1)
                            c2y = TLanes.MultiplyAdd(Again(2, again, r), y, c2y);
                    }

                    if (TRows.Value > 3)
                    {
                        var r = TLanes.Broadcast(*Row(3, a0, a3, 0));
                        c3x = TLanes.MultiplyAdd(r, x, c3x);
                        if (TVectors.Value > 1)
                            c3y = TLanes.MultiplyAdd(Again(3, again, r), y, c3y);
                    }

                    if (TRows.Value > 4)
                    {
                        var r = TLanes.Broadcast(*Row(4, a0, a3, aRow));
                        c4x = TLanes.MultiplyAdd(r, x, c4x);
                        if (TVectors.Value > 1)
                            c4y = TLanes.MultiplyAdd(Again(4, again, r), y, c4y);
                    }

                    if (TRows.Value > 5)
                    {
                        var r = TLanes.Broadcast(*Row(5, a0, a3, 2 * aRow));
                        c5x = TLanes.MultiplyAdd(r, x, c5x);
                        if (TVectors.Value > 1)
                            c5y = TLanes.MultiplyAdd(Again(5, again, r), y, c5y);
                    }

                    if (TRows.Value > 6)
                    {
                        var r = TLanes.Broadcast(*Row(6, a0, a6, 0));
                        c6x = TLanes.MultiplyAdd(r, x, c6x);
                        if (TVectors.Value > 1)
                            c6y = TLanes.MultiplyAdd(Again(6, again, r), y, c6y);
                    }

                    if (TRows.Value > 7)
                    {
                        var r = TLanes.Broadcast(*Row(7, a0, a6, aRow));
                        c7x = TLanes.MultiplyAdd(r, x, c7x);
                        if (TVectors.Value > 1)
                            c7y = TLanes.MultiplyAdd(Again(7, again, r), y, c7y);
                    }

                    if (TRows.Value > 8)
                    {
                        var r = TLanes.Broadcast(*Row(8, a0, a6, 2 * aRow));
                        c8x = TLanes.MultiplyAdd(r, x, c8x);
                        if (TVectors.Value > 1)
                            c8y = TLanes.MultiplyAdd(Again(8, again, r), y, c8y);
                    }

                    if (TRows.Value > 9)
                    {
                        var r = TLanes.Broadcast(*Row(9, a0, a9, 0));
                        c9x = TLanes.MultiplyAdd(r, x, c9x);
                        if (TVectors.Value > 1)
                            c9y = TLanes.MultiplyAdd(Again(9, again, r), y, c9y);
                    }

                    if (TRows.Value > 10)
                    {
                        var r = TLanes.Broadcast(*Row(10, a0, a9, aRow));
                        c10x = TLanes.MultiplyAdd(r, x, c10x);
                        if (TVectors.Value > 1)
                            c10y = TLanes.MultiplyAdd(Again(10, again, r), y, c10y);
                    }

                    if (TRows.Value > 11)
                    {
                        var r = TLanes.Broadcast(*Row(11, a0, a9, 2 * aRow));
                        c11x = TLanes.MultiplyAdd(r, x, c11x);
                        if (TVectors.Value > 1)
                            c11y = TLanes.MultiplyAdd(Again(11, again, r), y, c11y);
                    }

                    if (TRows.Value > 12)
                    {
                        var r = TLanes.Broadcast(*Row(12, a0, a12, 0));
                        c12x = TLanes.MultiplyAdd(r, x, c12x);
                        if (TVectors.Value > 1)
                            c12y = TLanes.MultiplyAdd(Again(12, again, r), y, c12y);
                    }

                    if (TRows.Value > 13)
                    {
                        var r = TLanes.Broadcast(*Row(13, a0, a12, aRow));
                        c13x = TLanes.MultiplyAdd(r, x, c13x);
                        if (TVectors.Value > 1)
                            c13y = TLanes.MultiplyAdd(Again(13, again, r), y, c13y);
                    }

                    a0 += aStep;
                    again += aStep;
                    a3 += aStep;
                    a6 += aStep;
                    a9 += aStep;
                    a12 += aStep;
                }
                while (--block != 0);
            }
            while (inner > 0);
        }
        while (--count > 0);

        var accumulate = beta != T.Zero;
        var scale = TLanes.Broadcast(beta);
        Write(c, c0x, c0y, scale, accumulate);
        if (TRows.Value > 1)
            Write(c + (1 * cRow), c1x, c1y, scale, accumulate);
        if (TRows.Value > 2)
            Write(c + (2 * cRow), c2x, c2y, scale, accumulate);
        if (TRows.Value > 3)
            Write(c + (3 * cRow), c3x, c3y, scale, accumulate);
        if (TRows.Value > 4)
            Write(c + (4 * cRow), c4x, c4y, scale, accumulate);
        if (TRows.Value > 5)
            Write(c + (5 * cRow), c5x, c5y, scale, accumulate);
        if (TRows.Value > 6)
            Write(c + (6 * cRow), c6x, c6y, scale, accumulate);
        if (TRows.Value > 7)
            Write(c + (7 * cRow), c7x, c7y, scale, accumulate);
        if (TRows.Value > 8)
            Write(c + (8 * cRow), c8x, c8y, scale, accumulate);
        if (TRows.Value > 9)
            Write(c + (9 * cRow), c9x, c9y, scale, accumulate);
        if (TRows.Value > 10)
            Write(c + (10 * cRow), c10x, c10y, scale, accumulate);
        if (TRows.Value > 11)
            Write(c + (11 * cRow), c11x, c11y, scale, accumulate);
        if (TRows.Value > 12)
            Write(c + (12 * cRow), c12x, c12y, scale, accumulate);
        if (TRows.Value > 13)
            Write(c + (13 * cRow), c13x, c13y, scale, accumulate);
    }

    // The factor for a row's second vector. Of every other row it is loaded once more, by the multiply-add itself, through an
    // address that the compiler cannot know to be the same: that saves an instruction where a core shared with a neighbour
    // has too few. With all rows, or with elements of eight bytes, loads would become the limit.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Again(int row, T* again, TVector value) =>
        TLayout.IsPacked && sizeof(T) == 4 && row % 2 == 0 ? TLanes.Broadcast(*(again + row)) : value;

    // Where a row's factor lies: beside that of the row before when the strip is packed.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T* Row(int row, T* first, T* near, nint offset) => TLayout.IsPacked ? first + row : near + offset;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(T* c, TVector x, TVector y, TVector scale, bool accumulate)
    {
        if (accumulate)
        {
            x = TLanes.MultiplyAdd(scale, TLanes.Load(c), x);
            if (TVectors.Value > 1)
                y = TLanes.MultiplyAdd(scale, TLanes.Load(c + TLanes.Count), y);
        }

        TLanes.Store(c, x);
        if (TVectors.Value > 1)
            TLanes.Store(c + TLanes.Count, y);
    }
}
