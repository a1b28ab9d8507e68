using System.Collections.Immutable;
using System.Text.Json;

namespace Functional.Keras;

/// <summary>The JSON header of a .safetensors file: for every array its type, shape and place.</summary>
internal sealed record SafetensorsHeader(
    IReadOnlyList<(string Name, StoredElementType Type, long[] Shape, long Start, long End)> Arrays,
    ImmutableSortedDictionary<string, string> Metadata)
{
    private const string Format = "safetensors";
    private const int HighestRank = 64;

    private static readonly ImmutableDictionary<string, StoredElementType> Types =
        ImmutableDictionary.CreateRange(StringComparer.Ordinal,
        [
            KeyValuePair.Create("BOOL", StoredElementType.Boolean),
            KeyValuePair.Create("I8", StoredElementType.Int8),
            KeyValuePair.Create("I16", StoredElementType.Int16),
            KeyValuePair.Create("I32", StoredElementType.Int32),
            KeyValuePair.Create("I64", StoredElementType.Int64),
            KeyValuePair.Create("U8", StoredElementType.UInt8),
            KeyValuePair.Create("U16", StoredElementType.UInt16),
            KeyValuePair.Create("U32", StoredElementType.UInt32),
            KeyValuePair.Create("U64", StoredElementType.UInt64),
            KeyValuePair.Create("F16", StoredElementType.Float16),
            KeyValuePair.Create("BF16", StoredElementType.BFloat16),
            KeyValuePair.Create("F32", StoredElementType.Float32),
            KeyValuePair.Create("F64", StoredElementType.Float64),
        ]);

    public static string NameOf(StoredElementType type) => Types.First(pair => pair.Value == type).Key;

    public static SafetensorsHeader Parse(byte[] bytes)
    {
        try
        {
            var options = new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false };
            using var document = JsonDocument.Parse(bytes, options);
            return Read(document.RootElement);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException)
        {
            throw new ArrayFormatException(Format, "the header is not the JSON of such a file", failure);
        }
    }

    private static SafetensorsHeader Read(JsonElement root)
    {
        var arrays = new List<(string, StoredElementType, long[], long, long)>();
        var metadata = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var property in root.EnumerateObject())
        {
            if (property.Name != "__metadata__")
            {
                arrays.Add(ReadArray(property.Name, property.Value));
                continue;
            }

            foreach (var pair in property.Value.EnumerateObject())
                metadata[pair.Name] = pair.Value.GetString() ?? "";
        }

        return new SafetensorsHeader(arrays, metadata.ToImmutable());
    }

    private static (string Name, StoredElementType Type, long[] Shape, long Start, long End) ReadArray(
        string name, JsonElement value)
    {
        var typeName = Property(name, value, "dtype").GetString() ?? "";
        if (!Types.TryGetValue(typeName, out var type))
            throw new ArrayFormatException(Format, $"'{name}' has the type '{typeName}', which is not supported");
        var shape = Numbers(Property(name, value, "shape"));
        var offsets = Numbers(Property(name, value, "data_offsets"));
        if (shape.Length > HighestRank || offsets.Length != 2 || offsets[0] > offsets[1])
            throw new ArrayFormatException(Format, $"'{name}' has too many axes, or not a start and an end");
        return (name, type, shape, offsets[0], offsets[1]);
    }

    private static JsonElement Property(string name, JsonElement value, string key) =>
        value.TryGetProperty(key, out var found)
            ? found
            : throw new ArrayFormatException(Format, $"'{name}' has no '{key}'");

    private static long[] Numbers(JsonElement array)
    {
        long[] numbers = [.. array.EnumerateArray().Select(element => element.GetInt64())];
        return numbers.All(number => number >= 0)
            ? numbers
            : throw new ArrayFormatException(Format, "a shape or place is negative");
    }
}
