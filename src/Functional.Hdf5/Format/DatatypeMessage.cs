using Functional.Hdf5.Reading;

namespace Functional.Hdf5.Format;

/// <summary>
/// Finds a datatype that is either in a message or in the header of a named datatype. HDF5 File Format Specification
/// version 3.0, sections IV.A.2.d, The Datatype Message, and IV.A.2, under "Shared Message".
/// </summary>
internal static class DatatypeMessage
{
    /// <summary>The datatype of a dataset.</summary>
    public static Datatype Read(FileReader reader, HeaderMessage message) =>
        message.IsShared
            ? ReadShared(reader, reader.Within(message.Content, message.Offset, "shared Datatype message"))
            : Datatype.Read(message.Open(reader));

    /// <summary>The datatype that a shared message refers to, which cannot be shared itself.</summary>
    public static Datatype ReadShared(FileReader reader, ByteCursor cursor)
    {
        var header = ObjectHeader.Read(reader, SharedMessage.Address(cursor));
        return Datatype.Read(header.Required(MessageType.Datatype).Open(reader));
    }
}
