using Functional.Hdf5.Reading;

namespace Functional.Hdf5.Format;

/// <summary>
/// The members of an old-style group. HDF5 File Format Specification version 3.0, section IV.A.2.r, The Symbol Table
/// Message.
/// </summary>
internal static class SymbolTable
{
    public static IEnumerable<Link> Read(FileReader reader, ByteCursor cursor)
    {
        var treeAddress = cursor.Address();
        var heap = LocalHeap.Read(reader, cursor.Address());
        return BTreeVersion1.GroupLeaves(reader, treeAddress)
            .SelectMany(leaf => SymbolTableNode.Read(reader, leaf))
            .Select(entry => new Link(
                heap.Name(entry.NameOffset), entry.IsSoftLink ? ByteCursor.Undefined : entry.HeaderAddress));
    }
}
