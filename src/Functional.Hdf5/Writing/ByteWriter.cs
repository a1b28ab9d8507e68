using System.Buffers.Binary;
using Functional.Hdf5.Format;

namespace Functional.Hdf5.Writing;

/// <summary>Bytes of structures that are being made.</summary>
internal sealed class ByteWriter
{
    private byte[] buffer = new byte[256];

    public int Count { get; private set; }

    public ReadOnlyMemory<byte> Written => buffer.AsMemory(0, Count);

    public void Byte(byte value) => Next(1)[0] = value;

    public void UInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Next(2), value);

    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Next(4), value);

    public void UInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Next(8), value);

    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Next(bytes.Length));

    public void Zeros(int count) => Next(count).Clear();

    /// <summary>Writes the address that means "nowhere".</summary>
    public void UndefinedAddress() => UInt64(ulong.MaxValue);

    /// <summary>Overwrites a number written before.</summary>
    public void SetUInt32(int position, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(buffer.AsSpan(position, 4), value);

    /// <summary>Writes the checksum of everything from a position on.</summary>
    public void Checksum(int start) => UInt32(Lookup3.Checksum(buffer.AsSpan(start, Count - start)));

    public byte[] ToArray() => Written.ToArray();

    private Span<byte> Next(int count)
    {
        if (buffer.Length - Count < count)
            Array.Resize(ref buffer, Math.Max(checked(Count + count), 2 * buffer.Length));
        Count += count;
        return buffer.AsSpan(Count - count, count);
    }
}
