using Functional.Hdf5.Reading;

namespace Functional.Hdf5.Format;

/// <summary>
/// Where an object with many or large attributes keeps them. HDF5 File Format Specification version 3.0, section
/// IV.A.2.v, The Attribute Info Message.
/// </summary>
internal static class AttributeInfo
{
    private const int NameRecord = 8;
    private const int HeapIdLength = 8;

    /// <summary>The attributes in the object's heap; none if they are messages of its header.</summary>
    public static IEnumerable<AttributeMessage> ReadDense(FileReader reader, ByteCursor cursor)
    {
        cursor.Version(0, 0);
        var flags = cursor.Byte();
        if ((flags & 1) != 0)
            cursor.Skip(2);
        var heapAddress = cursor.Address();
        var treeAddress = cursor.Address();
        if (heapAddress == ByteCursor.Undefined)
            return [];
        var heap = FractalHeap.Read(reader, heapAddress);
        return BTreeVersion2.Records(reader, treeAddress, NameRecord).Select(record => AttributeMessage.Read(
            reader, heap.Object(record, HeapIdLength, "Attribute message")));
    }
}
