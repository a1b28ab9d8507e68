using System.Numerics;
using Functional.Kernels.Parallelism;

namespace Functional.Kernels.Blas.Simd;

/// <summary>All products of a batch, each by the path that fits its sizes.</summary>
/// <remarks>Small products are dealt out whole to the threads; a large one is shared by them.</remarks>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
internal sealed unsafe class BatchedProduct<T, TVector, TLanes> : IPartitionedWork, IRowsWritten
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : struct, IVectorLanes<TVector, T>
{
    private const double MultiplicationsPerPart = 400_000;
    private const double LargeProduct = 4_000_000;

    [ThreadStatic]
    private static BatchedProduct<T, TVector, TLanes>? _idle;

    private ProductShape _shape;
    private T* _left;
    private T* _right;
    private T* _result;
    private T _beta;
    private IRowsWritten? _rowsWritten;
    private Partition _partition;

    /// <summary>Computes <c>C = op(A) op(B) + beta C</c> for every product of the batch.</summary>
    public static void Run(in ProductShape shape, T* left, T* right, T beta, T* result, IRowsWritten? rowsWritten)
    {
        shape.Validate();
        if (shape.IsEmpty)
            return;
        if (shape.ProductCount == 1)
            RunOne(shape, 0, left, right, beta, result, rowsWritten);
        else
            RunAll(shape, left, right, beta, result, rowsWritten);
    }

    /// <inheritdoc/>
    public void Run(int part)
    {
        var end = _partition.End(part);
        for (var batch = _partition.Start(part); batch < end; batch++)
        {
            RunOne(
                _shape,
                (int)batch,
                _left + _shape.LeftStart((int)batch),
                _right + _shape.RightStart((int)batch),
                _beta,
                _result + (batch * _shape.ResultBatchStride),
                _rowsWritten);
        }
    }

    // Of one tall product that stands for the whole batch.
    void IRowsWritten.RowsWritten(int batch, int rowStart, int rowEnd)
    {
        while (rowStart < rowEnd)
        {
            var (of, row) = Math.DivRem(rowStart, _shape.Rows);
            var end = Math.Min(_shape.Rows, row + rowEnd - rowStart);
            _rowsWritten!.RowsWritten(of, row, end);
            rowStart += end - row;
        }
    }

    // One B for the whole batch, and the rows of all A and C at one distance.
    private static bool IsOneTallProduct(in ProductShape shape) =>
        shape.OuterBatchCount == 1
        && shape.RightBatchStride == 0
        && !shape.TransposeLeft
        && shape.LeftBatchStride == (long)shape.Rows * shape.LeftStride
        && shape.ResultBatchStride == (long)shape.Rows * shape.ResultStride
        && (long)shape.Rows * shape.BatchCount <= int.MaxValue;

    private static void RunAll(
        in ProductShape shape, T* left, T* right, T beta, T* result, IRowsWritten? rowsWritten)
    {
        var product = _idle ?? new BatchedProduct<T, TVector, TLanes>();
        _idle = null;
        try
        {
            product._shape = shape;
            product._left = left;
            product._right = right;
            product._result = result;
            product._beta = beta;
            product._rowsWritten = rowsWritten;
            product.Multiply();
        }
        finally
        {
            product._rowsWritten = null;
            _idle = product;
        }
    }

    private void Multiply()
    {
        if (IsOneTallProduct(_shape))
        {
            var tall = _shape with { Rows = _shape.Rows * _shape.BatchCount };
            RunOne(tall, 0, _left, _right, _beta, _result, _rowsWritten is null ? null : this);
            return;
        }

        var perPart = _shape.Multiplications >= LargeProduct
            ? _shape.ProductCount
            : Math.Max(1, (long)(MultiplicationsPerPart / Math.Max(1, _shape.Multiplications)));
        _partition = Partition.BySize(_shape.ProductCount, perPart);
        ThreadTeam.Run(_partition.Parts, this);
    }

    private static void RunOne(
        in ProductShape shape, int batch, T* left, T* right, T beta, T* result, IRowsWritten? rowsWritten)
    {
        if (shape.Inner == 0)
            EmptySum.Scale(shape, beta, result);
        else if (shape.Rows == 1 || shape.Columns == 1)
            VectorProduct<T, TVector, TLanes>.Run(shape, left, right, beta, result);
        else if (shape.Inner == 1)
            OuterProduct<T, TVector, TLanes>.Run(shape, left, right, beta, result);
        else
        {
            TiledProduct<T, TVector, TLanes>.Run(shape, batch, left, right, beta, result, rowsWritten);
            return;
        }

        rowsWritten?.RowsWritten(batch, 0, shape.Rows);
    }
}
