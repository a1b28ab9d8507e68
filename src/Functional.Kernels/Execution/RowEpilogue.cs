using Functional.Kernels.Blas;
using Functional.Kernels.Loops;

namespace Functional.Kernels.Execution;

/// <summary>
/// What is done to a kernel's result: to its rows as soon as they are finished, where that pays and the loop allows it,
/// else to all of it afterwards.
/// </summary>
/// <param name="loop">What is done; it is given back with this object.</param>
/// <param name="rows">The rows of the result; those of a group are visited in one call if the loop follows groups.</param>
/// <param name="bytesOfElement">The size of an element of the result.</param>
internal sealed class RowEpilogue(BoundLoop loop, RowGroups rows, int bytesOfElement) : IRowsWritten, IDisposable
{
    private readonly bool _visits = rows.AreWorthVisiting(bytesOfElement)
        && (loop.Groups is not null || (rows.RowsOfGroup == 1 && loop.CanRunRows(rows.AllRows, rows.Columns)));

    /// <summary>Whom the kernel tells about rows; null when it need not tell.</summary>
    public IRowsWritten? Visitor => _visits ? this : null;

    /// <inheritdoc/>
    public int RowsOfGroup => loop.Groups?.RowsOfGroup ?? 1;

    /// <summary>Takes the addresses of buffers.</summary>
    /// <param name="addresses">For each buffer of the plan the address of its first element.</param>
    public void Bind(ReadOnlySpan<nint> addresses) => loop.Bind(addresses);

    /// <summary>Does what is left when the kernel has run.</summary>
    public void Complete()
    {
        if (_visits)
            loop.Complete();
        else
            loop.Run();
    }

    // Rows are still in the cache of the thread that wrote them; all rows at once are shared among the threads again.
    void IRowsWritten.RowsWritten(int batch, int rowStart, int rowEnd)
    {
        if (rowEnd - rowStart == rows.AllRows)
        {
            loop.RunAllParts();
        }
        else if (loop.Groups is { } groups)
        {
            var end = groups.GroupAt(batch, rowEnd - 1) + 1;
            for (var group = groups.GroupAt(batch, rowStart); group < end; group++)
                loop.RunGroup(group);
        }
        else
        {
            loop.RunRows(rows.AllRows, rows.Columns, ((long)batch * rows.Rows) + rowStart, rowEnd - rowStart);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => loop.Dispose();
}
