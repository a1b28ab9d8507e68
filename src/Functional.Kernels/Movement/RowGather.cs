using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Functional.Kernels.Memory;
using Functional.Kernels.Parallelism;

namespace Functional.Kernels.Movement;

/// <summary>Brings chosen rows of a table together: how a shuffled batch is made. One copy runs at a time.</summary>
public sealed unsafe class RowGather : IPartitionedWork
{
    private const int CacheLine = 64;

    // Copying so much takes longer than sharing it. Threads then read their rows of the batch where they have put them.
    private const long BytesOfPart = 1 << 15;
    private const int MostParts = 8;

    // What is fetched ahead must not push out of the caches what the step in between works on.
    private const long BytesFetchedAhead = 1 << 17;

    // For rows so short a call costs as much as copying.
    private const long ShortRow = 1024;

    private readonly byte* _source;
    private readonly int _rowCount;
    private readonly long _rowSizeInBytes;
    private Partition _parts;
    private int[] _order = [];
    private int _start;
    private byte* _destination;

    /// <summary>Names the table.</summary>
    /// <param name="source">The first row.</param>
    /// <param name="rowCount">How many rows there are.</param>
    /// <param name="rowSizeInBytes">The length of a row.</param>
    public RowGather(nint source, int rowCount, long rowSizeInBytes)
    {
        _source = (byte*)source;
        _rowCount = rowCount;
        _rowSizeInBytes = rowSizeInBytes;
    }

    /// <summary>
    /// Copies rows in the order of their numbers, <c>destination[i] = source[order[start + i]]</c>. The next call is expected
    /// to want the rows behind these in the order: few enough are fetched, so that they arrive while the step works on these.
    /// </summary>
    /// <param name="order">Numbers of rows.</param>
    /// <param name="start">The first number that counts.</param>
    /// <param name="count">How many rows are copied.</param>
    /// <param name="destination">Receives the rows; does not overlap the source.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not that of a row, or the order has not so many.</exception>
    public void Copy(int[] order, int start, int count, nint destination)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, order.Length - start);
        foreach (var row in order.AsSpan(start, count))
            Check(row);
        _order = order;
        _start = start;
        _destination = (byte*)destination;
        var bytes = count * _rowSizeInBytes;
        _parts = Partition.IntoParts(count, (int)Math.Min(MostParts, bytes / BytesOfPart));
        ThreadTeam.Run(_parts.Parts, this);

        var next = Math.Min(count, order.Length - start - count);
        if (next * _rowSizeInBytes > BytesFetchedAhead)
            return;
        foreach (var row in order.AsSpan(start + count, next))
        {
            Check(row);
            var address = Row(row);
            for (var offset = 0L; offset < _rowSizeInBytes; offset += CacheLine)
                CacheLines.FetchNear(address + offset);
        }
    }

    /// <inheritdoc/>
    public void Run(int part)
    {
        var first = (int)_parts.Start(part);
        var end = (int)_parts.End(part);
        var target = _destination + (first * _rowSizeInBytes);
        if (_rowSizeInBytes == sizeof(int))
        {
            for (var index = first; index < end; index++)
                ((int*)_destination)[index] = ((int*)_source)[_order[_start + index]];
        }
        else if (_rowSizeInBytes is >= 32 and <= ShortRow)
        {
            for (var index = first; index < end; index++, target += _rowSizeInBytes)
                CopyShort(Row(_order[_start + index]), target, (nint)_rowSizeInBytes);
        }
        else
        {
            CopyLong(first, end, target);
        }
    }

    // Rows lie anywhere, so the processor does not know the next one before it is asked for.
    private void CopyLong(int first, int end, byte* target)
    {
        for (var index = first; index < end; index++, target += _rowSizeInBytes)
        {
            if (index + 1 < end && _rowSizeInBytes <= BytesOfPart)
            {
                var next = Row(_order[_start + index + 1]);
                for (var offset = 0L; offset < _rowSizeInBytes; offset += CacheLine)
                    CacheLines.Fetch(next + offset);
            }

            Buffer.MemoryCopy(Row(_order[_start + index]), target, _rowSizeInBytes, _rowSizeInBytes);
        }
    }

    // Whole vectors, the last of which reaches back over the one before.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyShort(byte* source, byte* target, nint size)
    {
        var last = size - Vector256<byte>.Count;
        for (nint offset = 0; offset < last; offset += Vector256<byte>.Count)
            Vector256.Load(source + offset).Store(target + offset);
        Vector256.Load(source + last).Store(target + last);
    }

    private byte* Row(int row) => _source + (row * _rowSizeInBytes);

    private void Check(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row, "order");
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, _rowCount, "order");
    }
}
