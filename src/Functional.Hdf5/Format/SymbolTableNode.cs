using Functional.Hdf5.Reading;

namespace Functional.Hdf5.Format;

/// <summary>
/// A leaf of an old-style group's tree. HDF5 File Format Specification version 3.0, section III.B, Disk Format: Level
/// 1B - Group Symbol Table Nodes.
/// </summary>
internal static class SymbolTableNode
{
    private const string Structure = "symbol table node";

    public static IEnumerable<SymbolTableEntry> Read(FileReader reader, long address)
    {
        var prefix = reader.Structure(address, 8, Structure);
        prefix.Signature("SNOD"u8);
        prefix.Version(1, 1);
        prefix.Skip(1);
        var count = prefix.UInt16();
        var length = (long)count * SymbolTableEntry.LengthInBytes(reader.Sizes);
        var cursor = reader.Structure(address + 8, length, Structure);
        for (var i = 0; i < count; i++)
            yield return SymbolTableEntry.Read(cursor);
    }
}
