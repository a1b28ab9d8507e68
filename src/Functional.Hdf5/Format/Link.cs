using System.Text;
using Functional.Hdf5.Reading;
using Functional.Hdf5.Writing;

namespace Functional.Hdf5.Format;

/// <summary>
/// A member of a new-style group. HDF5 File Format Specification version 3.0, section IV.A.2.g, The Link Message.
/// </summary>
/// <param name="Name">The member's name.</param>
/// <param name="HeaderAddress">The address of its object header; undefined for soft and external links.</param>
internal readonly record struct Link(string Name, long HeaderAddress)
{
    private const int HasType = 8;
    private const int HasOrder = 4;
    private const int HasCharacterSet = 16;

    public static Link Read(ByteCursor cursor)
    {
        cursor.Version(1, 1);
        int flags = cursor.Byte();
        var type = (flags & HasType) != 0 ? cursor.Byte() : 0;
        if ((flags & HasOrder) != 0)
            cursor.Skip(8);
        if ((flags & HasCharacterSet) != 0)
            cursor.Skip(1);
        var name = cursor.Text(cursor.Number(1 << (flags & 3)));
        return new Link(name, type == 0 ? cursor.Address() : ByteCursor.Undefined);
    }

    public void Write(ByteWriter writer)
    {
        const int TwoByteNameLength = 1;
        const int Utf8 = 1;
        var name = Encoding.UTF8.GetBytes(Name);
        writer.Byte(1);
        writer.Byte(TwoByteNameLength | HasCharacterSet);
        writer.Byte(Utf8);
        writer.UInt16(checked((ushort)name.Length));
        writer.Bytes(name);
        writer.UInt64((ulong)HeaderAddress);
    }
}
