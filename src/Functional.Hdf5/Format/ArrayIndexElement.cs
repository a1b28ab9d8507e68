using Functional.Hdf5.Reading;

namespace Functional.Hdf5.Format;

/// <summary>
/// An element of a fixed or extensible array. HDF5 File Format Specification version 3.0, sections VII.C and VII.D,
/// under "Data Block Element" for filtered and non-filtered chunks.
/// </summary>
/// <param name="Index">The place of the chunk in the array.</param>
/// <param name="Address">Where the chunk is; undefined if it is not stored.</param>
/// <param name="FilteredSize">How many bytes are stored, if the chunk is filtered.</param>
/// <param name="FilterMask">A bit for each filter that was not applied.</param>
internal readonly record struct ArrayIndexElement(long Index, long Address, long? FilteredSize, uint FilterMask)
{
    private const int FilteredClient = 1;

    /// <summary>Refuses an array whose elements cannot be what its client says.</summary>
    public static void Check(ByteCursor cursor, int client, int elementSize)
    {
        var expected = cursor.Sizes.Address + (client == FilteredClient ? 5 : 0);
        var most = expected + (client == FilteredClient ? 7 : 0);
        if (client > FilteredClient || elementSize < expected || elementSize > most)
            throw cursor.Error($"elements of {elementSize} bytes for client {client} cannot be");
    }

    public static ArrayIndexElement Read(ByteCursor cursor, long index, int client, int elementSize)
    {
        var address = cursor.Address();
        if (client != FilteredClient)
            return new ArrayIndexElement(index, address, null, 0);
        var size = cursor.Number(elementSize - cursor.Sizes.Address - 4);
        return new ArrayIndexElement(index, address, size, cursor.UInt32());
    }
}
