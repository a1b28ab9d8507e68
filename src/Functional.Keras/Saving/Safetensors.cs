using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Functional.Keras;

/// <summary>
/// Reads and writes .safetensors files: the length of a JSON header, the header, and the bytes of the arrays one after
/// another without gaps.
/// </summary>
public static class Safetensors
{
    private const string Format = "safetensors";
    private const string MetadataKey = "__metadata__";
    private const int LengthOfLength = 8;
    private const long LongestHeader = 100_000_000;

    /// <summary>Reads a file.</summary>
    /// <param name="stream">The stream, which need not be seekable and is read to its end.</param>
    /// <param name="maximumInBytes">The most bytes that all arrays together may take.</param>
    /// <returns>The arrays and the metadata.</returns>
    /// <exception cref="ArrayFormatException">The file is damaged, too long, or has other types.</exception>
    public static SafetensorsFile Read(Stream stream, long maximumInBytes = BoundedStream.DefaultLimitInBytes)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(BoundedStream.Read(stream, LengthOfLength, Format));
        if (length > LongestHeader)
            throw Error($"a header of at most {LongestHeader} bytes expected, {length} found");
        var header = SafetensorsHeader.Parse(BoundedStream.Read(stream, (long)length, Format));

        var arrays = ImmutableArray.CreateBuilder<StoredArray>();
        long position = 0;
        foreach (var (name, type, shape, start, end) in header.Arrays.OrderBy(array => (array.Start, array.End)))
        {
            if (start != position || StoredElements.LengthInBytes(shape, type) != end - start)
                throw Error($"'{name}' at {start} to {end} does not follow at {position} or has not that length");
            if (end > maximumInBytes)
                throw Error($"the arrays take more than {maximumInBytes} bytes");
            arrays.Add(new StoredArray(name, shape, type, BoundedStream.Read(stream, end - start, Format)));
            position = end;
        }

        return BoundedStream.IsAtEnd(stream, Format)
            ? new SafetensorsFile(arrays.ToImmutable(), header.Metadata)
            : throw Error($"bytes follow the last array, which ends at {position}");
    }

    /// <summary>Writes a file; arrays with longer elements come first, so that all are aligned.</summary>
    /// <param name="stream">The stream, which is left open.</param>
    /// <param name="arrays">The arrays, whose names must differ.</param>
    /// <param name="metadata">Texts by name; null for none.</param>
    /// <exception cref="ArgumentException">Two arrays have one name, or one has the name of the metadata.</exception>
    public static void Write(
        Stream stream, IEnumerable<StoredArray> arrays, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(arrays);
        List<StoredArray> ordered =
        [
            .. arrays.OrderByDescending(array => StoredElements.SizeInBytes(array.ElementType))
                .ThenBy(array => array.Name, StringComparer.Ordinal),
        ];
        CheckNames(ordered);
        var header = EncodeHeader(ordered, metadata);
        Span<byte> length = stackalloc byte[LengthOfLength];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var array in ordered)
            stream.Write(array.Bytes.Span);
    }

    private static ArrayFormatException Error(string problem) => new(Format, problem);

    private static void CheckNames(List<StoredArray> arrays)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { MetadataKey };
        foreach (var array in arrays)
        {
            if (!names.Add(array.Name))
                throw new ArgumentException($"The name '{array.Name}' is taken.", nameof(arrays));
        }
    }

    // The header is filled up with spaces so that the data begin at a multiple of eight.
    private static byte[] EncodeHeader(List<StoredArray> arrays, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is not null)
                WriteMetadata(json, metadata);
            long position = 0;
            foreach (var array in arrays)
            {
                WriteArray(json, array, position);
                position += array.Bytes.Length;
            }

            json.WriteEndObject();
        }

        buffer.Write(Encoding.ASCII.GetBytes(new string(' ', (int)((8 - (buffer.Length % 8)) % 8))));
        return buffer.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject(MetadataKey);
        foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter json, StoredArray array, long position)
    {
        json.WriteStartObject(array.Name);
        json.WriteString("dtype", SafetensorsHeader.NameOf(array.ElementType));
        json.WriteStartArray("shape");
        foreach (var dimension in array.Shape)
            json.WriteNumberValue(dimension);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(position);
        json.WriteNumberValue(position + array.Bytes.Length);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
