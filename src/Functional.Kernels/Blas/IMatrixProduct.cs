namespace Functional.Kernels.Blas;

/// <summary>A provider of matrix products over row-major memory: <c>C = op(A) op(B) + beta C</c>.</summary>
/// <remarks>
/// Results do not depend on the number of threads, bit for bit. With beta 0 the old C is not read, so that it may hold
/// anything, NaN too. C overlaps neither operand. Providers are safe to use from several threads at once and allocate
/// nothing on the managed heap once they have run for a while.
/// </remarks>
public unsafe interface IMatrixProduct
{
    /// <summary>The provider's name, for messages.</summary>
    string Name { get; }

    /// <summary>Multiplies matrices of single precision.</summary>
    /// <param name="shape">Sizes and layout.</param>
    /// <param name="left">A, or the first one of the batch.</param>
    /// <param name="right">B, or the first one of the batch.</param>
    /// <param name="beta">What the old C is multiplied with before the product is added.</param>
    /// <param name="result">C, or the first one of the batch.</param>
    /// <param name="rowsWritten">Is told when rows of C are final; null when nobody wants to know.</param>
    /// <exception cref="ArgumentException">The shape describes no product.</exception>
    void Multiply(
        in ProductShape shape, float* left, float* right, float beta, float* result, IRowsWritten? rowsWritten = null);

    /// <summary>Multiplies matrices of double precision.</summary>
    /// <param name="shape">Sizes and layout.</param>
    /// <param name="left">A, or the first one of the batch.</param>
    /// <param name="right">B, or the first one of the batch.</param>
    /// <param name="beta">What the old C is multiplied with before the product is added.</param>
    /// <param name="result">C, or the first one of the batch.</param>
    /// <param name="rowsWritten">Is told when rows of C are final; null when nobody wants to know.</param>
    /// <exception cref="ArgumentException">The shape describes no product.</exception>
    void Multiply(
        in ProductShape shape, double* left, double* right, double beta, double* result, IRowsWritten? rowsWritten = null);

    /// <summary>A product for many left factors and one right factor.</summary>
    /// <param name="kind">Float32 or Float64.</param>
    /// <param name="shape">Sizes and layout.</param>
    /// <returns>Null where packing the right factor once gains nothing or is not offered.</returns>
    PackedRightProduct? TryPackRight(Memory.ElementKind kind, in ProductShape shape) => null;
}
