using Functional.Hdf5.Reading;
using Functional.Hdf5.Writing;

namespace Functional.Hdf5.Format;

/// <summary>
/// Where the elements of a dataset are. HDF5 File Format Specification version 3.0, section IV.A.2.i, The Data Layout
/// Message (versions 3 and 4; version 3 is written).
/// </summary>
internal abstract record DataLayout
{
    private const int CompactClass = 0;
    private const int ContiguousClass = 1;
    private const int ChunkedClass = 2;

    /// <summary>Elements in the object header itself.</summary>
    public sealed record Compact(ReadOnlyMemory<byte> Data) : DataLayout;

    /// <summary>Elements in one block of the file; nowhere if none was ever written.</summary>
    public sealed record Contiguous(long Address, long LengthInBytes) : DataLayout;

    /// <summary>Elements in chunks of one shape.</summary>
    /// <param name="ChunkDimensions">The shape of a chunk.</param>
    /// <param name="ElementSizeInBytes">The size of an element.</param>
    /// <param name="Index">How chunks are found.</param>
    /// <param name="SkipsFiltersAtEdges">Whether chunks that reach beyond the dataset are stored unfiltered.</param>
    public sealed record Chunked(
        IReadOnlyList<long> ChunkDimensions, long ElementSizeInBytes, ChunkIndex Index, bool SkipsFiltersAtEdges)
        : DataLayout;

    public static DataLayout Read(ByteCursor cursor)
    {
        var version = cursor.Version(3, 4);
        var layoutClass = cursor.Byte();
        return layoutClass switch
        {
            CompactClass => new Compact(cursor.Bytes(cursor.UInt16())),
            ContiguousClass => new Contiguous(cursor.Address(), cursor.Length()),
            ChunkedClass => version == 3 ? ReadChunked3(cursor) : ReadChunked4(cursor),
            _ => throw cursor.Error($"layout class {layoutClass} is not supported"),
        };
    }

    /// <summary>Writes the layout of a dataset in one block.</summary>
    public static void WriteContiguous(ByteWriter writer, long address, long lengthInBytes)
    {
        writer.Byte(3);
        writer.Byte(ContiguousClass);
        if (lengthInBytes == 0)
            writer.UndefinedAddress();
        else
            writer.UInt64((ulong)address);
        writer.UInt64((ulong)lengthInBytes);
    }

    private static Chunked ReadChunked3(ByteCursor cursor)
    {
        int count = cursor.Byte();
        var address = cursor.Address();
        var (dimensions, elementSize) = ReadDimensions(cursor, count, 4);
        return new Chunked(dimensions, elementSize, new ChunkIndex.VersionOneTree(address), false);
    }

    private static Chunked ReadChunked4(ByteCursor cursor)
    {
        const int NoFilterAtEdges = 1;
        const int SingleChunkIsFiltered = 2;
        int flags = cursor.Byte();
        int count = cursor.Byte();
        int width = cursor.Byte();
        if (width is < 1 or > 8)
            throw cursor.Error($"dimensions of {width} bytes cannot be");
        var (dimensions, elementSize) = ReadDimensions(cursor, count, width);
        var index = ChunkIndex.Read(cursor, (flags & SingleChunkIsFiltered) != 0);
        return new Chunked(dimensions, elementSize, index, (flags & NoFilterAtEdges) != 0);
    }

    // The dimensions are followed by the size of an element, which counts as one of them.
    private static (IReadOnlyList<long> Dimensions, long ElementSize) ReadDimensions(
        ByteCursor cursor, int count, int width)
    {
        var dimensions = new List<long>();
        for (var i = 0; i < count; i++)
            dimensions.Add(cursor.Number(width));
        if (count < 2 || dimensions.Contains(0))
            throw cursor.Error($"a chunk of shape ({string.Join(", ", dimensions)}) cannot be");
        return (dimensions[..^1], dimensions[^1]);
    }
}
