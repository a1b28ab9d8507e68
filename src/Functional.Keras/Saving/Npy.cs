using System.Buffers.Binary;
using System.Text;

namespace Functional.Keras;

/// <summary>Reads and writes .npy files: one array each, as NumPy's save and load do.</summary>
public static class Npy
{
    private const string Format = "npy";
    private const int Alignment = 64;
    private const int LongestHeader = 1 << 16;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads an array; any byte order and axis order becomes little-endian and row-major.</summary>
    /// <param name="stream">The stream, which is read to the end of the array.</param>
    /// <param name="name">What the array is to be called.</param>
    /// <param name="maximumInBytes">The longest array, in bytes, that is read.</param>
    /// <returns>The array.</returns>
    /// <exception cref="ArrayFormatException">The file is damaged, too long, or has other elements.</exception>
    public static StoredArray Read(
        Stream stream, string name = "", long maximumInBytes = BoundedStream.DefaultLimitInBytes)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var header = ReadHeader(stream);
        var (type, isBigEndian) = TypeOf(header.Descriptor);
        var length = StoredElements.LengthInBytes(header.Shape, type);
        if (length is null || length > maximumInBytes)
        {
            throw new ArrayFormatException(
                Format, $"the shape ({string.Join(", ", header.Shape)}) takes more than {maximumInBytes} bytes");
        }

        var bytes = BoundedStream.Read(stream, length.Value, Format);
        var size = StoredElements.SizeInBytes(type);
        if (isBigEndian)
            StoredElements.ReverseBytes(bytes, size);
        if (header.IsColumnMajor)
            bytes = AxisOrder.ToRowMajor(bytes, header.Shape, size);
        return new StoredArray(name, header.Shape, type, bytes);
    }

    /// <summary>Writes an array, byte for byte as NumPy does.</summary>
    /// <param name="stream">The stream, which is left open.</param>
    /// <param name="array">The array; its name is not written.</param>
    /// <param name="columnMajor">Whether the first axis is to vary fastest.</param>
    /// <exception cref="ArgumentException">The elements are bfloat16, which NumPy does not have.</exception>
    public static void Write(Stream stream, StoredArray array, bool columnMajor = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(array);
        const int PrefixLength = 10;
        var isColumnMajor = columnMajor && array.Shape.Length > 1;
        var header = new NpyHeader(DescriptorOf(array.ElementType), isColumnMajor, [.. array.Shape]).ToString();
        var padding = Alignment - ((PrefixLength + header.Length + 1) % Alignment);
        header += new string(' ', padding) + "\n";
        Span<byte> prefix = stackalloc byte[PrefixLength];
        Magic.CopyTo(prefix);
        prefix[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(prefix[8..], (ushort)header.Length);
        stream.Write(prefix);
        stream.Write(Encoding.ASCII.GetBytes(header));
        var size = StoredElements.SizeInBytes(array.ElementType);
        stream.Write(isColumnMajor
            ? AxisOrder.ToColumnMajor(array.Bytes.Span, array.Shape.AsSpan(), size)
            : array.Bytes.Span);
    }

    // Version 1 gives the header's length two bytes, versions 2 and 3 four.
    private static NpyHeader ReadHeader(Stream stream)
    {
        var prefix = BoundedStream.Read(stream, 8, Format);
        if (!prefix.AsSpan().StartsWith(Magic))
            throw new ArrayFormatException(Format, "this is not an .npy file: its magic number is missing");
        var version = prefix[6];
        if (version is < 1 or > 3)
            throw new ArrayFormatException(Format, $"version 1 to 3 expected, {version} found");
        var lengthBytes = new byte[4];
        BoundedStream.Read(stream, version == 1 ? 2 : 4, Format).CopyTo(lengthBytes, 0);
        long length = BinaryPrimitives.ReadUInt32LittleEndian(lengthBytes);
        if (length > LongestHeader)
            throw new ArrayFormatException(Format, $"a header of {length} bytes is longer than {LongestHeader}");
        return NpyHeader.Parse(Encoding.Latin1.GetString(BoundedStream.Read(stream, length, Format)));
    }

    private static (StoredElementType Type, bool IsBigEndian) TypeOf(string descriptor)
    {
        StoredElementType? type = descriptor.Length < 2 ? null : descriptor[1..] switch
        {
            "b1" => StoredElementType.Boolean,
            "i1" => StoredElementType.Int8,
            "i2" => StoredElementType.Int16,
            "i4" => StoredElementType.Int32,
            "i8" => StoredElementType.Int64,
            "u1" => StoredElementType.UInt8,
            "u2" => StoredElementType.UInt16,
            "u4" => StoredElementType.UInt32,
            "u8" => StoredElementType.UInt64,
            "f2" => StoredElementType.Float16,
            "f4" => StoredElementType.Float32,
            "f8" => StoredElementType.Float64,
            _ => null,
        };
        return type is { } known && descriptor[0] is '<' or '>' or '|' or '='
            ? (type.Value, descriptor[0] == '>')
            : throw new ArrayFormatException(
                Format, $"type '{descriptor}' is not supported; pickled objects are never read");
    }

    private static string DescriptorOf(StoredElementType type) => type switch
    {
        StoredElementType.Boolean => "|b1",
        StoredElementType.Int8 => "|i1",
        StoredElementType.Int16 => "<i2",
        StoredElementType.Int32 => "<i4",
        StoredElementType.Int64 => "<i8",
        StoredElementType.UInt8 => "|u1",
        StoredElementType.UInt16 => "<u2",
        StoredElementType.UInt32 => "<u4",
        StoredElementType.UInt64 => "<u8",
        StoredElementType.Float16 => "<f2",
        StoredElementType.Float32 => "<f4",
        StoredElementType.Float64 => "<f8",
        _ => throw new ArgumentException($"NumPy has no {type}.", nameof(type)),
    };
}
