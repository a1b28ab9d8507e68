using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Kernels.Memory;
using Functional.Kernels.Parallelism;

namespace Functional.Kernels.Blas.Simd;

/// <summary>A column times a row: products whose sums have a single term.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
internal sealed unsafe class OuterProduct<T, TVector, TLanes> : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : struct, IVectorLanes<TVector, T>
{
    private const int ElementsPerPart = 1 << 17;

    [ThreadStatic]
    private static OuterProduct<T, TVector, TLanes>? _idle;

    private readonly Workspace _workspace = new();

    private T* _column;
    private nint _columnStride;
    private T* _row;
    private nint _rowLength;
    private T* _result;
    private nint _resultStride;
    private T _beta;
    private Partition _partition;

    /// <summary>Computes one product whose inner size is 1.</summary>
    public static void Run(in ProductShape shape, T* left, T* right, T beta, T* result)
    {
        var product = _idle ?? new OuterProduct<T, TVector, TLanes>();
        _idle = null;
        try
        {
            product._column = left;
            product._columnStride = shape.TransposeLeft ? 1 : shape.LeftStride;
            product._row = right;
            product._rowLength = shape.Columns;
            product._result = result;
            product._resultStride = shape.ResultStride;
            product._beta = beta;
            product._partition = Partition.BySize(shape.Rows, Math.Max(1, ElementsPerPart / shape.Columns));
            product.Multiply(shape.TransposeRight ? shape.RightStride : 1);
        }
        finally
        {
            _idle = product;
        }
    }

    /// <inheritdoc/>
    public void Run(int part)
    {
        var end = (nint)_partition.End(part);
        for (var i = (nint)_partition.Start(part); i < end; i++)
            MultiplyRow(_column[i * _columnStride], _result + (i * _resultStride));
    }

    private void Multiply(nint rowStride)
    {
        if (rowStride != 1)
        {
            var gathered = _workspace.Take<T>(_rowLength);
            for (nint j = 0; j < _rowLength; j++)
                gathered[j] = _row[j * rowStride];
            _row = gathered;
        }

        ThreadTeam.Run(_partition.Parts, this);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyRow(T factor, T* c)
    {
        var accumulate = _beta != T.Zero;
        var scale = TLanes.Broadcast(_beta);
        var left = TLanes.Broadcast(factor);
        nint j = 0;
        for (; j + TLanes.Count <= _rowLength; j += TLanes.Count)
        {
            var product = TLanes.MultiplyAdd(left, TLanes.Load(_row + j), TLanes.Zero);
            TLanes.Store(c + j, accumulate ? TLanes.MultiplyAdd(scale, TLanes.Load(c + j), product) : product);
        }

        if (j == _rowLength)
            return;
        var count = (int)(_rowLength - j);
        var last = TLanes.MultiplyAdd(left, TLanes.LoadFirst(_row + j, count), TLanes.Zero);
        if (accumulate)
            last = TLanes.MultiplyAdd(scale, TLanes.LoadFirst(c + j, count), last);
        TLanes.StoreFirst(c + j, last, count);
    }
}
