namespace Functional.Kernels.Movement;

/// <summary>Brings chosen rows of a table together: how a shuffled batch is made.</summary>
public static unsafe class RowGather
{
    /// <summary>Copies rows in the order of their numbers: <c>destination[i] = source[order[i]]</c>.</summary>
    /// <param name="source">The first row.</param>
    /// <param name="rowCount">How many rows there are.</param>
    /// <param name="rowSizeInBytes">The length of a row.</param>
    /// <param name="order">The numbers of the rows wanted.</param>
    /// <param name="destination">Receives as many rows as there are numbers; does not overlap the source.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not that of a row.</exception>
    public static void Copy(nint source, int rowCount, long rowSizeInBytes, ReadOnlySpan<int> order, nint destination)
    {
        var target = (byte*)destination;
        foreach (var row in order)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(row, nameof(order));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, rowCount, nameof(order));
            Buffer.MemoryCopy((byte*)source + (row * rowSizeInBytes), target, rowSizeInBytes, rowSizeInBytes);
            target += rowSizeInBytes;
        }
    }
}
