using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Kernels.Loops;
using Functional.Kernels.Memory;
using Functional.Kernels.Parallelism;

namespace Functional.Kernels.Blas.Simd;

/// <summary>A matrix times a vector: products whose result has a single row or a single column.</summary>
/// <remarks>
/// Such a product reads each element of the matrix once and is bound by memory, so it goes through the matrix in the
/// order in which it is stored: along its rows as dot products, or adding up rows when the sums run across them.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
internal sealed unsafe class VectorProduct<T, TVector, TLanes> : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : struct, IVectorLanes<TVector, T>
{
    // Below two of these a second thread costs more than it saves.
    private const long ElementsPerThread = 1 << 17;

    // Parts of a shared product: small enough for a thread that is early to help a late one.
    private const long ElementsPerPart = 1 << 15;
    private const int MostParts = 32;
    private const int LeastRowsPerPart = 16;

    // So many rows are added up before their sum is added to the sums of others, which are kept as doubles.
    private const int RowsOfBlock = 256;

    [ThreadStatic]
    private static VectorProduct<T, TVector, TLanes>? _idle;

    private readonly Workspace _workspace = new();

    private T* _matrix;
    private nint _matrixStride;
    private nint _matrixRows;
    private nint _matrixColumns;
    private T* _vector;
    private T* _result;
    private nint _resultStride;
    private T _beta;
    private bool _summing;
    private T* _sums;
    private nint _sumsStride;
    private Partition _rowParts;
    private Partition _columnParts;
    private ulong _directions;

    /// <summary>Computes one product that has one row or one column.</summary>
    public static void Run(in ProductShape shape, T* left, T* right, T beta, T* result)
    {
        var product = _idle ?? new VectorProduct<T, TVector, TLanes>();
        _idle = null;
        try
        {
            product._result = result;
            product._beta = beta;
            if (shape.Columns == 1)
            {
                product.SetMatrix(left, shape.LeftStride, shape.Rows, shape.Inner, summing: shape.TransposeLeft);
                product.Multiply(right, shape.TransposeRight ? 1 : shape.RightStride, shape.Inner, shape.ResultStride);
            }
            else
            {
                product.SetMatrix(right, shape.RightStride, shape.Columns, shape.Inner, summing: !shape.TransposeRight);
                product.Multiply(left, shape.TransposeLeft ? shape.LeftStride : 1, shape.Inner, 1);
            }
        }
        finally
        {
            _idle = product;
        }
    }

    /// <inheritdoc/>
    public void Run(int part)
    {
        var (rowPart, columnPart) = Math.DivRem(part, _columnParts.Parts);
        var start = (nint)_rowParts.Start(rowPart);
        var end = (nint)_rowParts.End(rowPart);
        if (!_summing)
        {
            DotRows(start, end);
            return;
        }

        var column = (nint)_columnParts.Start(columnPart);
        var columns = (nint)_columnParts.End(columnPart) - column;
        var sums = _sums + (rowPart * _sumsStride) + column;
        if (end - start <= RowsOfBlock)
            SumRows(start, end, column, columns, sums);
        else
            SumBlocks(start, end, column, columns, sums);
    }

    private void SumRows(nint start, nint end, nint column, nint columns, T* sums) => WeightedRows<T, TVector, TLanes>.Sum(
        _matrix + (start * _matrixStride) + column, _matrixStride, end - start, _vector + start, columns, sums);

    private void SumBlocks(nint start, nint end, nint column, nint columns, T* sums)
    {
        var totals = Workspace.OfPart.Take<double>(columns);
        new Span<double>(totals, (int)columns).Clear();
        for (var row = start; row < end; row += RowsOfBlock)
        {
            SumRows(row, Math.Min(end, row + RowsOfBlock), column, columns, sums);
            WideSums<T>.Add(sums, totals, columns);
        }

        WideSums<T>.Round(totals, sums, 1, columns);
    }

    private void SetMatrix(T* matrix, nint stride, nint outer, nint inner, bool summing)
    {
        _matrix = matrix;
        _matrixStride = stride;
        _matrixRows = summing ? inner : outer;
        _matrixColumns = summing ? outer : inner;
        _summing = summing;
    }

    private void Multiply(T* vector, nint vectorStride, nint inner, nint resultStride)
    {
        _resultStride = resultStride;
        Divide();
        var isDirect = !_summing || (_rowParts.Parts == 1 && _beta == T.Zero && (resultStride == 1 || _matrixColumns == 1));
        var lengthOfGathered = vectorStride == 1 || inner == 1 ? 0 : WholeLines(inner);
        _sumsStride = WholeLines(_matrixColumns);
        var room = lengthOfGathered == 0 && isDirect
            ? null
            : _workspace.Take<T>(lengthOfGathered + (isDirect ? 0 : _rowParts.Parts * _sumsStride));
        _sums = isDirect ? _result : room + lengthOfGathered;
        _vector = vector;
        if (lengthOfGathered > 0)
        {
            _vector = room;
            for (nint k = 0; k < inner; k++)
                room[k] = vector[k * vectorStride];
        }

        Share();
        if (!isDirect)
            Collect();
    }

