using System.Numerics;
using System.Runtime.CompilerServices;

namespace Functional.Kernels.Blas.Simd;

/// <summary>A sum of a matrix's rows, each times a number, some columns at a time, which stay in registers.</summary>
/// <remarks>
/// The order of operations of a column follows from how many columns there are behind it, from nothing else; so it is the
/// same for vectors of any width.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
internal static unsafe class WeightedRows<T, TVector, TLanes>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : struct, IVectorLanes<TVector, T>
{
    /// <summary>The most columns at a time.</summary>
    public static int ColumnsAtOnce => 2 * ColumnsOfOneChain;

    // Columns at the end that are fewer than eight vectors of 64 bytes have several chains of rows each.
    private static int ColumnsOfOneChain => 8 * 64 / sizeof(T);

    private static bool HasManyRegisters => TLanes.TileRows > 8;

    /// <summary>sums[j] = sum over k of weights[k] matrix[k, j].</summary>
    /// <param name="matrix">The first element.</param>
    /// <param name="stride">Elements from one row to the next.</param>
    /// <param name="rows">Rows; 1 or more.</param>
    /// <param name="weights">A number for every row.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="sums">Where the sums go.</param>
    public static void Sum(T* matrix, nint stride, nint rows, T* weights, nint columns, T* sums)
    {
        var inOneChain = columns / ColumnsOfOneChain * ColumnsOfOneChain;
        nint column = 0;
        for (; HasManyRegisters && column + (16 * TLanes.Count) <= inOneChain; column += 16 * TLanes.Count)
            SumSixteen(matrix + column, stride, rows, weights, sums + column);
        for (; column + (8 * TLanes.Count) <= inOneChain; column += 8 * TLanes.Count)
            SumEight(matrix + column, stride, rows, weights, sums + column);
        for (; column < columns; column += TLanes.Count)
        {
            var count = (int)Math.Min(TLanes.Count, columns - column);
            SumOne(matrix + column, stride, rows, weights, count, sums + column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumSixteen(T* m, nint stride, nint rows, T* weights, T* sums)
    {
        TVector s0 = TLanes.Zero, s1 = TLanes.Zero, s2 = TLanes.Zero, s3 = TLanes.Zero;
        TVector s4 = TLanes.Zero, s5 = TLanes.Zero, s6 = TLanes.Zero, s7 = TLanes.Zero;
        TVector s8 = TLanes.Zero, s9 = TLanes.Zero, s10 = TLanes.Zero, s11 = TLanes.Zero;
        TVector s12 = TLanes.Zero, s13 = TLanes.Zero, s14 = TLanes.Zero, s15 = TLanes.Zero;
        for (nint k = 0; k < rows; k++)
        {
            var w = TLanes.Broadcast(weights[k]);
            s0 = TLanes.MultiplyAdd(TLanes.Load(m), w, s0);
            s1 = TLanes.MultiplyAdd(TLanes.Load(m + TLanes.Count), w, s1);
            s2 = TLanes.MultiplyAdd(TLanes.Load(m + (2 * TLanes.Count)), w, s2);
            s3 = TLanes.MultiplyAdd(TLanes.Load(m + (3 * TLanes.Count)), w, s3);
            s4 = TLanes.MultiplyAdd(TLanes.Load(m + (4 * TLanes.Count)), w, s4);
            s5 = TLanes.MultiplyAdd(TLanes.Load(m + (5 * TLanes.Count)), w, s5);
            s6 = TLanes.MultiplyAdd(TLanes.Load(m + (6 * TLanes.Count)), w, s6);
            s7 = TLanes.MultiplyAdd(TLanes.Load(m + (7 * TLanes.Count)), w, s7);
            s8 = TLanes.MultiplyAdd(TLanes.Load(m + (8 * TLanes.Count)), w, s8);
            s9 = TLanes.MultiplyAdd(TLanes.Load(m + (9 * TLanes.Count)), w, s9);
            s10 = TLanes.MultiplyAdd(TLanes.Load(m + (10 * TLanes.Count)), w, s10);
            s11 = TLanes.MultiplyAdd(TLanes.Load(m + (11 * TLanes.Count)), w, s11);
            s12 = TLanes.MultiplyAdd(TLanes.Load(m + (12 * TLanes.Count)), w, s12);
            s13 = TLanes.MultiplyAdd(TLanes.Load(m + (13 * TLanes.Count)), w, s13);
            s14 = TLanes.MultiplyAdd(TLanes.Load(m + (14 * TLanes.Count)), w, s14);
            s15 = TLanes.MultiplyAdd(TLanes.Load(m + (15 * TLanes.Count)), w, s15);
            m += stride;
        }

        StoreFour(sums, s0, s1, s2, s3);
        StoreFour(sums + (4 * TLanes.Count), s4, s5, s6, s7);
        StoreFour(sums + (8 * TLanes.Count), s8, s9, s10, s11);
        StoreFour(sums + (12 * TLanes.Count), s12, s13, s14, s15);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumEight(T* m, nint stride, nint rows, T* weights, T* sums)
    {
        TVector s0 = TLanes.Zero, s1 = TLanes.Zero, s2 = TLanes.Zero, s3 = TLanes.Zero;
        TVector s4 = TLanes.Zero, s5 = TLanes.Zero, s6 = TLanes.Zero, s7 = TLanes.Zero;
        for (nint k = 0; k < rows; k++)
        {
            var w = TLanes.Broadcast(weights[k]);
            s0 = TLanes.MultiplyAdd(TLanes.Load(m), w, s0);
            s1 = TLanes.MultiplyAdd(TLanes.Load(m + TLanes.Count), w, s1);
            s2 = TLanes.MultiplyAdd(TLanes.Load(m + (2 * TLanes.Count)), w, s2);
            s3 = TLanes.MultiplyAdd(TLanes.Load(m + (3 * TLanes.Count)), w, s3);
            s4 = TLanes.MultiplyAdd(TLanes.Load(m + (4 * TLanes.Count)), w, s4);
            s5 = TLanes.MultiplyAdd(TLanes.Load(m + (5 * TLanes.Count)), w, s5);
            s6 = TLanes.MultiplyAdd(TLanes.Load(m + (6 * TLanes.Count)), w, s6);
            s7 = TLanes.MultiplyAdd(TLanes.Load(m + (7 * TLanes.Count)), w, s7);
            m += stride;
        }

        StoreFour(sums, s0, s1, s2, s3);
        StoreFour(sums + (4 * TLanes.Count), s4, s5, s6, s7);
    }

    // One vector of columns, or the first of its lanes: four chains of rows, so that no sum waits for the one before.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumOne(T* m, nint stride, nint rows, T* weights, int count, T* sums)
    {
        TVector s0 = TLanes.Zero, s1 = TLanes.Zero, s2 = TLanes.Zero, s3 = TLanes.Zero;
        nint k = 0;
        for (; k + 4 <= rows; k += 4)
        {
            s0 = TLanes.MultiplyAdd(First(m, count), TLanes.Broadcast(weights[k]), s0);
            s1 = TLanes.MultiplyAdd(First(m + stride, count), TLanes.Broadcast(weights[k + 1]), s1);
            m += 2 * stride;
            s2 = TLanes.MultiplyAdd(First(m, count), TLanes.Broadcast(weights[k + 2]), s2);
            s3 = TLanes.MultiplyAdd(First(m + stride, count), TLanes.Broadcast(weights[k + 3]), s3);
            m += 2 * stride;
        }

        for (; k < rows; k++)
        {
            s0 = TLanes.MultiplyAdd(First(m, count), TLanes.Broadcast(weights[k]), s0);
            m += stride;
        }

        var sum = TLanes.Add(TLanes.Add(s0, s1), TLanes.Add(s2, s3));
        if (count == TLanes.Count)
            TLanes.Store(sums, sum);
        else
            TLanes.StoreFirst(sums, sum, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector First(T* address, int count) =>
        count == TLanes.Count ? TLanes.Load(address) : TLanes.LoadFirst(address, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreFour(T* sums, TVector s0, TVector s1, TVector s2, TVector s3)
    {
        TLanes.Store(sums, s0);
        TLanes.Store(sums + TLanes.Count, s1);
        TLanes.Store(sums + (2 * TLanes.Count), s2);
        TLanes.Store(sums + (3 * TLanes.Count), s3);
    }
}
