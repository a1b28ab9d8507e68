using Functional.Hdf5.Format;
using Functional.Hdf5.Writing;

namespace Functional.Hdf5.Tests;

/// <summary>Files no well-behaved library writes, put together from object headers.</summary>
internal sealed class CraftedFile
{
    private readonly ByteWriter body = new();

    /// <summary>Where the next header will be.</summary>
    public long NextAddress => Superblock.WrittenLengthInBytes + body.Count;

    public long Add(params (MessageType Type, byte[] Content)[] messages)
    {
        var address = NextAddress;
        ObjectHeader.Write(body, messages);
        return address;
    }

    public long AddGroup(params Link[] links) =>
        Add([(MessageType.LinkInfo, Encode(LinkInfo.WriteCompact)), .. links.Select(LinkMessage)]);

    public long AddDataset(long[] shape, Hdf5ElementType type, Action<ByteWriter> layout) => Add(
        (MessageType.Dataspace, Encode(Dataspace.Fixed(shape).Write)),
        (MessageType.Datatype, Encode(writer => DatatypeWriter.WriteNumber(writer, type))),
        (MessageType.DataLayout, Encode(layout)));

    public byte[] Bytes(long rootAddress)
    {
        var writer = new ByteWriter();
        Superblock.Write(writer, rootAddress, NextAddress);
        writer.Bytes(body.Written.Span);
        return writer.ToArray();
    }

    public static byte[] Encode(Action<ByteWriter> write)
    {
        var writer = new ByteWriter();
        write(writer);
        return writer.ToArray();
    }

    private static (MessageType Type, byte[] Content) LinkMessage(Link link) => (MessageType.Link, Encode(link.Write));
}
