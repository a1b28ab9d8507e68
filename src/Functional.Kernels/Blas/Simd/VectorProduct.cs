using System.Numerics;
using System.Runtime.CompilerServices;
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
    // Measured: below this a second thread costs more than it saves.
    private const int ElementsPerPart = 1 << 17;

    // A piece of the sums stays in the first-level cache while rows are added to it.
    private const int SumsAtOnce = 2_048;

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
    private Partition _partition;

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
        var start = (nint)_partition.Start(part);
        var end = (nint)_partition.End(part);
        if (!_summing)
        {
            DotRows(start, end);
            return;
        }

        for (var column = start; column < end; column += SumsAtOnce)
            AddRows(column, Math.Min(end, column + SumsAtOnce));
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
        var outer = _summing ? _matrixColumns : _matrixRows;
        var gathersVector = vectorStride != 1 && inner > 1;
        var scattersResult = _summing && resultStride != 1 && outer > 1;
        var room = gathersVector || scattersResult ? _workspace.Take<T>(inner + outer) : null;
        _vector = vector;
        if (gathersVector)
        {
            _vector = room;
            for (nint k = 0; k < inner; k++)
                room[k] = vector[k * vectorStride];
        }

        var result = _result;
        _resultStride = resultStride;
        if (scattersResult)
        {
            _result = room + inner;
            _resultStride = 1;
            for (nint i = 0; i < outer && _beta != T.Zero; i++)
                _result[i] = result[i * resultStride];
        }

        _partition = Partition.BySize(outer, Math.Max(1, ElementsPerPart / inner), 64 / sizeof(T));
        if (_partition.Parts == 1)
            Run(0);
        else
            ThreadTeam.Run(_partition.Parts, this);

        for (nint i = 0; i < outer && scattersResult; i++)
            result[i * resultStride] = _result[i];
    }

    private void DotRows(nint start, nint end)
    {
        var row = start;
        for (; row + 4 <= end; row += 4)
            DotFourRows(row);
        for (; row < end; row++)
            DotRow(row);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Finish(nint row, TVector even, TVector odd)
    {
        var sum = TLanes.Sum(TLanes.Add(even, odd));
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

    // result[start..end] = beta result + sum over k of vector[k] matrix[k, start..end], eight rows of the matrix at a time.
    private void AddRows(nint start, nint end)
    {
        var result = new Span<T>(_result + start, (int)(end - start));
        if (_beta == T.Zero)
        {
            result.Clear();
        }
        else if (_beta != T.One)
        {
            for (var j = 0; j < result.Length; j++)
                result[j] *= _beta;
        }

        nint row = 0;
        for (; row + 8 <= _matrixRows; row += 8)
            AddEightRows(row, start, end);
        for (; row < _matrixRows; row++)
            AddRow(row, start, end);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddEightRows(nint row, nint start, nint end)
    {
        var v = _vector + row;
        var m0 = _matrix + (row * _matrixStride);
        var m3 = m0 + (3 * _matrixStride);
        var m6 = m0 + (6 * _matrixStride);
        var stride = _matrixStride;
        TVector v0 = TLanes.Broadcast(v[0]), v1 = TLanes.Broadcast(v[1]), v2 = TLanes.Broadcast(v[2]);
        TVector v3 = TLanes.Broadcast(v[3]), v4 = TLanes.Broadcast(v[4]), v5 = TLanes.Broadcast(v[5]);
        TVector v6 = TLanes.Broadcast(v[6]), v7 = TLanes.Broadcast(v[7]);
        var j = start;
        for (; j + TLanes.Count <= end; j += TLanes.Count)
        {
            var sum = TLanes.Load(_result + j);
            sum = TLanes.MultiplyAdd(v0, TLanes.Load(m0 + j), sum);
            sum = TLanes.MultiplyAdd(v1, TLanes.Load(m0 + stride + j), sum);
            sum = TLanes.MultiplyAdd(v2, TLanes.Load(m0 + (2 * stride) + j), sum);
            sum = TLanes.MultiplyAdd(v3, TLanes.Load(m3 + j), sum);
            sum = TLanes.MultiplyAdd(v4, TLanes.Load(m3 + stride + j), sum);
            sum = TLanes.MultiplyAdd(v5, TLanes.Load(m3 + (2 * stride) + j), sum);
            sum = TLanes.MultiplyAdd(v6, TLanes.Load(m6 + j), sum);
            sum = TLanes.MultiplyAdd(v7, TLanes.Load(m6 + stride + j), sum);
            TLanes.Store(_result + j, sum);
        }

        if (j == end)
            return;
        var count = (int)(end - j);
        var last = TLanes.LoadFirst(_result + j, count);
        for (nint i = 0; i < 8; i++)
            last = TLanes.MultiplyAdd(TLanes.Broadcast(v[i]), TLanes.LoadFirst(m0 + (i * stride) + j, count), last);
        TLanes.StoreFirst(_result + j, last, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddRow(nint row, nint start, nint end)
    {
        var m = _matrix + (row * _matrixStride);
        var v = TLanes.Broadcast(_vector[row]);
        var j = start;
        for (; j + TLanes.Count <= end; j += TLanes.Count)
            TLanes.Store(_result + j, TLanes.MultiplyAdd(v, TLanes.Load(m + j), TLanes.Load(_result + j)));
        if (j == end)
            return;
        var count = (int)(end - j);
        TLanes.StoreFirst(
            _result + j,
            TLanes.MultiplyAdd(v, TLanes.LoadFirst(m + j, count), TLanes.LoadFirst(_result + j, count)),
            count);
    }
}
