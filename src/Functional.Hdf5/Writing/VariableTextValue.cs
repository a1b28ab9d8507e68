using Functional.Hdf5.Format;

namespace Functional.Hdf5.Writing;

/// <summary>Texts of any length, kept in global heaps, that are to be written.</summary>
internal sealed class VariableTextValue(Dataspace dataspace, IReadOnlyList<byte[]> texts) : WrittenValue(dataspace)
{
    public const int ReferenceLength = 16;

    public override long LengthInBytes => (long)ReferenceLength * texts.Count;

    public override void WriteDatatype(ByteWriter writer) => DatatypeWriter.WriteVariableText(writer);

    public override void Reserve(TextHeap heap) => heap.Add(this, texts);

    public override void WriteElements(Stream stream, TextHeap heap)
    {
        var writer = new ByteWriter();
        foreach (var (length, address, index) in heap.ReferencesOf(this))
        {
            writer.UInt32((uint)length);
            writer.UInt64((ulong)address);
            writer.UInt32((uint)index);
        }

        stream.Write(writer.Written.Span);
    }
}
