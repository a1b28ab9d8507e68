using Functional.Hdf5.Reading;
using Functional.Hdf5.Writing;

namespace Functional.Hdf5.Format;

/// <summary>
/// A collection of objects of variable length, such as strings. HDF5 File Format Specification version 3.0, section
/// III.E, Disk Format: Level 1E - Global Heap.
/// </summary>
internal static class GlobalHeap
{
    /// <summary>The smallest collection that libhdf5 makes and the least it reads at once.</summary>
    public const int SmallestCollection = 4096;

    /// <summary>The length of a collection's own fields, and of an object's, with lengths of 8 bytes.</summary>
    public const int PrefixLength = 16;

    private const string Structure = "global heap collection";

    /// <summary>The objects of the collection at an address, by their index.</summary>
    public static Dictionary<int, ReadOnlyMemory<byte>> Read(FileReader reader, long address)
    {
        var sizeLength = reader.Sizes.Length;
        var prefix = reader.Structure(address, 8 + sizeLength, Structure);
        prefix.Signature("GCOL"u8);
        prefix.Version(1, 1);
        prefix.Skip(3);
        var cursor = reader.Structure(address, prefix.Length(), Structure);
        cursor.Skip(8 + sizeLength);
        var objects = new Dictionary<int, ReadOnlyMemory<byte>>();
        while (cursor.Remaining >= 8 + sizeLength)
        {
            int index = cursor.UInt16();
            if (index == 0)
                break;
            cursor.Skip(6);
            var length = cursor.Length();
            var content = cursor.Bytes(length);
            if (!objects.TryAdd(index, content))
                throw cursor.Error($"object {index} is there twice");
            cursor.Skip(Math.Min(cursor.Remaining, (8 - (length % 8)) % 8));
        }

        return objects;
    }

    /// <summary>Writes a collection whose objects are numbered from 1.</summary>
    public static void Write(ByteWriter writer, IReadOnlyList<byte[]> objects, int collectionLength)
    {
        var start = writer.Count;
        writer.Bytes("GCOL"u8);
        writer.Byte(1);
        writer.Zeros(3);
        writer.UInt64((ulong)collectionLength);
        for (var i = 0; i < objects.Count; i++)
            WriteObject(writer, i + 1, objects[i]);
        var free = collectionLength - (writer.Count - start);
        if (free >= PrefixLength)
        {
            // Object 0 is the free space; its length includes its own fields.
            writer.Zeros(8);
            writer.UInt64((ulong)free);
            writer.Zeros(free - PrefixLength);
        }
        else
        {
            writer.Zeros(free);
        }
    }

    /// <summary>The length of an object's content with its padding and its fields.</summary>
    public static int ObjectLength(int contentLength) => PrefixLength + ((contentLength + 7) / 8 * 8);

    private static void WriteObject(ByteWriter writer, int index, byte[] content)
    {
        writer.UInt16((ushort)index);
        writer.UInt16(1);
        writer.Zeros(4);
        writer.UInt64((ulong)content.Length);
        writer.Bytes(content);
        writer.Zeros(ObjectLength(content.Length) - PrefixLength - content.Length);
    }
}
