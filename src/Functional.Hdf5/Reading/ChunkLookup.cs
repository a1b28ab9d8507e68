using Functional.Hdf5.Format;

namespace Functional.Hdf5.Reading;

/// <summary>Lists the chunks that are stored, whichever index finds them.</summary>
internal static class ChunkLookup
{
    private const int UnfilteredRecord = 10;
    private const int FilteredRecord = 11;

    public static IEnumerable<StoredChunk> Chunks(FileReader reader, ChunkIndex index, ChunkGrid grid) =>
        index.Address == ByteCursor.Undefined ? [] : index switch
        {
            ChunkIndex.VersionOneTree tree =>
                BTreeVersion1.Chunks(reader, tree.Address, grid.Rank)
                    .Select(leaf => FromKey(leaf.Key, leaf.Child, grid)),
            ChunkIndex.VersionTwoTree tree =>
                BTreeVersion2.Records(reader, tree.Address, UnfilteredRecord, FilteredRecord)
                    .Select(record => FromRecord(record, grid)),
            ChunkIndex.SingleChunk single => [OnlyChunk(single, grid)],
            ChunkIndex.Implicit data => InOrder(reader, data.Address, grid),
            ChunkIndex.FixedArray array => FromArray(FixedArrayIndex.Read(reader, array.Address), grid),
            ChunkIndex.ExtensibleArray array => FromArray(ExtensibleArrayIndex.Read(reader, array.Address), grid),
            _ => throw new InvalidOperationException($"Bug in Functional: no lookup for {index}. Please report it."),
        };

    private static StoredChunk OnlyChunk(ChunkIndex.SingleChunk single, ChunkGrid grid) =>
        new(new long[grid.Rank], single.Address, single.FilteredSize ?? grid.ChunkLengthInBytes, single.FilterMask);

    // Section III.A.1: the size, the filter mask, and the offset in elements along each axis and within an element.
    private static StoredChunk FromKey(ByteCursor key, long address, ChunkGrid grid)
    {
        long size = key.UInt32();
        var mask = key.UInt32();
        var position = new long[grid.Rank];
        for (var axis = 0; axis < grid.Rank; axis++)
        {
            var offset = key.Number(8);
            if (offset % grid.ChunkDimensions[axis] != 0)
                throw key.Error($"offset {offset} is not at the edge of a chunk of {grid.ChunkDimensions[axis]}");
            position[axis] = offset / grid.ChunkDimensions[axis];
        }

        return new StoredChunk(position, address, size, mask);
    }

    // Section III.A.2, record types 10 and 11; the width of the size is what is left of the record.
    private static StoredChunk FromRecord(ByteCursor record, ChunkGrid grid)
    {
        var address = record.Address();
        var sizeWidth = record.Remaining - (8 * grid.Rank) - 4;
        var (size, mask) = ((long)grid.ChunkLengthInBytes, 0u);
        if (sizeWidth is > 0 and <= 8)
            (size, mask) = (record.Number(sizeWidth), record.UInt32());
        var position = new long[grid.Rank];
        for (var axis = 0; axis < grid.Rank; axis++)
            position[axis] = record.Number(8);
        return new StoredChunk(position, address, size, mask);
    }

    private static IEnumerable<StoredChunk> InOrder(FileReader reader, long address, ChunkGrid grid)
    {
        var position = new long[grid.Rank];
        for (long index = 0; TryPosition(index, grid, position); index++)
        {
            var chunkAddress = address + (index * grid.ChunkLengthInBytes);
            reader.Charge(1, address, "implicit chunk index");
            yield return new StoredChunk([.. position], chunkAddress, grid.ChunkLengthInBytes, 0);
        }
    }

    private static IEnumerable<StoredChunk> FromArray(IEnumerable<ArrayIndexElement> elements, ChunkGrid grid)
    {
        var position = new long[grid.Rank];
        foreach (var element in elements)
        {
            if (element.Address == ByteCursor.Undefined)
                continue;
            if (!TryPosition(element.Index, grid, position))
                throw new Hdf5FormatException("chunk index", element.Address, $"there is no chunk {element.Index}");
            yield return new StoredChunk(
                [.. position], element.Address, element.FilteredSize ?? grid.ChunkLengthInBytes, element.FilterMask);
        }
    }

    // Chunks are numbered over the largest grid the dataset may grow to, an axis without limit first.
    private static bool TryPosition(long index, ChunkGrid grid, long[] position)
    {
        var unlimited = grid.MaximumCounts.IndexOf(Dataspace.Unlimited);
        for (var axis = grid.Rank - 1; axis >= 0; axis--)
        {
            if (axis == unlimited)
                continue;
            var count = grid.MaximumCounts[axis];
            if (count <= 0)
                return false;
            (index, position[axis]) = Math.DivRem(index, count);
        }

        if (unlimited < 0)
            return index == 0;
        position[unlimited] = index;
        return true;
    }
}
