using System.Numerics;
using Functional.Kernels.Memory;
using Functional.Kernels.Parallelism;
using Functional.Kernels.Reductions;

namespace Functional.Kernels.Blas;

/// <summary>
/// A product with long sums and a small result, as gradients of weights are: each part adds up a stretch of the inner index
/// for all of the result. Known as split-K.
/// </summary>
/// <remarks>
/// A thread then reads its own rows of both factors only, which it often has in its cache because it wrote them; divided by
/// parts of the result, every thread would read one of the factors whole. Parts follow from sizes alone.
/// </remarks>
internal abstract unsafe class SplitSumProduct
{
    // Adding one more part costs about as much as 32 multiplications for each element of the result.
    private const int InnerOfPart = 512;
    private const int InnerPerSideOfResult = 4;
    private const double MultiplicationsOfPart = 1_500_000;
    private const int MostParts = 8;

    // Each part has a result of its own, which should stay in a second-level cache beside what is read.
    private const long ResultLimitInBytes = 1 << 20;

    /// <summary>The divided product of a shape; null where dividing would gain nothing.</summary>
    /// <param name="kind">Float32 or Float64.</param>
    /// <param name="shape">The shape.</param>
    public static SplitSumProduct? TryOf(ElementKind kind, in ProductShape shape)
    {
        var worthwhile = Math.Min(shape.Inner / InnerOfPart, shape.Multiplications / MultiplicationsOfPart);
        var parts = (int)Math.Min(MostParts, worthwhile);
        if (parts < 2
            || shape.Inner < (long)InnerPerSideOfResult * Math.Max(shape.Rows, shape.Columns)
            || shape.ProductCount != 1
            || shape.ResultStride != shape.Columns
            || (long)shape.Rows * shape.Columns * kind.SizeInBytes() > ResultLimitInBytes)
            return null;
        return kind == ElementKind.Float32 ? new Of<float>(shape, parts) : new Of<double>(shape, parts);
    }

    /// <summary>Computes <c>C = op(A) op(B) + beta C</c>.</summary>
    /// <param name="provider">Who multiplies.</param>
    /// <param name="left">A.</param>
    /// <param name="right">B.</param>
    /// <param name="beta">What the old C is multiplied with; with 0 it is not read.</param>
    /// <param name="result">C.</param>
    /// <param name="rowsWritten">Is told of all rows at once; null when nobody wants to know.</param>
    public abstract void Run(
        IMatrixProduct provider, void* left, void* right, double beta, void* result, IRowsWritten? rowsWritten);

    private sealed class Of<T> : SplitSumProduct, IPartitionedWork
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ProductShape _shape;
        private readonly Partition _stretches;
        private readonly PartialSums<T> _sums;
        private IMatrixProduct? _provider;
        private T* _left;
        private T* _right;
        private double _beta;

        public Of(in ProductShape shape, int parts)
        {
            _shape = shape;
            _stretches = Partition.IntoParts(shape.Inner, parts);
            _sums = new PartialSums<T>(_stretches.Parts, (long)shape.Rows * shape.Columns);
        }

        public override void Run(
            IMatrixProduct provider, void* left, void* right, double beta, void* result, IRowsWritten? rowsWritten)
        {
            _provider = provider;
            _left = (T*)left;
            _right = (T*)right;
            _beta = beta;
            _sums.Collect(this, (T*)result);
            _provider = null;
            rowsWritten?.RowsWritten(0, 0, _shape.Rows);
        }

        public void Run(int part)
        {
            var start = (nint)_stretches.Start(part);
            var stretch = _shape with { Inner = (int)(_stretches.End(part) - start), IsPiece = true };
            var left = _left + (start * (_shape.TransposeLeft ? _shape.LeftStride : 1));
            var right = _right + (start * (_shape.TransposeRight ? 1 : _shape.RightStride));
            var result = _sums.WithoutClearing(part);
            var beta = part == 0 ? _beta : 0;
            if (typeof(T) == typeof(float))
                _provider!.Multiply(stretch, (float*)left, (float*)right, (float)beta, (float*)result);
            else
                _provider!.Multiply(stretch, (double*)left, (double*)right, beta, (double*)result);
        }
    }
}