    // A matrix is cut along its rows first: the threads then read memory that lies together, which fills all of their
    // second-level caches. Columns that are a power of two apart would share few of the cache's sets.
    private void Divide()
    {
        var elements = _matrixRows * _matrixColumns;
        var parts = elements < 2 * ElementsPerThread ? 1 : Math.Min(MostParts, elements / ElementsPerPart);
        _rowParts = Partition.IntoParts(_matrixRows, (int)Math.Min(parts, Math.Max(1, _matrixRows / LeastRowsPerPart)));
        var columnParts = _summing ? (parts + _rowParts.Parts - 1) / _rowParts.Parts : 1;
        _columnParts = Partition.IntoParts(
            _matrixColumns, (int)columnParts, _summing ? WeightedRows<T, TVector, TLanes>.ColumnsAtOnce : (int)_matrixColumns);
    }

    // Who reads a matrix again and again finds the end of it in the cache, so every other time begins there. Which way
    // it goes changes no result. One bit remembers for each matrix, and for those that share it.
    private void Share()
    {
        var parts = _rowParts.Parts * _columnParts.Parts;
        if (parts == 1)
        {
            Run(0);
            return;
        }

        var bit = 1ul << (int)((((ulong)_matrix >> 6) * 0x9E3779B97F4A7C15) >> 58);
        _directions ^= bit;
        ThreadTeam.Run(parts, this, backwards: (_directions & bit) != 0);
    }

    // result = beta result + the sums of all row parts, always added in one order.
    private void Collect()
    {
        for (nint j = 0; j < _matrixColumns; j += TLanes.Count)
        {
            var sum = TLanes.Load(_sums + j);
            for (nint part = 1; part < _rowParts.Parts; part++)
                sum = TLanes.Add(sum, TLanes.Load(_sums + (part * _sumsStride) + j));
            var count = (int)Math.Min(TLanes.Count, _matrixColumns - j);
            if (_resultStride != 1)
            {
                TLanes.Store(_sums + j, sum);
                continue;
            }

            if (_beta != T.Zero)
                sum = TLanes.MultiplyAdd(TLanes.Broadcast(_beta), TLanes.LoadFirst(_result + j, count), sum);
            TLanes.StoreFirst(_result + j, sum, count);
        }

        for (nint j = 0; j < _matrixColumns && _resultStride != 1; j++)
        {
            var address = _result + (j * _resultStride);
            *address = _beta == T.Zero ? _sums[j] : _sums[j] + (_beta * *address);
        }
    }

    // A sum has two times 64 bytes of lanes, however wide vectors are: so its order of operations does not depend on that.
    private static int VectorsOfSum => 64 / sizeof(T) / TLanes.Count;

    // A number of elements that begins a new cache line behind it.
    private static nint WholeLines(nint count)
    {
        var line = 64 / sizeof(T);
        return (count + line - 1) / line * line;
    }

