using Functional.Hdf5.Format;

namespace Functional.Hdf5.Writing;

/// <summary>Texts of one length, filled up with zeros, that are to be written.</summary>
internal sealed class FixedTextValue(Dataspace dataspace, IReadOnlyList<byte[]> texts) : WrittenValue(dataspace)
{
    private readonly int length = Math.Max(1, texts.Select(text => text.Length).DefaultIfEmpty().Max());

    public override long LengthInBytes => (long)length * texts.Count;

    public override void WriteDatatype(ByteWriter writer) => DatatypeWriter.WriteFixedText(writer, length);

    public override void WriteElements(Stream stream, TextHeap heap)
    {
        var padding = new byte[length];
        foreach (var text in texts)
        {
            stream.Write(text);
            stream.Write(padding, 0, length - text.Length);
        }
    }
}
