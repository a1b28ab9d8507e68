using Functional.Kernels.Blas;
using Functional.Kernels.Loops;
using Functional.Kernels.Memory;

namespace Functional.Kernels.Execution;

/// <summary>A matrix product on the buffers of a plan, by the chosen BLAS provider, and what is done to its result.</summary>
public sealed unsafe class BoundMatrixProduct : BoundKernel
{
    // Parts of products are about so many rows.
    private const int RowsOfGroup = 28;

    private readonly ElementKind _kind;
    private readonly ProductShape _shape;
    private readonly BufferOperand _leftOperand;
    private readonly BufferOperand _rightOperand;
    private readonly BufferOperand _resultOperand;
    private readonly bool _accumulates;
    private readonly RowEpilogue? _epilogue;
    private readonly SplitSumProduct? _splitSums;
    private readonly bool _rightStays;
    private IMatrixProduct? _packedBy;
    private PackedRightProduct? _packed;
    private bool _isPacked;
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
    /// <param name="rightStays">Whether B is the same in all runs of a loop.</param>
    /// <param name="epilogue">What is done to C afterwards; null for nothing. It is given back with this object.</param>
    public BoundMatrixProduct(
        ElementKind kind,
        in ProductShape shape,
        BufferOperand left,
        BufferOperand right,
        BufferOperand result,
        bool accumulates,
        bool rightStays,
        BoundLoop? epilogue)
    {
        _kind = kind;
        _shape = shape;
        _leftOperand = left;
        _rightOperand = right;
        _resultOperand = result;
        _accumulates = accumulates;
        _rightStays = rightStays;
        _splitSums = SplitSumProduct.TryOf(kind, shape);
        _epilogue = epilogue is null
            ? null
            : new RowEpilogue(
                epilogue,
                epilogue.Groups ?? new RowGroups(shape.ProductCount, shape.Rows, shape.Columns, 1),
                kind.SizeInBytes());
    }

    /// <summary>The groups of rows in which an epilogue of this product that sums over rows can run.</summary>
    /// <param name="kind">Float32 or Float64.</param>
    /// <param name="shape">Sizes of the product.</param>
    /// <returns>Null where it is better run on all rows at once.</returns>
    public static RowGroups? GroupsOf(ElementKind kind, in ProductShape shape)
    {
        var groups = new RowGroups(1, shape.Rows, shape.Columns, RowsOfGroup);
        return shape.ProductCount == 1 && groups.AreWorthVisiting(kind.SizeInBytes()) ? groups : null;
    }

    /// <inheritdoc/>
    public override void Bind(ReadOnlySpan<nint> addresses)
    {
        _left = (void*)_leftOperand.In(addresses);
        _right = (void*)_rightOperand.In(addresses);
        _result = (void*)_resultOperand.In(addresses);
        _epilogue?.Bind(addresses);
    }

    /// <inheritdoc/>
    public override void BeginLoop() => _isPacked = false;

    /// <inheritdoc/>
    public override void Run()
    {
        var provider = MatrixProducts.Current;
        var visitor = _epilogue?.Visitor;
        if (_rightStays && PackedFor(provider) is { } packed)
            packed.Run(_left, _accumulates ? 1 : 0, _result, visitor);
        else if (_splitSums is not null)
            _splitSums.Run(provider, _left, _right, _accumulates ? 1 : 0, _result, visitor);
        else if (_kind == ElementKind.Float32)
            provider.Multiply(_shape, (float*)_left, (float*)_right, _accumulates ? 1f : 0f, (float*)_result, visitor);
        else
            provider.Multiply(_shape, (double*)_left, (double*)_right, _accumulates ? 1.0 : 0.0, (double*)_result, visitor);
        _epilogue?.Complete();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _packed?.Dispose();
            _epilogue?.Dispose();
        }

        base.Dispose(disposing);
    }

    // The first run of a loop packs B.
    private PackedRightProduct? PackedFor(IMatrixProduct provider)
    {
        if (!ReferenceEquals(provider, _packedBy))
        {
            _packed?.Dispose();
            _packed = provider.TryPackRight(_kind, _shape);
            _packedBy = provider;
            _isPacked = false;
        }

        if (!_isPacked)
            _packed?.Pack(_right);
        _isPacked = true;
        return _packed;
    }
}
