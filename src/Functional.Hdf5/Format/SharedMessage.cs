using Functional.Hdf5.Reading;

namespace Functional.Hdf5.Format;

/// <summary>
/// A message that says where the message itself is: in the header of a named datatype. HDF5 File Format Specification
/// version 3.0, section IV.A.2, under "Shared Message" (versions 1 to 3).
/// </summary>
internal static class SharedMessage
{
    private const int InHeap = 1;

    /// <summary>The address of the object header that has the message.</summary>
    public static long Address(ByteCursor cursor)
    {
        var version = cursor.Version(1, 3);
        var type = cursor.Byte();
        if (version == 3 && type == InHeap)
            throw cursor.Error("messages in a shared message heap are not supported");
        if (version == 1)
            cursor.Skip(6);
        return cursor.Address();
    }
}
