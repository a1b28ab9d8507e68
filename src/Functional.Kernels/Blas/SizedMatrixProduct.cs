namespace Functional.Kernels.Blas;

/// <summary>Two providers, chosen for each product by its size: one for small and thin products, one for the rest.</summary>
/// <remarks>
/// A call of a native library costs a few hundred nanoseconds before it multiplies anything, several times what a small
/// product takes. A matrix times a vector is bound by memory, which several threads read faster than one: the built-in
/// kernels share it among them. The size decides, never a measurement, so that runs stay reproducible.
/// </remarks>
/// <param name="small">The provider of small products and of those with a vector.</param>
/// <param name="large">The provider of all others.</param>
public sealed unsafe class SizedMatrixProduct(IMatrixProduct small, IMatrixProduct large) : IMatrixProduct
{
    /// <summary>Products of this many multiplications or fewer are small: 64 x 64 x 64.</summary>
    public const int SmallMultiplications = 64 * 64 * 64;

    /// <inheritdoc/>
    public string Name => $"{large.Name}, below 64 x 64 x 64 {small.Name}";

    /// <inheritdoc/>
    public void Multiply(
        in ProductShape shape,
        float* left, float* right, float beta, float* result, IRowsWritten? rowsWritten = null) =>
        ProviderOf(shape).Multiply(shape, left, right, beta, result, rowsWritten);

    /// <inheritdoc/>
    public void Multiply(
        in ProductShape shape,
        double* left, double* right, double beta, double* result, IRowsWritten? rowsWritten = null) =>
        ProviderOf(shape).Multiply(shape, left, right, beta, result, rowsWritten);

    /// <inheritdoc/>
    /// <remarks>With a packed factor the provider of small products is as fast as the other one, or faster.</remarks>
    public PackedRightProduct? TryPackRight(Memory.ElementKind kind, in ProductShape shape) => small.TryPackRight(kind, shape);

    /// <summary>The provider that multiplies a shape.</summary>
    /// <param name="shape">The shape; the size of one product of a batch decides.</param>
    /// <returns>One of the two.</returns>
    public IMatrixProduct ProviderOf(in ProductShape shape) =>
        shape.Rows == 1 || shape.Columns == 1 || shape.Multiplications <= SmallMultiplications ? small : large;
}
