using Functional.Hdf5.Reading;
using Functional.Hdf5.Writing;

namespace Functional.Hdf5.Format;

/// <summary>
/// What describes a group, a dataset or a named datatype. HDF5 File Format Specification version 3.0, section IV.A.1,
/// Disk Format: Level 2A1 - Data Object Header Prefix (versions 1 and 2), and section IV.A.2.q, The Object Header
/// Continuation Message. Version 2 is written.
/// </summary>
internal sealed class ObjectHeader
{
    private const string Structure = "object header";
    private const int SharedFlag = 2;
    private readonly FileReader reader;
    private readonly List<HeaderMessage> messages = [];
    private readonly Queue<(long Address, long Length)> continuations = new();
    private readonly HashSet<long> blocks = [];

    private ObjectHeader(FileReader reader, long address)
    {
        this.reader = reader;
        Address = address;
    }

    public long Address { get; }

    public static ObjectHeader Read(FileReader reader, long address)
    {
        var header = new ObjectHeader(reader, address);
        var isVersion2 = reader.Structure(address, 4, Structure).Bytes(4).Span.SequenceEqual("OHDR"u8);
        if (isVersion2)
            header.ReadVersion2();
        else
            header.ReadVersion1();
        return header;
    }

    /// <summary>Writes a header of version 2 with some messages.</summary>
    public static void Write(ByteWriter writer, IEnumerable<(MessageType Type, byte[] Content)> messages)
    {
        const int FourByteChunkLength = 2;
        var start = writer.Count;
        writer.Bytes("OHDR"u8);
        writer.Byte(2);
        writer.Byte(FourByteChunkLength);
        var lengthPosition = writer.Count;
        writer.UInt32(0);
        foreach (var (type, content) in messages)
        {
            writer.Byte((byte)type);
            writer.UInt16(checked((ushort)content.Length));
            writer.Byte(0);
            writer.Bytes(content);
        }

        writer.SetUInt32(lengthPosition, (uint)(writer.Count - lengthPosition - 4));
        writer.Checksum(start);
    }

    public IEnumerable<HeaderMessage> All(MessageType type) => messages.Where(message => message.Type == type);

    public HeaderMessage? First(MessageType type)
    {
        foreach (var message in messages)
        {
            if (message.Type == type)
                return message;
        }

        return null;
    }

    public HeaderMessage Required(MessageType type) =>
        First(type) ?? throw new Hdf5FormatException(Structure, Address, $"it has no {type} message");

    private void ReadVersion1()
    {
        var prefix = reader.Structure(Address, 16, Structure);
        prefix.Version(1, 1);
        prefix.Skip(1);
        int count = prefix.UInt16();
        prefix.Skip(4);
        continuations.Enqueue((Address + 16, prefix.UInt32()));
        while (continuations.TryDequeue(out var block) && count > 0)
        {
            var cursor = Block(block.Address, block.Length);
            for (; count > 0 && cursor.Remaining >= 8; count--)
            {
                int type = cursor.UInt16();
                int length = cursor.UInt16();
                int flags = cursor.Byte();
                cursor.Skip(3);
                Add(cursor, type, length, flags);
            }
        }
    }

    private void ReadVersion2()
    {
        const int ChecksumLength = 4;
        var prefix = reader.Structure(Address, 6, Structure);
        prefix.Skip(4);
        prefix.Version(2, 2);
        int flags = prefix.Byte();
        var lengthSize = 1 << (flags & 3);
        var tracksCreation = (flags & 4) != 0;
        var optional = ((flags & 16) != 0 ? 4 : 0) + ((flags & 32) != 0 ? 16 : 0);
        var start = 6 + optional + lengthSize;
        var sized = reader.Structure(Address, start, Structure);
        sized.Skip(start - lengthSize);
        var length = sized.Number(lengthSize);
        blocks.Add(Address);
        var wholeLength = Math.Min(length, Hdf5Options.LongestRead) + start + ChecksumLength;
        var cursor = reader.Structure(Address, wholeLength, Structure);
        ReadMessages(cursor, start, tracksCreation);
        while (continuations.TryDequeue(out var block))
        {
            var continued = Block(block.Address, block.Length);
            continued.Signature("OCHK"u8);
            ReadMessages(continued, 4, tracksCreation);
        }
    }

    private void ReadMessages(ByteCursor cursor, int start, bool tracksCreation)
    {
        const int ChecksumLength = 4;
        var end = cursor.Position + cursor.Remaining - ChecksumLength;
        cursor.MoveTo(end);
        cursor.Checksum(reader.Options.VerifyChecksums);
        cursor.MoveTo(start);
        var prefixLength = tracksCreation ? 6 : 4;
        while (end - cursor.Position >= prefixLength)
        {
            int type = cursor.Byte();
            int length = cursor.UInt16();
            int flags = cursor.Byte();
            cursor.Skip(prefixLength - 4);
            Add(cursor, type, length, flags);
        }
    }

    private ByteCursor Block(long address, long length) =>
        blocks.Add(address)
            ? reader.Structure(address, length, "object header block")
            : throw new Hdf5FormatException("object header block", address, "it continues into itself");

    private void Add(ByteCursor cursor, int type, int length, int flags)
    {
        var offset = cursor.Offset;
        var message = new HeaderMessage(
            (MessageType)type, (flags & SharedFlag) != 0, offset, cursor.Bytes(length));
        if (message.Type != MessageType.Continuation)
        {
            messages.Add(message);
            return;
        }

        var content = message.Open(reader);
        continuations.Enqueue((content.Address(), content.Length()));
    }
}
