using Functional.Kernels.Blas;
using Functional.Kernels.Memory;

namespace Functional.Kernels.Tests.Blas;

/// <summary>Products of both precisions by one method, so that the laws of products can be asked of anything.</summary>
internal abstract unsafe class ProductOfKind : IMatrixProduct
{
    public string Name => GetType().Name;

    public void Multiply(
        in ProductShape shape, float* left, float* right, float beta, float* result, IRowsWritten? rowsWritten = null) =>
        Multiply(ElementKind.Float32, shape, left, right, beta, result, rowsWritten);

    public void Multiply(
        in ProductShape shape, double* left, double* right, double beta, double* result, IRowsWritten? rowsWritten = null) =>
        Multiply(ElementKind.Float64, shape, left, right, beta, result, rowsWritten);

    protected abstract void Multiply(
        ElementKind kind, in ProductShape shape, void* left, void* right, double beta, void* result, IRowsWritten? rowsWritten);
}
