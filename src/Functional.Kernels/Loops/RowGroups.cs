namespace Functional.Kernels.Loops;

/// <summary>
/// How the rows of a kernel's result fall into groups that are finished together. It follows from sizes only, so what
/// is gathered group by group does not depend on threads.
/// </summary>
/// <param name="Batches">How many runs of rows there are; a group lies within one.</param>
/// <param name="Rows">The rows of one run.</param>
/// <param name="Columns">The elements of a row.</param>
/// <param name="RowsOfGroup">The rows of a group; the last one of a run may have fewer.</param>
public readonly record struct RowGroups(long Batches, int Rows, int Columns, int RowsOfGroup)
{
    // A smaller result is still in a cache when all of it is there, and one pass over it is cheaper than many.
    private const long BytesWorthVisiting = 1 << 18;

    /// <summary>The rows of all runs.</summary>
    public long AllRows => Batches * Rows;

    /// <summary>How many groups there are.</summary>
    public int Count => checked((int)(Batches * GroupsOfRun));

    private int GroupsOfRun => (Rows + RowsOfGroup - 1) / RowsOfGroup;

    /// <summary>Whether a result is worth a visit while its rows are finished.</summary>
    /// <param name="bytesOfElement">The size of an element.</param>
    /// <returns>False for a result that stays in a cache anyway.</returns>
    public bool AreWorthVisiting(int bytesOfElement) => AllRows * Columns * bytesOfElement >= BytesWorthVisiting;

    /// <summary>The group that starts at a row.</summary>
    /// <param name="batch">The run.</param>
    /// <param name="row">A row of it.</param>
    /// <returns>The number of the group, from 0.</returns>
    public int GroupAt(int batch, int row) => (batch * GroupsOfRun) + (row / RowsOfGroup);

    /// <summary>The first of all rows that belongs to a group.</summary>
    /// <param name="group">The number of the group.</param>
    /// <returns>The row, counted over all runs.</returns>
    public long FirstRow(int group) =>
        ((long)(group / GroupsOfRun) * Rows) + ((long)(group % GroupsOfRun) * RowsOfGroup);

    /// <summary>How many rows a group has.</summary>
    /// <param name="group">The number of the group.</param>
    /// <returns>1 or more.</returns>
    public int RowsIn(int group) => Math.Min(RowsOfGroup, Rows - (group % GroupsOfRun * RowsOfGroup));
}
