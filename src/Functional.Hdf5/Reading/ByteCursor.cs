using System.Buffers.Binary;
using System.Text;
using Functional.Hdf5.Format;

namespace Functional.Hdf5.Reading;

/// <summary>A place in the bytes of one structure. Every step is checked against the structure's end.</summary>
internal sealed class ByteCursor(ReadOnlyMemory<byte> bytes, long startOffset, string structure, FieldSizes sizes)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private int position;

    /// <summary>Where an address of the file that says "nowhere" points.</summary>
    public const long Undefined = -1;

    public int Position => position;

    public int Remaining => bytes.Length - position;

    public long Offset => startOffset + position;

    public FieldSizes Sizes => sizes;

    public Hdf5FormatException Error(string problem, Exception? cause = null) =>
        new(structure, Offset, problem, cause);

    public ReadOnlyMemory<byte> Bytes(long count)
    {
        if (count < 0 || count > Remaining)
            throw Error($"{count} more bytes expected, {Remaining} left");
        var slice = bytes.Slice(position, (int)count);
        position += (int)count;
        return slice;
    }

    /// <summary>A cursor over the next bytes, for a structure within this one.</summary>
    public ByteCursor Part(long count, string part)
    {
        var offset = Offset;
        return new ByteCursor(Bytes(count), offset, part, sizes);
    }

    public void Skip(long count) => Bytes(count);

    public void MoveTo(int newPosition)
    {
        if (newPosition < 0 || newPosition > bytes.Length)
            throw Error($"position {newPosition} is outside its {bytes.Length} bytes");
        position = newPosition;
    }

    public byte Byte() => Bytes(1).Span[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2).Span);

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4).Span);

    /// <summary>An unsigned number of 1 to 8 bytes that must fit in 63 bits.</summary>
    public long Number(int byteCount)
    {
        var value = Unsigned(byteCount);
        return value <= long.MaxValue ? (long)value : throw Error($"the number {value} is too large");
    }

    public long Length() => Number(sizes.Length);

    /// <summary>An address relative to the file's base address, or <see cref="Undefined"/>.</summary>
    public long Address()
    {
        var value = Unsigned(sizes.Address);
        var undefined = sizes.Address == 8 ? ulong.MaxValue : (1UL << (8 * sizes.Address)) - 1;
        return value == undefined ? Undefined
            : value <= long.MaxValue ? (long)value
            : throw Error($"the address {value} is too large");
    }

    public void Signature(ReadOnlySpan<byte> expected)
    {
        if (!Bytes(expected.Length).Span.SequenceEqual(expected))
            throw Error($"the signature '{Encoding.ASCII.GetString(expected)}' is missing");
    }

    /// <summary>A version number, which must be one of those expected.</summary>
    public int Version(int lowest, int highest)
    {
        var version = Byte();
        return version >= lowest && version <= highest
            ? version
            : throw Error($"version {lowest} to {highest} expected, {version} found");
    }

    /// <summary>Text that ends with a zero byte.</summary>
    public string ZeroTerminatedText()
    {
        var length = bytes.Span[position..].IndexOf((byte)0);
        if (length < 0)
            throw Error("the zero byte that ends a text is missing");
        var text = Text(length);
        Skip(1);
        return text;
    }

    /// <summary>Text of so many bytes, in UTF-8, of which ASCII is a part.</summary>
    public string Text(long byteCount)
    {
        var span = Bytes(byteCount).Span;
        try
        {
            return StrictUtf8.GetString(span);
        }
        catch (DecoderFallbackException failure)
        {
            throw Error("a text is not valid UTF-8", failure);
        }
    }

    /// <summary>Compares the checksum that follows with that of everything before it.</summary>
    public void Checksum(bool verify)
    {
        var computed = Lookup3.Checksum(bytes.Span[..position]);
        var stored = UInt32();
        if (verify && computed != stored)
            throw Error($"the checksum is {stored:x8}, but the bytes give {computed:x8}");
    }

    private ulong Unsigned(int byteCount)
    {
        var span = Bytes(byteCount).Span;
        ulong value = 0;
        for (var i = byteCount - 1; i >= 0; i--)
            value = (value << 8) | span[i];
        return value;
    }
}
