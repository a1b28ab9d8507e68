using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Functional.Keras;

/// <summary>
/// The JSON texts of files. A real number keeps its point, 1.0: Keras tells it from the whole number 1, and refuses that as
/// a learning rate.
/// </summary>
internal static class SavedJson
{
    internal const int DeepestNesting = 256;

    private const double LongestWritten = 1e15;

    private static readonly JsonSerializerOptions Compact = new() { MaxDepth = 4 * DeepestNesting };

    private static readonly JsonSerializerOptions Indented = new(Compact) { WriteIndented = true };

    /// <summary>A text: compact, or indented for people.</summary>
    internal static string Text(JsonNode content, bool isIndented = false) =>
        WithPoints(content)!.ToJsonString(isIndented ? Indented : Compact);

    private static JsonNode? WithPoints(JsonNode? content) => content switch
    {
        JsonObject entries => new JsonObject(entries.Select(entry => KeyValuePair.Create(entry.Key, WithPoints(entry.Value)))),
        JsonArray items => new JsonArray([.. items.Select(WithPoints)]),
        JsonValue value when value.GetValue<object>() is double or float => Real(value.GetValue<double>()),
        _ => content?.DeepClone(),
    };

    private static JsonNode? Real(double value) => value == Math.Floor(value) && Math.Abs(value) < LongestWritten
        ? JsonNode.Parse(value.ToString("0.0", CultureInfo.InvariantCulture))
        : JsonValue.Create(value);
}
