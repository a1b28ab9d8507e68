using Functional.Kernels.Blas;
using Functional.Kernels.Memory;

namespace Functional.Kernels.Execution;

/// <summary>A matrix product on the buffers of a plan, by the chosen BLAS provider, and what is done to its result.</summary>
public sealed unsafe class BoundMatrixProduct : BoundKernel, IRowsWritten
{
    // A smaller result is still in a cache when the whole product is there, and one pass over it is cheaper than many.
    private const long BytesWorthVisitingByRows = 1 << 18;

    private readonly ElementKind _kind;
    private readonly ProductShape _shape;
    private readonly BufferOperand _leftOperand;
    private readonly BufferOperand _rightOperand;
    private readonly BufferOperand _resultOperand;
    private readonly bool _accumulates;
    private readonly BoundLoop? _epilogue;
    private readonly bool _visitsRows;
    private void* _left;
    private void* _right;
    private void* _result;

    /// <summary>Names the operands of a product.</summary>
    /// <param name="kind">Float32 or Float64.</param>
    /// <param name="shape">Sizes and layout.</param>
    /// <param name="left">A.</param>
    /// <param name="right">B.</param>
    /// <param name="result">C.</param>
    /// <param name="accumulates">Whether the product is added to C.</param>
    /// <param name="epilogue">What is done to C afterwards; null for nothing. It is given back with this object.</param>
    public BoundMatrixProduct(
        ElementKind kind,
        in ProductShape shape,
        BufferOperand left,
        BufferOperand right,
        BufferOperand result,
        bool accumulates,
        BoundLoop? epilogue)
    {
        _kind = kind;
        _shape = shape;
        _leftOperand = left;
        _rightOperand = right;
        _resultOperand = result;
        _accumulates = accumulates;
        _epilogue = epilogue;
        _visitsRows = epilogue is not null
            && AllRows * shape.Columns * kind.SizeInBytes() >= BytesWorthVisitingByRows
            && epilogue.CanRunRows(AllRows, shape.Columns);
    }

    private long AllRows => (long)_shape.ProductCount * _shape.Rows;

    /// <inheritdoc/>
    public override void Bind(ReadOnlySpan<nint> addresses)
    {
        _left = (void*)_leftOperand.In(addresses);
        _right = (void*)_rightOperand.In(addresses);
        _result = (void*)_resultOperand.In(addresses);
        _epilogue?.Bind(addresses);
    }

    /// <inheritdoc/>
    public override void Run()
    {
        var provider = Backend.Current;
        var visitor = _visitsRows ? this : null;
        if (_kind == ElementKind.Float32)
            provider.Multiply(_shape, (float*)_left, (float*)_right, _accumulates ? 1f : 0f, (float*)_result, visitor);
        else
            provider.Multiply(_shape, (double*)_left, (double*)_right, _accumulates ? 1.0 : 0.0, (double*)_result, visitor);
        if (!_visitsRows)
            _epilogue?.Run();
    }

    // Rows are still in the cache of the thread that wrote them; all rows at once are shared among the threads again.
    void IRowsWritten.RowsWritten(int batch, int rowStart, int rowEnd)
    {
        if (rowEnd - rowStart == AllRows)
            _epilogue!.Run();
        else
            _epilogue!.RunRows(AllRows, _shape.Columns, ((long)batch * _shape.Rows) + rowStart, rowEnd - rowStart);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _epilogue?.Dispose();
        base.Dispose(disposing);
    }
}
