using Functional.Hdf5.Reading;
using Functional.Hdf5.Writing;

namespace Functional.Hdf5.Format;

/// <summary>
/// What elements are that were never written. HDF5 File Format Specification version 3.0, sections IV.A.2.e and
/// IV.A.2.f, The Data Storage - Fill Value (Old) Messages (versions 1 to 3; version 3 is written).
/// </summary>
internal static class FillValue
{
    /// <summary>The bytes of one element; empty where zeros are meant.</summary>
    public static ReadOnlyMemory<byte> Read(FileReader reader, ObjectHeader header)
    {
        if (header.First(MessageType.FillValue) is { } message)
            return Read(message.Open(reader));
        if (header.First(MessageType.OldFillValue) is not { } old)
            return ReadOnlyMemory<byte>.Empty;
        var cursor = old.Open(reader);
        return cursor.Bytes(cursor.UInt32());
    }

    /// <summary>Writes that storage comes late and nothing but zeros fills it.</summary>
    public static void WriteZero(ByteWriter writer)
    {
        const int AllocateLate = 2;
        const int WriteIfSet = 2 << 2;
        writer.Byte(3);
        writer.Byte(AllocateLate | WriteIfSet);
    }

    private static ReadOnlyMemory<byte> Read(ByteCursor cursor)
    {
        var version = cursor.Version(1, 3);
        if (version == 3)
        {
            var flags = cursor.Byte();
            return (flags & 32) != 0 ? cursor.Bytes(cursor.UInt32()) : ReadOnlyMemory<byte>.Empty;
        }

        cursor.Skip(2);
        var isDefined = cursor.Byte() != 0;
        return isDefined ? cursor.Bytes(cursor.UInt32()) : ReadOnlyMemory<byte>.Empty;
    }
}
