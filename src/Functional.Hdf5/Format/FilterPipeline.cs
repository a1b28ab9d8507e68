using Functional.Hdf5.Reading;

namespace Functional.Hdf5.Format;

/// <summary>
/// The filters that chunks went through, in the order of writing. HDF5 File Format Specification version 3.0, section
/// IV.A.2.l, The Data Storage - Filter Pipeline Message (versions 1 and 2).
/// </summary>
internal static class FilterPipeline
{
    private const int MostFilters = 32;
    private const int FirstRegisteredId = 256;

    public static IReadOnlyList<Filter> Read(FileReader reader, ObjectHeader header)
    {
        if (header.First(MessageType.FilterPipeline) is not { } message)
            return [];
        var cursor = message.Open(reader);
        var version = cursor.Version(1, 2);
        int count = cursor.Byte();
        if (count > MostFilters)
            throw cursor.Error($"at most {MostFilters} filters expected, {count} found");
        if (version == 1)
            cursor.Skip(6);
        var filters = new List<Filter>(count);
        for (var i = 0; i < count; i++)
            filters.Add(ReadFilter(cursor, version));
        return filters;
    }

    private static Filter ReadFilter(ByteCursor cursor, int version)
    {
        int id = cursor.UInt16();
        int nameLength = version == 1 || id >= FirstRegisteredId ? cursor.UInt16() : 0;
        cursor.Skip(2);
        int parameterCount = cursor.UInt16();
        cursor.Skip(version == 1 ? (nameLength + 7) / 8 * 8 : nameLength);
        var parameters = new List<uint>();
        for (var i = 0; i < parameterCount; i++)
            parameters.Add(cursor.UInt32());
        if (version == 1 && parameterCount % 2 == 1)
            cursor.Skip(4);
        return new Filter(id, parameters);
    }
}
