using Functional.Hdf5.Reading;

namespace Functional.Hdf5.Format;

/// <summary>
/// How the chunks of a dataset are found. HDF5 File Format Specification version 3.0, section IV.A.2.i, The Data Layout
/// Message, under version 4, and section VII, Appendix C: Types of Indexes for Dataset Chunks.
/// </summary>
/// <param name="Address">Where the index, or the data itself, begins.</param>
internal abstract record ChunkIndex(long Address)
{
    /// <summary>A version 1 B-tree, the index of layout version 3.</summary>
    public sealed record VersionOneTree(long Address) : ChunkIndex(Address);

    /// <summary>No index, for there is one chunk; its size and filter mask if it is filtered.</summary>
    public sealed record SingleChunk(long Address, long? FilteredSize, uint FilterMask) : ChunkIndex(Address);

    /// <summary>No index, for all chunks lie one after another.</summary>
    public sealed record Implicit(long Address) : ChunkIndex(Address);

    /// <summary>A fixed array.</summary>
    public sealed record FixedArray(long Address) : ChunkIndex(Address);

    /// <summary>An extensible array.</summary>
    public sealed record ExtensibleArray(long Address) : ChunkIndex(Address);

    /// <summary>A version 2 B-tree.</summary>
    public sealed record VersionTwoTree(long Address) : ChunkIndex(Address);

    /// <summary>Reads the part of a layout message of version 4 that describes the index.</summary>
    public static ChunkIndex Read(ByteCursor cursor, bool singleChunkIsFiltered)
    {
        var type = cursor.Byte();
        switch (type)
        {
            case 1 when singleChunkIsFiltered:
                var (size, mask) = (cursor.Length(), cursor.UInt32());
                return new SingleChunk(cursor.Address(), size, mask);
            case 1:
                return new SingleChunk(cursor.Address(), null, 0);
            case 2:
                return new Implicit(cursor.Address());
            case 3:
                cursor.Skip(1);
                return new FixedArray(cursor.Address());
            case 4:
                cursor.Skip(5);
                return new ExtensibleArray(cursor.Address());
            case 5:
                cursor.Skip(6);
                return new VersionTwoTree(cursor.Address());
            default:
                throw cursor.Error($"chunk index type {type} is not known");
        }
    }
}
