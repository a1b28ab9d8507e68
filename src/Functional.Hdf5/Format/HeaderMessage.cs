using Functional.Hdf5.Reading;

namespace Functional.Hdf5.Format;

/// <summary>One message of an object header: HDF5 File Format Specification version 3.0, section IV.A.2.</summary>
/// <param name="Type">Its kind.</param>
/// <param name="IsShared">Whether its content is only a reference to where the message really is.</param>
/// <param name="Offset">Where its content is in the file.</param>
/// <param name="Content">Its content.</param>
internal readonly record struct HeaderMessage(
    MessageType Type, bool IsShared, long Offset, ReadOnlyMemory<byte> Content)
{
    /// <summary>A cursor over the content of a message that is not shared.</summary>
    public ByteCursor Open(FileReader reader)
    {
        var cursor = reader.Within(Content, Offset, $"{Type} message");
        return IsShared ? throw cursor.Error("shared messages of this kind are not supported") : cursor;
    }
}
