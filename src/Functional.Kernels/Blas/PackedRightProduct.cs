namespace Functional.Kernels.Blas;

/// <summary>A product whose right factor is packed once and then multiplied many times, as a recurrent weight is.</summary>
/// <remarks>An instance owns the packed factor and serves one product at a time.</remarks>
public abstract unsafe class PackedRightProduct : IDisposable
{
    /// <summary>Takes over B; the next runs use what it holds now.</summary>
    /// <param name="right">B.</param>
    public abstract void Pack(void* right);

    /// <summary>Computes <c>C = op(A) op(B) + beta C</c> with the packed B.</summary>
    /// <param name="left">A.</param>
    /// <param name="beta">What the old C is multiplied with; with 0 it is not read.</param>
    /// <param name="result">C.</param>
    /// <param name="rowsWritten">Is told of all rows at once; null when nobody wants to know.</param>
    public abstract void Run(void* left, double beta, void* result, IRowsWritten? rowsWritten);

    /// <summary>Gives the packed factor's memory back.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives the packed factor's memory back.</summary>
    /// <param name="disposing">Whether the caller asked for it, as opposed to the garbage collector.</param>
    protected abstract void Dispose(bool disposing);
}
