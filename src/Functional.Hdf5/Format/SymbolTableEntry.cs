using Functional.Hdf5.Reading;

namespace Functional.Hdf5.Format;

/// <summary>
/// A member of an old-style group. HDF5 File Format Specification version 3.0, section III.C, Disk Format: Level 1C -
/// Symbol Table Entry.
/// </summary>
/// <param name="NameOffset">Where the member's name is in the group's local heap.</param>
/// <param name="HeaderAddress">The address of the member's object header.</param>
/// <param name="IsSoftLink">Whether the member is a path and not an object.</param>
internal readonly record struct SymbolTableEntry(long NameOffset, long HeaderAddress, bool IsSoftLink)
{
    private const uint SoftLinkCache = 2;

    public static int LengthInBytes(FieldSizes sizes) => (2 * sizes.Address) + 24;

    public static SymbolTableEntry Read(ByteCursor cursor)
    {
        var nameOffset = cursor.Number(cursor.Sizes.Address);
        var headerAddress = cursor.Address();
        var cache = cursor.UInt32();
        cursor.Skip(20);
        return new SymbolTableEntry(nameOffset, headerAddress, cache == SoftLinkCache);
    }
}
