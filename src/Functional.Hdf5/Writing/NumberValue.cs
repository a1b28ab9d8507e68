using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Functional.Hdf5.Format;
using Functional.Hdf5.Reading;

namespace Functional.Hdf5.Writing;

/// <summary>Numbers or truth values that are to be written.</summary>
internal sealed class NumberValue<T>(Dataspace dataspace, ReadOnlyMemory<T> values) : WrittenValue(dataspace)
    where T : unmanaged
{
    private const int BlockLength = 1 << 16;

    public override long LengthInBytes => (long)values.Length * Unsafe.SizeOf<T>();

    public override void WriteDatatype(ByteWriter writer) => DatatypeWriter.WriteNumber(writer, ElementTypes.Of<T>());

    // In blocks, because the bytes of a long array do not fit in one span.
    public override void WriteElements(Stream stream, TextHeap heap)
    {
        for (var start = 0; start < values.Length; start += BlockLength)
        {
            var bytes = MemoryMarshal.AsBytes(values.Span.Slice(start, Math.Min(BlockLength, values.Length - start)));
            if (BitConverter.IsLittleEndian)
            {
                stream.Write(bytes);
                continue;
            }

            var reversed = bytes.ToArray();
            ByteOrder.Reverse(reversed, Unsafe.SizeOf<T>());
            stream.Write(reversed);
        }
    }
}
