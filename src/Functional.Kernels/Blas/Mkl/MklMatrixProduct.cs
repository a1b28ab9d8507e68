namespace Functional.Kernels.Blas.Mkl;

/// <summary>Products by Intel MKL, called directly; our own threads divide them by their sizes.</summary>
public sealed unsafe class MklMatrixProduct : IMatrixProduct
{
    private readonly MklLibrary _library;

    private MklMatrixProduct(MklLibrary library) => _library = library;

    /// <summary>The provider, or null when this machine has no Intel MKL.</summary>
    public static MklMatrixProduct? OfMachine { get; } =
        MklLibrary.Instance is { } library ? new MklMatrixProduct(library) : null;

    /// <summary>What was tried to find the library, and what came of it.</summary>
    public static string SearchReport => MklLibrary.SearchReport;

    /// <inheritdoc/>
    public string Name => "Mkl";

    /// <inheritdoc/>
    public void Multiply(
        in ProductShape shape, float* left, float* right, float beta, float* result, IRowsWritten? rowsWritten = null) =>
        DividedProduct<float>.Run(_library, shape, left, right, beta, result, rowsWritten);

    /// <inheritdoc/>
    public void Multiply(
        in ProductShape shape, double* left, double* right, double beta, double* result, IRowsWritten? rowsWritten = null) =>
        DividedProduct<double>.Run(_library, shape, left, right, beta, result, rowsWritten);
}
