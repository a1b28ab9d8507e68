namespace Functional.Kernels.Blas;

/// <summary>Something to do with rows of a product as soon as they are final, while they are still in a cache.</summary>
public interface IRowsWritten
{
    /// <summary>Where blocks of rows may begin: at multiples of this. Whoever reports rows cuts them so.</summary>
    int RowsOfGroup => 1;

    /// <summary>Is told that all columns of some rows have their final values.</summary>
    /// <remarks>
    /// Called on the thread that wrote the rows, or on any thread of the team, for several blocks at once. Each row is
    /// reported exactly once; how rows are grouped may depend on the number of threads, so what is done with a row must not
    /// depend on its neighbours, but those of one group. The product returns after the last call has.
    /// </remarks>
    /// <param name="batch">Which product of a batch the rows belong to, from 0.</param>
    /// <param name="rowStart">The first row.</param>
    /// <param name="rowEnd">The row behind the last one.</param>
    void RowsWritten(int batch, int rowStart, int rowEnd);
}
