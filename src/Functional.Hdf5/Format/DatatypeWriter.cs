using Functional.Hdf5.Writing;

namespace Functional.Hdf5.Format;

/// <summary>
/// Writes what <see cref="Datatype"/> reads. HDF5 File Format Specification version 3.0, section IV.A.2.d, The
/// Datatype Message; numbers are little-endian, text is UTF-8.
/// </summary>
internal static class DatatypeWriter
{
    private const int Version1 = 1 << 4;
    private const int Version3 = 3 << 4;
    private const int Utf8 = 1;

    /// <summary>Writes the type of a number or truth value.</summary>
    public static void WriteNumber(ByteWriter writer, Hdf5ElementType type)
    {
        switch (type)
        {
            case Hdf5ElementType.Boolean:
                WriteBoolean(writer);
                break;
            case Hdf5ElementType.Float16:
                WriteFloatingPoint(writer, 2, exponentAt: 10, exponentBits: 5, bias: 15);
                break;
            case Hdf5ElementType.Float32:
                WriteFloatingPoint(writer, 4, exponentAt: 23, exponentBits: 8, bias: 127);
                break;
            case Hdf5ElementType.Float64:
                WriteFloatingPoint(writer, 8, exponentAt: 52, exponentBits: 11, bias: 1023);
                break;
            default:
                WriteFixedPoint(writer, ElementTypes.SizeInBytes(type), ElementTypes.IsSigned(type));
                break;
        }
    }

    /// <summary>Writes the type of text that is filled up with zeros to a fixed length.</summary>
    public static void WriteFixedText(ByteWriter writer, int lengthInBytes) =>
        WritePrefix(writer, Version1 | 3, (int)StringPadding.Zeros | (Utf8 << 4), lengthInBytes);

    /// <summary>Writes the type of text that is in a global heap.</summary>
    public static void WriteVariableText(ByteWriter writer)
    {
        const int Text = 1;
        WritePrefix(writer, Version1 | 9, Text | (Utf8 << 8), 16);
        WriteFixedPoint(writer, 1, isSigned: false);
    }

    private static void WritePrefix(ByteWriter writer, int classAndVersion, int bits, int sizeInBytes)
    {
        writer.Byte((byte)classAndVersion);
        writer.Byte((byte)bits);
        writer.UInt16((ushort)(bits >> 8));
        writer.UInt32((uint)sizeInBytes);
    }

    private static void WriteFixedPoint(ByteWriter writer, int sizeInBytes, bool isSigned)
    {
        WritePrefix(writer, Version1, isSigned ? 8 : 0, sizeInBytes);
        writer.UInt16(0);
        writer.UInt16((ushort)(8 * sizeInBytes));
    }

    private static void WriteFloatingPoint(
        ByteWriter writer, int sizeInBytes, int exponentAt, int exponentBits, int bias)
    {
        const int ImpliedFirstBit = 2 << 4;
        var signAt = (8 * sizeInBytes) - 1;
        WritePrefix(writer, Version1 | 1, ImpliedFirstBit | (signAt << 8), sizeInBytes);
        writer.UInt16(0);
        writer.UInt16((ushort)(8 * sizeInBytes));
        writer.Byte((byte)exponentAt);
        writer.Byte((byte)exponentBits);
        writer.Byte(0);
        writer.Byte((byte)exponentAt);
        writer.UInt32((uint)bias);
    }

    private static void WriteBoolean(ByteWriter writer)
    {
        WritePrefix(writer, Version3 | 8, 2, 1);
        WriteFixedPoint(writer, 1, isSigned: true);
        writer.Bytes("FALSE\0TRUE\0"u8);
        writer.Byte(0);
        writer.Byte(1);
    }
}
