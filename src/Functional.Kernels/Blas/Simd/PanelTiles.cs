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

    /// <summary>Panels that hold so many columns.</summary>
    public static int CountOf(int columns) => (columns + PanelWidth - 1) / PanelWidth;

    /// <summary>How many of so many columns a panel has.</summary>
    public static int WidthOf(nint panel, int columns) => (int)Math.Min(PanelWidth, columns - (panel * PanelWidth));

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
        Multiply<TileLayouts.InPlace>(rows, 1, &segment, a, aRow, aStep, b, bStep, width, c, cRow, beta, scratch);
    }

    /// <summary>The same where the inner index falls into segments, in each of which elements of A lie side by side.</summary>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="count">How many segments there are; 1 or more.</param>
    /// <param name="segments">What is summed, one behind the other.</param>
    /// <param name="a">What segments count from in A, for the first row.</param>
    /// <param name="aRow">Elements of A from one row to the next.</param>
    /// <param name="panel">The packed panel that segments count from.</param>
    /// <param name="width">Columns of the panel that exist.</param>
    /// <param name="c">C's first element.</param>
    /// <param name="cRow">Elements of C from one row to the next.</param>
    /// <param name="beta">What the old C is multiplied with; with 0 it is not read.</param>
    /// <param name="scratch">Memory for one tile.</param>
    public static void MultiplySegments(
        nint rows, nint count, TileSegment* segments, T* a, nint aRow, T* panel, int width, T* c, nint cRow, T beta, T* scratch)
    {
        nint bStep = VectorsOf(width) * TLanes.Count;
        Multiply<TileLayouts.InPlace>(rows, count, segments, a, aRow, 1, panel, bStep, width, c, cRow, beta, scratch);
    }

    /// <summary>C = A B + beta C for rows that <see cref="PackedStrips{T, TVector, TLanes}"/> wrote and a packed panel.</summary>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="inner">Length of the sums; 1 or more.</param>
    /// <param name="strips">The packed rows.</param>
    /// <param name="panel">The panel: whole vectors, one inner index after the other.</param>
    /// <param name="width">Columns of the panel that exist.</param>
    /// <param name="c">C's first element.</param>
    /// <param name="cRow">Elements of C from one row to the next.</param>
    /// <param name="beta">What the old C is multiplied with; with 0 it is not read.</param>
    /// <param name="scratch">Memory for one tile.</param>
    public static void MultiplyPacked(
        nint rows, nint inner, T* strips, T* panel, int width, T* c, nint cRow, T beta, T* scratch)
    {
        var segment = new TileSegment(0, 0, inner);
        Multiply<TileLayouts.Packed>(rows, 1, &segment, strips, 0, 0, panel, 0, width, c, cRow, beta, scratch);
    }

    private static void Multiply<TLayout>(
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
        where TLayout : struct, ITileLayout
    {
        var vectors = VectorsOf(width);
        var whole = width == vectors * TLanes.Count;
        var kernels = TileKernels<T, TVector, TLanes, TLayout>.OfVectors(vectors);
        var division = new TileRowDivision(rows, TLanes.TileRows);
        for (nint tile = 0; tile < division.Tiles; tile++)
        {
            var height = division.RowsOf(tile);
            if (whole)
            {
                kernels[height - 1](count, segments, a, aRow, aStep, b, bStep, c, cRow, beta);
            }
            else
            {
                kernels[height - 1](count, segments, a, aRow, aStep, b, bStep, scratch, PanelWidth, T.Zero);
                Merge(scratch, height, width, c, cRow, beta);
            }

            a += TLayout.IsPacked ? PackedStrips<T, TVector, TLanes>.LengthOf(height, segments->Length) : height * aRow;
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