    private void DotRows(nint start, nint end)
    {
        var row = start;
        if (VectorsOfSum > 1)
        {
            for (; row < end; row++)
                DotRowNarrowly(row);
            return;
        }

        for (; row + 4 <= end; row += 4)
            DotFourRows(row);
        for (; row < end; row++)
            DotRow(row);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Finish(nint row, TVector even, TVector odd)
    {
        Write(row, TLanes.Sum(TLanes.Add(even, odd)));
    }

    private void Write(nint row, T sum)
    {
        var address = _result + (row * _resultStride);
        *address = _beta == T.Zero ? sum : sum + (_beta * *address);
    }

    // Four rows at once have enough independent sums to keep the multipliers busy; each row's own order of operations is
    // that of DotRow, so that it does not matter which of the two computes it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DotFourRows(nint row)
    {
        var m0 = _matrix + (row * _matrixStride);
        var m1 = m0 + _matrixStride;
        var m2 = m1 + _matrixStride;
        var m3 = m2 + _matrixStride;
        TVector s0 = TLanes.Zero, s1 = TLanes.Zero, s2 = TLanes.Zero, s3 = TLanes.Zero;
        TVector t0 = TLanes.Zero, t1 = TLanes.Zero, t2 = TLanes.Zero, t3 = TLanes.Zero;
        var length = _matrixColumns;
        var v = _vector;
        nint k = 0;
        for (; k + (2 * TLanes.Count) <= length; k += 2 * TLanes.Count)
        {
            var x = TLanes.Load(v + k);
            var y = TLanes.Load(v + k + TLanes.Count);
            s0 = TLanes.MultiplyAdd(TLanes.Load(m0 + k), x, s0);
            t0 = TLanes.MultiplyAdd(TLanes.Load(m0 + k + TLanes.Count), y, t0);
            s1 = TLanes.MultiplyAdd(TLanes.Load(m1 + k), x, s1);
            t1 = TLanes.MultiplyAdd(TLanes.Load(m1 + k + TLanes.Count), y, t1);
            s2 = TLanes.MultiplyAdd(TLanes.Load(m2 + k), x, s2);
            t2 = TLanes.MultiplyAdd(TLanes.Load(m2 + k + TLanes.Count), y, t2);
            s3 = TLanes.MultiplyAdd(TLanes.Load(m3 + k), x, s3);
            t3 = TLanes.MultiplyAdd(TLanes.Load(m3 + k + TLanes.Count), y, t3);
        }

        for (; k < length; k += TLanes.Count)
        {
            var count = (int)Math.Min(TLanes.Count, length - k);
            var x = TLanes.LoadFirst(v + k, count);
            s0 = TLanes.MultiplyAdd(TLanes.LoadFirst(m0 + k, count), x, s0);
            s1 = TLanes.MultiplyAdd(TLanes.LoadFirst(m1 + k, count), x, s1);
            s2 = TLanes.MultiplyAdd(TLanes.LoadFirst(m2 + k, count), x, s2);
            s3 = TLanes.MultiplyAdd(TLanes.LoadFirst(m3 + k, count), x, s3);
        }

        Finish(row, s0, t0);
        Finish(row + 1, s1, t1);
        Finish(row + 2, s2, t2);
        Finish(row + 3, s3, t3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DotRow(nint row)
    {
        var m = _matrix + (row * _matrixStride);
        TVector s = TLanes.Zero, t = TLanes.Zero;
        var length = _matrixColumns;
        var v = _vector;
        nint k = 0;
        for (; k + (2 * TLanes.Count) <= length; k += 2 * TLanes.Count)
        {
            s = TLanes.MultiplyAdd(TLanes.Load(m + k), TLanes.Load(v + k), s);
            t = TLanes.MultiplyAdd(TLanes.Load(m + k + TLanes.Count), TLanes.Load(v + k + TLanes.Count), t);
        }

        for (; k < length; k += TLanes.Count)
        {
            var count = (int)Math.Min(TLanes.Count, length - k);
            s = TLanes.MultiplyAdd(TLanes.LoadFirst(m + k, count), TLanes.LoadFirst(v + k, count), s);
        }

        Finish(row, s, t);
    }

    // The sums of DotRow in vectors of half their width or a quarter.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DotRowNarrowly(nint row)
    {
        var m = _matrix + (row * _matrixStride);
        var v = _vector;
        var length = _matrixColumns;
        nint lanes = TLanes.Count;
        var half = VectorsOfSum * lanes;
        TVector s0 = TLanes.Zero, s1 = TLanes.Zero, s2 = TLanes.Zero, s3 = TLanes.Zero;
        TVector t0 = TLanes.Zero, t1 = TLanes.Zero, t2 = TLanes.Zero, t3 = TLanes.Zero;
        nint k = 0;
        for (; k + (2 * half) <= length; k += 2 * half)
        {
            s0 = Add(k, s0);
            s1 = Add(k + lanes, s1);
            t0 = Add(k + half, t0);
            t1 = Add(k + half + lanes, t1);
            if (VectorsOfSum > 2)
            {
                s2 = Add(k + (2 * lanes), s2);
                s3 = Add(k + (3 * lanes), s3);
                t2 = Add(k + half + (2 * lanes), t2);
                t3 = Add(k + half + (3 * lanes), t3);
            }
        }

        for (; k < length; k += half)
        {
            s0 = AddFirst(k, s0);
            s1 = AddFirst(k + lanes, s1);
            if (VectorsOfSum > 2)
            {
                s2 = AddFirst(k + (2 * lanes), s2);
                s3 = AddFirst(k + (3 * lanes), s3);
            }
        }

        var sum = TLanes.Sum(TLanes.Add(s0, t0)) + TLanes.Sum(TLanes.Add(s1, t1));
        if (VectorsOfSum > 2)
            sum += TLanes.Sum(TLanes.Add(s2, t2)) + TLanes.Sum(TLanes.Add(s3, t3));
        Write(row, sum);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        TVector Add(nint place, TVector to) => TLanes.MultiplyAdd(TLanes.Load(m + place), TLanes.Load(v + place), to);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        TVector AddFirst(nint place, TVector to)
        {
            var count = (int)Math.Clamp(length - place, 0, lanes);
            return count == 0
                ? to
                : TLanes.MultiplyAdd(TLanes.LoadFirst(m + place, count), TLanes.LoadFirst(v + place, count), to);
        }
    }
}
