using System.Numerics;
using Functional.Kernels.Parallelism;

namespace Functional.Kernels.Blas.Mkl;

/// <summary>A product, or a batch of them, cut in pieces that MKL computes one by one.</summary>
/// <remarks>
/// MKL does not promise that an element is the same when it is computed as part of a larger product, so the pieces
/// follow from the sizes and from the processors of the machine, never from how many threads are used. Numbers were found
/// with the benchmark `gemm`.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
internal sealed unsafe class DividedProduct<T> : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int RowMajor = 101;
    private const int AsStored = 111;
    private const int Transposed = 112;

    // A smaller piece is not worth a call.
    private const double MultiplicationsPerPiece = 1 << 20;

    // Each piece packs its rows and columns anew, so pieces are few, large, and nearly square: more than two for each
    // processor only of results so large that packing anew costs little beside multiplying.
    private const int MostPieces = 64;
    private const long ElementsPerFurtherPiece = 1024 * 1024;

    // A right factor that stays in a second-level cache is not packed by pieces of so few rows.
    private const int RowsOfUnpackedPiece = 128;
    private const long UnpackedLimitInBytes = 2 << 20;

    // Pieces begin on a cache line; in units of MKL's own tiles, of 48 columns, they would differ too much in length.
    private const int RowBlock = 8;
    private const int ColumnBlock = 16;

    private static readonly int _piecesOfAnySize = Math.Clamp(2 * Environment.ProcessorCount, 4, MostPieces);

    [ThreadStatic]
    private static DividedProduct<T>? _idle;

    private readonly int[] _columnPartsLeft = new int[MostPieces];
    private ProductShape _shape;
    private T* _left;
    private T* _right;
    private T* _result;
    private T _beta;
    private IRowsWritten? _rowsWritten;
    private MklLibrary? _library;
    private Partition _batches;
    private Partition _rowParts;
    private Partition _columnParts;
    private int _batch;

    /// <summary>Computes <c>C = op(A) op(B) + beta C</c> for every product of the batch.</summary>
    public static void Run(
        MklLibrary library, in ProductShape shape, T* left, T* right, T beta, T* result, IRowsWritten? rowsWritten)
    {
        shape.Validate();
        if (shape.IsEmpty)
            return;

        // A callback may multiply matrices too: it then finds no idle product and makes one.
        var product = _idle ?? new DividedProduct<T>();
        _idle = null;
        try
        {
            product._library = library;
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

    /// <inheritdoc/>
    public void Run(int part)
    {
        if (_batches.Parts > 1)
        {
            for (var batch = _batches.Start(part); batch < _batches.End(part); batch++)
                MultiplyRows((int)batch, 0, _shape.Rows);
        }
        else
        {
            var (rowPart, columnPart) = Math.DivRem(part, _columnParts.Parts);
            var (rowStart, rowEnd) = ((int)_rowParts.Start(rowPart), (int)_rowParts.End(rowPart));
            Call(_batch, rowStart, rowEnd, (int)_columnParts.Start(columnPart), (int)_columnParts.End(columnPart));

            // Whoever writes the last piece of some rows reports them; all rows at once are reported afterwards, so that
            // what is done with them can be shared.
            if (_rowParts.Parts > 1 && Interlocked.Decrement(ref _columnPartsLeft[rowPart]) == 0)
                _rowsWritten?.RowsWritten(_batch, rowStart, rowEnd);
        }
    }

    private void Multiply()
    {
        var each = Math.Max(1, _shape.Multiplications);
        var worthwhile = _shape.IsPiece ? 1 : (int)Math.Clamp(each / MultiplicationsPerPiece, 1, MostPieces);
        _batches = Partition.BySize(
            _shape.ProductCount, worthwhile > 1 ? _shape.ProductCount : Math.Max(1, (long)(MultiplicationsPerPiece / each)));
        if (_batches.Parts > 1)
        {
            ThreadTeam.Run(_batches.Parts, this);
            return;
        }

        Divide(worthwhile);
        for (_batch = 0; _batch < _shape.ProductCount; _batch++)
        {
            Array.Fill(_columnPartsLeft, _columnParts.Parts);
            var parts = _rowParts.Parts * _columnParts.Parts;
            if (parts == 1)
                Run(0);
            else
                ThreadTeam.Run(parts, this);
            if (_rowParts.Parts == 1)
                _rowsWritten?.RowsWritten(_batch, 0, _shape.Rows);
        }
    }

    private void Divide(int worthwhile)
    {
        var rightIsKept = (long)_shape.Inner * _shape.Columns * sizeof(T) <= UnpackedLimitInBytes;
        var byRows = rightIsKept && !_shape.TransposeRight && _shape.Rows > RowsOfUnpackedPiece;
        var wanted = byRows
            ? (_shape.Rows + RowsOfUnpackedPiece - 1) / RowsOfUnpackedPiece
            : (long)_shape.Rows * _shape.Columns / ElementsPerFurtherPiece;
        var pieces = EvenParts((int)Math.Min(worthwhile, Math.Clamp(wanted, _piecesOfAnySize, MostPieces)));
        var (rowParts, columnParts) = byRows ? (pieces, 1) : LeastPacking(pieces);
        _rowParts = Partition.IntoParts(_shape.Rows, rowParts, Math.Max(RowBlock, _rowsWritten?.RowsOfGroup ?? 1));
        _columnParts = Partition.IntoParts(_shape.Columns, columnParts, ColumnBlock);
    }

    // As many pieces for each thread: a power of two, or a multiple of what all processors get.
    private static int EvenParts(int parts) => parts < _piecesOfAnySize
        ? 1 << BitOperations.Log2((uint)parts)
        : Math.Min(MostPieces, (parts + _piecesOfAnySize - 1) / _piecesOfAnySize * _piecesOfAnySize);

    // The division into pieces for which rows and columns are packed least often; the columns of a transposed factor take
    // longer. Of two that are alike, the one with fewer parts of rows: so few threads read the same columns of a weight, which
    // its update else has to take back from all of them.
    private (int RowParts, int ColumnParts) LeastPacking(int pieces)
    {
        var column = _shape.TransposeRight ? 1.5 : 1.0;
        var best = 1;
        for (var rowParts = 2; rowParts <= pieces; rowParts++)
        {
            if (Packed(rowParts) < Packed(best))
                best = rowParts;
        }

        return (best, pieces / best);

        double Packed(int rowParts) => (rowParts * column * _shape.Columns) + ((double)(pieces / rowParts) * _shape.Rows)
            + (pieces % rowParts * (double)(_shape.Rows + _shape.Columns));
    }

    private void MultiplyRows(int batch, int rowStart, int rowEnd)
    {
        Call(batch, rowStart, rowEnd, 0, _shape.Columns);
        _rowsWritten?.RowsWritten(batch, rowStart, rowEnd);
    }

    private void Call(int batch, nint rowStart, nint rowEnd, nint columnStart, nint columnEnd)
    {
        var rows = (int)(rowEnd - rowStart);
        var columns = (int)(columnEnd - columnStart);
        var transposeLeft = _shape.TransposeLeft ? Transposed : AsStored;
        var transposeRight = _shape.TransposeRight ? Transposed : AsStored;
        var a = _left + _shape.LeftStart(batch)
            + (_shape.TransposeLeft ? rowStart : rowStart * _shape.LeftStride);
        var b = _right + _shape.RightStart(batch)
            + (_shape.TransposeRight ? columnStart * _shape.RightStride : columnStart);
        var c = _result + (batch * _shape.ResultBatchStride) + (rowStart * _shape.ResultStride) + columnStart;
        if (_shape.Inner == 0)
        {
            EmptySum.Scale(_shape with { Rows = rows, Columns = columns }, _beta, c);
        }
        else if (typeof(T) == typeof(float))
        {
            _library!.SingleProduct(
                RowMajor, transposeLeft, transposeRight, rows, columns, _shape.Inner,
                1, (float*)a, _shape.LeftStride, (float*)b, _shape.RightStride,
                float.CreateTruncating(_beta), (float*)c, _shape.ResultStride);
        }
        else
        {
            _library!.DoubleProduct(
                RowMajor, transposeLeft, transposeRight, rows, columns, _shape.Inner,
                1, (double*)a, _shape.LeftStride, (double*)b, _shape.RightStride,
                double.CreateTruncating(_beta), (double*)c, _shape.ResultStride);
        }
    }
}
