using Functional.Hdf5.Format;

namespace Functional.Hdf5.Reading;

/// <summary>Makes text of the elements of a dataset or attribute.</summary>
internal sealed class TextDecoder(FileReader reader, Datatype datatype, string structure)
{
    // What a text costs in memory beside its characters.
    private const int TextCostInBytes = 32;

    private readonly Dictionary<long, Dictionary<int, ReadOnlyMemory<byte>>> collections = [];
    private long allowance = reader.ReadLimitInBytes;

    /// <summary>The texts that some stored elements are or refer to.</summary>
    public string[] Decode(ReadOnlyMemory<byte> stored, long offset, long count)
    {
        Spend(offset, count * TextCostInBytes);
        var cursor = reader.Within(stored, offset, structure);
        var texts = new string[count];
        for (var i = 0; i < texts.Length; i++)
        {
            var text = datatype.IsVariableLength ? Referred(cursor) : Fixed(cursor);
            Spend(offset, 2L * text.Remaining);
            texts[i] = text.Text(text.Remaining);
        }

        return texts;
    }

    private void Spend(long offset, long lengthInBytes)
    {
        allowance -= lengthInBytes;
        if (allowance < 0)
        {
            throw new Hdf5FormatException(
                structure, offset, $"its text takes more than the {reader.ReadLimitInBytes} bytes allowed");
        }
    }

    private ByteCursor Fixed(ByteCursor cursor)
    {
        var offset = cursor.Offset;
        var bytes = cursor.Bytes(datatype.ScalarSizeInBytes);
        var length = datatype.Padding switch
        {
            StringPadding.Spaces => bytes.Span.LastIndexOfAnyExcept((byte)' ') + 1,
            StringPadding.Zeros => bytes.Span.LastIndexOfAnyExcept((byte)0) + 1,
            _ => LengthToZero(bytes.Span),
        };
        return reader.Within(bytes[..length], offset, "text");
    }

    // HDF5 File Format Specification version 3.0, section III.E: the length, the address of a collection, an index.
    private ByteCursor Referred(ByteCursor cursor)
    {
        long length = cursor.UInt32();
        var address = cursor.Address();
        long index = cursor.UInt32();
        if (length == 0 || (address == 0 && index == 0))
            return reader.Within(ReadOnlyMemory<byte>.Empty, cursor.Offset, "text");
        if (!collections.TryGetValue(address, out var collection))
            collections.Add(address, collection = GlobalHeap.Read(reader, address));
        if (index > ushort.MaxValue || !collection.TryGetValue((int)index, out var content) || content.Length < length)
            throw cursor.Error($"the global heap at {address} has no {length} bytes under {index}");
        var text = content[..(int)length];
        return reader.Within(text[..LengthToZero(text.Span)], address, "text");
    }

    private static int LengthToZero(ReadOnlySpan<byte> bytes)
    {
        var length = bytes.IndexOf((byte)0);
        return length < 0 ? bytes.Length : length;
    }
}
