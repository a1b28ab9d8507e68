using System.Numerics;
using System.Runtime.CompilerServices;

namespace Functional.Kernels.Blas.Simd;

/// <summary>Some rows of A times one panel of B, at most two vectors wide, tile by tile.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
internal static unsafe class PanelTiles<T, TVector, TLanes>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : struct, IVectorLanes<TVector, T>
{
    /// <summary>Columns of a whole panel.</summary>
    public static int PanelWidth => 2 * TLanes.Count;

    /// <summary>Elements that products need for tiles of which only a part exists.</summary>
    public static int ScratchLength => TLanes.TileRows * PanelWidth;

    /// <summary>Vectors that hold so many columns.</summary>
    public static int VectorsOf(int width) => width > TLanes.Count ? 2 : 1;

    /// <summary>C = A B + beta C for one panel.</summary>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="inner">Length of the sums; 1 or more.</param>
    /// <param name="a">A's first element.</param>
    /// <param name="aRow">Elements of A from one row to the next.</param>
    /// <param name="aStep">Elements of A from one inner index to the next.</param>
    /// <param name="b">The panel's first element; its rows are read in whole vectors.</param>
    /// <param name="bStep">Elements of B from one inner index to the next.</param>
    /// <param name="width">Columns of the panel that exist.</param>
    /// <param name="c">C's first element.</param>
    /// <param name="cRow">Elements of C from one row to the next.</param>
    /// <param name="beta">What the old C is multiplied with; with 0 it is not read.</param>
    /// <param name="scratch">Memory for one tile.</param>
    public static void Multiply(
        nint rows, nint inner, T* a, nint aRow, nint aStep, T* b, nint bStep, int width, T* c, nint cRow, T beta, T* scratch)
    {
        var segment = new TileSegment(0, 0, inner);
        Multiply(rows, 1, &segment, a, aRow, aStep, b, bStep, width, c, cRow, beta, scratch);
    }

    /// <summary>C = A B + beta C for one panel, where the inner index falls into segments.</summary>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="count">How many segments there are; 1 or more.</param>
    /// <param name="segments">What is summed, one behind the other.</param>
    /// <param name="a">What segments count from in A, for the first row.</param>
    /// <param name="aRow">Elements of A from one row to the next.</param>
    /// <param name="aStep">Elements of A from one inner index to the next.</param>
    /// <param name="b">What segments count from in B; its rows are read in whole vectors.</param>
    /// <param name="bStep">Elements of B from one inner index to the next.</param>
    /// <param name="width">Columns of the panel that exist.</param>
    /// <param name="c">C's first element.</param>
    /// <param name="cRow">Elements of C from one row to the next.</param>
    /// <param name="beta">What the old C is multiplied with; with 0 it is not read.</param>
    /// <param name="scratch">Memory for one tile.</param>
    public static void Multiply(
        nint rows,
        nint count,
        TileSegment* segments,
        T* a,
        nint aRow,
        nint aStep,
        T* b,
        nint bStep,
        int width,
        T* c,
        nint cRow,
        T beta,
        T* scratch)
    {
        var vectors = VectorsOf(width);
        var whole = width == vectors * TLanes.Count;

        // Rows are dealt out to tiles evenly: a tile of few rows would leave the multipliers waiting.
        var kernels = TileKernels<T, TVector, TLanes>.OfVectors(vectors);
        var tiles = (rows + TLanes.TileRows - 1) / TLanes.TileRows;
        var each = rows / tiles;
        var longer = rows - (each * tiles);
        for (nint tile = 0; tile < tiles; tile++)
        {
            var height = tile < longer ? each + 1 : each;
            if (whole)
            {
                kernels[height - 1](count, segments, a, aRow, aStep, b, bStep, c, cRow, beta);
            }
            else
            {
                kernels[height - 1](count, segments, a, aRow, aStep, b, bStep, scratch, PanelWidth, T.Zero);
                Merge(scratch, height, width, c, cRow, beta);
            }

            a += height * aRow;
            c += height * cRow;
        }
    }

    // Brings the part of a tile that exists into C.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Merge(T* tile, nint rows, int width, T* c, nint cRow, T beta)
    {
        var accumulate = beta != T.Zero;
        var scale = TLanes.Broadcast(beta);
        for (nint i = 0; i < rows; i++)
        {
            for (var j = 0; j < width; j += TLanes.Count)
            {
                var count = Math.Min(TLanes.Count, width - j);
                var x = TLanes.Load(tile + (i * PanelWidth) + j);
                if (accumulate)
                    x = TLanes.MultiplyAdd(scale, TLanes.LoadFirst(c + (i * cRow) + j, count), x);
                TLanes.StoreFirst(c + (i * cRow) + j, x, count);
            }
        }
    }
}
