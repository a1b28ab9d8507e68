using Functional.Hdf5.Reading;
using Functional.Hdf5.Writing;

namespace Functional.Hdf5.Format;

/// <summary>
/// Where a new-style group with many members keeps them. HDF5 File Format Specification version 3.0, section
/// IV.A.2.c, The Link Info Message.
/// </summary>
internal static class LinkInfo
{
    private const int NameRecord = 5;
    private const int HeapIdLength = 7;

    /// <summary>The links in the group's heap; none if they are messages of its header.</summary>
    public static IEnumerable<Link> ReadDense(FileReader reader, ByteCursor cursor)
    {
        cursor.Version(0, 0);
        var flags = cursor.Byte();
        if ((flags & 1) != 0)
            cursor.Skip(8);
        var heapAddress = cursor.Address();
        var treeAddress = cursor.Address();
        if (heapAddress == ByteCursor.Undefined)
            return [];
        var heap = FractalHeap.Read(reader, heapAddress);
        return BTreeVersion2.Records(reader, treeAddress, NameRecord).Select(record =>
        {
            record.Skip(4);
            return Link.Read(heap.Object(record, HeapIdLength, "Link message"));
        });
    }

    /// <summary>Writes that all links are messages of the header.</summary>
    public static void WriteCompact(ByteWriter writer)
    {
        writer.Byte(0);
        writer.Byte(0);
        writer.UndefinedAddress();
        writer.UndefinedAddress();
    }
}
