using Functional.Hdf5.Format;

namespace Functional.Hdf5.Reading;

/// <summary>
/// Reads all groups, and of datasets and attributes all but their elements. Links that are paths or lead to other
/// files are left out, as are named datatypes.
/// </summary>
internal sealed class ObjectTreeReader(FileContext file)
{
    private readonly FileReader reader = file.StartOperation();
    private readonly HashSet<long> ancestors = [];

    public Hdf5Group Root()
    {
        var header = ObjectHeader.Read(reader, file.Superblock.RootAddress);
        return IsGroup(header)
            ? Group(header, "/", 0)
            : throw new Hdf5FormatException("object header", header.Address, "the root is not a group");
    }

    private static bool IsGroup(ObjectHeader header) =>
        header.First(MessageType.SymbolTable) is not null || header.First(MessageType.LinkInfo) is not null;

    private Hdf5Group Group(ObjectHeader header, string path, int depth)
    {
        if (depth > file.Options.MaximumDepth)
        {
            throw new Hdf5FormatException(
                "group", header.Address, $"groups are nested more than {file.Options.MaximumDepth} deep");
        }

        if (!ancestors.Add(header.Address))
            throw new Hdf5FormatException("group", header.Address, $"'{path}' contains itself");
        var groups = new Dictionary<string, Hdf5Group>(StringComparer.Ordinal);
        var datasets = new Dictionary<string, Hdf5Dataset>(StringComparer.Ordinal);
        foreach (var link in Links(header).OrderBy(link => link.Name, StringComparer.Ordinal))
        {
            if (link.HeaderAddress == ByteCursor.Undefined)
                continue;
            CheckName(link, header.Address, groups.ContainsKey(link.Name) || datasets.ContainsKey(link.Name));
            var memberPath = path.Length == 1 ? path + link.Name : $"{path}/{link.Name}";
            reader.Charge(memberPath.Length, header.Address, "group");
            var member = ObjectHeader.Read(reader, link.HeaderAddress);
            if (IsGroup(member))
                groups.Add(link.Name, Group(member, memberPath, depth + 1));
            else if (member.First(MessageType.DataLayout) is not null)
                datasets.Add(link.Name, Dataset(member, memberPath));
        }

        ancestors.Remove(header.Address);
        return new Hdf5Group(path, Attributes(header, path), groups, datasets);
    }

    private static void CheckName(Link link, long address, bool isKnown)
    {
        if (isKnown)
            throw new Hdf5FormatException("group", address, $"the name '{link.Name}' is there twice");
        if (link.Name.Length == 0 || link.Name == "." || link.Name.Contains('/', StringComparison.Ordinal))
            throw new Hdf5FormatException("group", address, $"'{link.Name}' cannot be the name of a member");
    }

    private IEnumerable<Link> Links(ObjectHeader header)
    {
        if (header.First(MessageType.SymbolTable) is { } table)
            return SymbolTable.Read(reader, table.Open(reader));
        var compact = header.All(MessageType.Link).Select(message => Link.Read(message.Open(reader)));
        return header.First(MessageType.LinkInfo) is { } info
            ? compact.Concat(LinkInfo.ReadDense(reader, info.Open(reader)))
            : compact;
    }

    private Hdf5Dataset Dataset(ObjectHeader header, string path)
    {
        var dataspace = Dataspace.Read(header.Required(MessageType.Dataspace).Open(reader));
        var datatype = DatatypeMessage.Read(reader, header.Required(MessageType.Datatype));
        return new Hdf5Dataset(file, path, header, datatype, dataspace, Attributes(header, path));
    }

    private Dictionary<string, Hdf5Attribute> Attributes(ObjectHeader header, string path)
    {
        var messages = header.All(MessageType.Attribute)
            .Select(message => AttributeMessage.Read(reader, message.Open(reader)));
        if (header.First(MessageType.AttributeInfo) is { } info)
            messages = messages.Concat(AttributeInfo.ReadDense(reader, info.Open(reader)));
        var attributes = new Dictionary<string, Hdf5Attribute>(StringComparer.Ordinal);
        foreach (var message in messages.OrderBy(message => message.Name, StringComparer.Ordinal))
        {
            if (!attributes.TryAdd(message.Name, new Hdf5Attribute(file, path, message)))
            {
                throw new Hdf5FormatException(
                    "attribute", message.Offset, $"'{message.Name}' of '{path}' is there twice");
            }
        }

        return attributes;
    }
}
