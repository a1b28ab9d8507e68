using System.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace Functional.Kernels.Blas.MathNet;

/// <summary>Products by whatever provider MathNet.Numerics is configured with when the call is made.</summary>
/// <remarks>
/// MathNet stores matrices column by column and takes whole managed arrays, so operands are copied. A row-major matrix
/// read column by column is its transpose, hence the operands change places: C' = op(B)' op(A)'. Threads are MathNet's own.
/// </remarks>
public sealed unsafe class MathNetMatrixProduct : IMatrixProduct
{
    private MathNetMatrixProduct()
    {
    }

    /// <summary>The provider.</summary>
    public static MathNetMatrixProduct Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => $"MathNet ({LinearAlgebraControl.Provider})";

    /// <inheritdoc/>
    public void Multiply(
        in ProductShape shape, float* left, float* right, float beta, float* result, IRowsWritten? rowsWritten = null) =>
        Operands<float>.Multiply(LinearAlgebraControl.Provider, shape, left, right, beta, result, rowsWritten);

    /// <inheritdoc/>
    public void Multiply(
        in ProductShape shape, double* left, double* right, double beta, double* result, IRowsWritten? rowsWritten = null) =>
        Operands<double>.Multiply(LinearAlgebraControl.Provider, shape, left, right, beta, result, rowsWritten);

    // Arrays of exactly the right length, as MathNet demands; kept for the next product of the same sizes.
    private sealed class Operands<T>
        where T : unmanaged, INumber<T>
    {
        [ThreadStatic]
        private static Operands<T>? _idle;

        private T[] _left = [];
        private T[] _right = [];
        private T[] _result = [];

        public static void Multiply(
            ILinearAlgebraProvider<T> provider,
            in ProductShape shape, T* left, T* right, T beta, T* result, IRowsWritten? rowsWritten)
        {
            shape.Validate();
            if (shape.IsEmpty)
                return;
            var operands = _idle ?? new Operands<T>();
            _idle = null;
            for (var batch = 0; batch < shape.ProductCount; batch++)
            {
                operands.MultiplyOne(
                    provider,
                    shape,
                    left + shape.LeftStart(batch),
                    right + shape.RightStart(batch),
                    beta,
                    result + (batch * shape.ResultBatchStride));
                rowsWritten?.RowsWritten(batch, 0, shape.Rows);
            }

            _idle = operands;
        }

        private void MultiplyOne(
            ILinearAlgebraProvider<T> provider, in ProductShape shape, T* left, T* right, T beta, T* result)
        {
            if (shape.Inner == 0)
            {
                EmptySum.Scale(shape, beta, result);
                return;
            }

            var (leftRows, leftColumns) = shape.TransposeLeft ? (shape.Inner, shape.Rows) : (shape.Rows, shape.Inner);
            var (rightRows, rightColumns) =
                shape.TransposeRight ? (shape.Columns, shape.Inner) : (shape.Inner, shape.Columns);
            Gather(left, leftRows, leftColumns, shape.LeftStride, ref _left);
            Gather(right, rightRows, rightColumns, shape.RightStride, ref _right);
            if (beta != T.Zero)
                Gather(result, shape.Rows, shape.Columns, shape.ResultStride, ref _result);
            else
                Fit(ref _result, (long)shape.Rows * shape.Columns).Clear();

            provider.MatrixMultiplyWithUpdate(
                shape.TransposeRight ? Transpose.Transpose : Transpose.DontTranspose,
                shape.TransposeLeft ? Transpose.Transpose : Transpose.DontTranspose,
                T.One, _right, rightColumns, rightRows, _left, leftColumns, leftRows, beta, _result);

            for (var row = 0; row < shape.Rows; row++)
            {
                _result.AsSpan(row * shape.Columns, shape.Columns)
                    .CopyTo(new Span<T>(result + ((nint)row * shape.ResultStride), shape.Columns));
            }
        }

        private static void Gather(T* matrix, int rows, int columns, nint stride, ref T[] array)
        {
            var target = Fit(ref array, (long)rows * columns);
            for (var row = 0; row < rows; row++)
                new ReadOnlySpan<T>(matrix + (row * stride), columns).CopyTo(target.Slice(row * columns, columns));
        }

        private static Span<T> Fit(ref T[] array, long length)
        {
            if (array.LongLength != length)
                array = new T[length];
            return array;
        }
    }
}
