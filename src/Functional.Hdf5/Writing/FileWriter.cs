using Functional.Hdf5.Format;

namespace Functional.Hdf5.Writing;

/// <summary>
/// Writes a tree in one pass over a stream. Everything is given its address first: the superblock, the text, then
/// every object after its members, so that a group's header can name them.
/// </summary>
internal sealed class FileWriter
{
    private readonly List<Action<Stream>> parts = [];
    private readonly TextHeap heap = new(Superblock.WrittenLengthInBytes);
    private long address;

    public static void Write(Stream stream, Hdf5GroupBuilder root)
    {
        var writer = new FileWriter();
        writer.Reserve(root);
        writer.heap.Close();
        writer.address = writer.heap.NextAddress;
        var rootAddress = writer.Place(root);

        var superblock = new ByteWriter();
        Superblock.Write(superblock, rootAddress, writer.address);
        stream.Write(superblock.Written.Span);
        writer.heap.Write(stream);
        foreach (var part in writer.parts)
            part(stream);
    }

    private void Reserve(Hdf5ObjectBuilder member)
    {
        foreach (var value in member.Attributes.Values)
            value.Reserve(heap);
        if (member is Hdf5DatasetBuilder dataset)
            dataset.Value.Reserve(heap);
        if (member is not Hdf5GroupBuilder group)
            return;
        foreach (var child in group.Members.Values)
            Reserve(child);
    }

    private long Place(Hdf5ObjectBuilder member) =>
        member is Hdf5GroupBuilder group ? PlaceGroup(group) : PlaceDataset((Hdf5DatasetBuilder)member);

    private long PlaceGroup(Hdf5GroupBuilder group)
    {
        var links = group.Members.Select(member => new Link(member.Key, Place(member.Value))).ToList();
        List<(MessageType, byte[])> messages =
        [
            (MessageType.LinkInfo, Encode(LinkInfo.WriteCompact)),
            (MessageType.GroupInfo, [0, 0]),
            .. links.Select(link => (MessageType.Link, Encode(link.Write))),
        ];
        return PlaceHeader(messages, group);
    }

    private long PlaceDataset(Hdf5DatasetBuilder dataset)
    {
        var value = dataset.Value;
        var dataAddress = PlacePart(value.LengthInBytes, stream => value.WriteElements(stream, heap));
        List<(MessageType, byte[])> messages =
        [
            (MessageType.Dataspace, Encode(value.Dataspace.Write)),
            (MessageType.Datatype, Encode(value.WriteDatatype)),
            (MessageType.FillValue, Encode(FillValue.WriteZero)),
            (MessageType.DataLayout,
                Encode(writer => DataLayout.WriteContiguous(writer, dataAddress, value.LengthInBytes))),
        ];
        return PlaceHeader(messages, dataset);
    }

    private long PlaceHeader(List<(MessageType, byte[])> messages, Hdf5ObjectBuilder member)
    {
        messages.AddRange(member.Attributes.Select(attribute =>
            (MessageType.Attribute, EncodeAttribute(attribute.Key, attribute.Value))));
        var header = Encode(writer => ObjectHeader.Write(writer, messages));
        return PlacePart(header.Length, stream => stream.Write(header));
    }

    private byte[] EncodeAttribute(string name, WrittenValue value)
    {
        using var elements = new MemoryStream();
        value.WriteElements(elements, heap);
        return AttributeMessage.Encode(
            name, Encode(value.WriteDatatype), Encode(value.Dataspace.Write), elements.ToArray());
    }

    // Every part begins at a multiple of eight.
    private long PlacePart(long lengthInBytes, Action<Stream> write)
    {
        var start = address;
        var padding = (int)((8 - (lengthInBytes % 8)) % 8);
        address += lengthInBytes + padding;
        parts.Add(stream =>
        {
            write(stream);
            stream.Write(new byte[padding]);
        });
        return start;
    }

    private static byte[] Encode(Action<ByteWriter> write)
    {
        var writer = new ByteWriter();
        write(writer);
        return writer.ToArray();
    }
}
