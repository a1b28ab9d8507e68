using System.Text.Json.Nodes;

namespace Functional.Keras;

/// <summary>
/// The floating type that a model computes in, as its saved layers tell it: "dtype" in their configurations. The reader of
/// models understands it.
/// </summary>
internal static class SavedElementType
{
    private const string Key = "dtype";
    private const string Float = "float32";
    private const string Double = "float64";

    /// <summary>Writes double precision wherever a model that computes in it has the usual type.</summary>
    internal static void WriteDoubles(JsonNode? part)
    {
        switch (part)
        {
            // What an operation says of types is its argument.
            case JsonObject content when IsOperation(content):
                break;
            case JsonObject content:
                if (content[Key] is JsonValue type && type.ToString() == Float)
                    content[Key] = Double;
                foreach (var (_, value) in content)
                    WriteDoubles(value);
                break;
            case JsonArray items:
                foreach (var item in items)
                    WriteDoubles(item);
                break;
        }
    }

    private static bool IsOperation(JsonObject layer) =>
        layer["module"]?.ToString().StartsWith("keras.src.ops", StringComparison.Ordinal) == true;
}
