using System.Text;
using Functional.Hdf5.Reading;
using Functional.Hdf5.Writing;

namespace Functional.Hdf5.Format;

/// <summary>
/// An attribute. HDF5 File Format Specification version 3.0, section IV.A.2.m, The Attribute Message (versions 1 to
/// 3; version 3 is written).
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Datatype">What its elements are.</param>
/// <param name="Dataspace">Its shape.</param>
/// <param name="Data">Its elements as stored.</param>
/// <param name="Offset">Where its elements are in the file.</param>
internal sealed record AttributeMessage(
    string Name, Datatype Datatype, Dataspace Dataspace, ReadOnlyMemory<byte> Data, long Offset)
{
    private const int SharedDatatype = 1;
    private const int SharedDataspace = 2;

    public static AttributeMessage Read(FileReader reader, ByteCursor cursor)
    {
        var version = cursor.Version(1, 3);
        int flags = cursor.Byte();
        int nameLength = cursor.UInt16();
        int datatypeLength = cursor.UInt16();
        int dataspaceLength = cursor.UInt16();
        if (version == 3)
            cursor.Skip(1);
        if (version > 1 && (flags & SharedDataspace) != 0)
            throw cursor.Error("shared dataspaces are not supported");
        var name = Part(cursor, version, nameLength, "attribute name").ZeroTerminatedText();
        var typeCursor = Part(cursor, version, datatypeLength, "Datatype message");
        var datatype = version > 1 && (flags & SharedDatatype) != 0
            ? DatatypeMessage.ReadShared(reader, typeCursor)
            : Datatype.Read(typeCursor);
        var dataspace = Dataspace.Read(Part(cursor, version, dataspaceLength, "Dataspace message"));
        if (dataspace.Count > cursor.Remaining / datatype.SizeInBytes)
        {
            throw cursor.Error(
                $"attribute '{name}' should have {dataspace.Count} elements of {datatype.SizeInBytes} bytes, "
                + $"but {cursor.Remaining} bytes are left");
        }

        var offset = cursor.Offset;
        var data = cursor.Bytes(dataspace.Count * datatype.SizeInBytes);
        return new AttributeMessage(name, datatype, dataspace, data, offset);
    }

    /// <summary>Encodes an attribute whose elements are already encoded.</summary>
    public static byte[] Encode(
        string name, ReadOnlySpan<byte> datatype, ReadOnlySpan<byte> dataspace, ReadOnlySpan<byte> data)
    {
        const int Utf8 = 1;
        var nameBytes = Encoding.UTF8.GetBytes(name);
        var writer = new ByteWriter();
        writer.Byte(3);
        writer.Byte(0);
        writer.UInt16(checked((ushort)(nameBytes.Length + 1)));
        writer.UInt16((ushort)datatype.Length);
        writer.UInt16((ushort)dataspace.Length);
        writer.Byte(Utf8);
        writer.Bytes(nameBytes);
        writer.Byte(0);
        writer.Bytes(datatype);
        writer.Bytes(dataspace);
        writer.Bytes(data);
        return writer.ToArray();
    }

    // Version 1 fills each part up to a multiple of eight bytes.
    private static ByteCursor Part(ByteCursor cursor, int version, int length, string structure)
    {
        var part = cursor.Part(length, structure);
        if (version == 1)
            cursor.Skip(Math.Min(cursor.Remaining, (8 - (length % 8)) % 8));
        return part;
    }
}
