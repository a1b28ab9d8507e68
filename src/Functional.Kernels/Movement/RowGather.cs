using System.Runtime.Intrinsics.X86;

namespace Functional.Kernels.Movement;

/// <summary>Brings chosen rows of a table together: how a shuffled batch is made.</summary>
public static unsafe class RowGather
{
    private const int CacheLine = 64;

    // What is fetched ahead must not push out of the caches what the step in between works on.
    private const long BytesFetchedAhead = 1 << 17;

    /// <summary>
    /// Copies rows in the order of their numbers, <c>destination[i] = source[order[i]]</c>, and has the processor fetch the
    /// rows that will be copied next: they arrive while the step works on these.
    /// </summary>
    /// <param name="source">The first row.</param>
    /// <param name="rowCount">How many rows there are.</param>
    /// <param name="rowSizeInBytes">The length of a row.</param>
    /// <param name="order">The numbers of the rows wanted.</param>
    /// <param name="destination">Receives as many rows as there are numbers; does not overlap the source.</param>
    /// <param name="next">The numbers of the rows that the next call will want; empty when that is not known.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not that of a row.</exception>
    public static void Copy(
        nint source,
        int rowCount,
        long rowSizeInBytes,
        ReadOnlySpan<int> order,
        nint destination,
        ReadOnlySpan<int> next = default)
    {
        var target = (byte*)destination;
        foreach (var row in order)
        {
            Check(row, rowCount);
            Buffer.MemoryCopy((byte*)source + (row * rowSizeInBytes), target, rowSizeInBytes, rowSizeInBytes);
            target += rowSizeInBytes;
        }

        if (!Sse.IsSupported || next.Length * rowSizeInBytes > BytesFetchedAhead)
            return;
        foreach (var row in next)
        {
            Check(row, rowCount);
            var start = (byte*)source + (row * rowSizeInBytes);
            for (var offset = 0L; offset < rowSizeInBytes; offset += CacheLine)
                Sse.Prefetch1(start + offset);
        }
    }

    private static void Check(int row, int rowCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row, "order");
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, rowCount, "order");
    }
}
