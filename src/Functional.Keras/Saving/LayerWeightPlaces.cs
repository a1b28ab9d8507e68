using System.Text.Json.Nodes;
using Functional.Runtime.Interop;

namespace Functional.Keras;

/// <summary>
/// Where a layer's weights are in a weights file: "vars/0", "vars/1" for its own, and the attributes of Keras's classes
/// that lead to the layers inside it, "forward_layer/cell/vars/0"
/// (keras/src/saving/saving_lib.py, and the layers' attribute names).
/// </summary>
internal static class LayerWeightPlaces
{
    /// <summary>For every weight, by its name within the layer ("query/kernel"), the places that hold it.</summary>
    internal static string[][] Of(string className, JsonObject config, IReadOnlyList<string> names)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        string Next(string owner)
        {
            var index = counts.GetValueOrDefault(owner);
            counts[owner] = index + 1;
            return $"{owner}vars/{index}";
        }

        var parts = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        return [.. names.Select((name, index) =>
        {
            // States that are kept between batches are in no file of Keras.
            if (RecurrentInterop.IsState(name))
                return [];
            var segments = name.Split('/')[..^1];
            var place = Next(Owner(className, config, segments, parts));

            // The wrapper keeps the kernel it normalizes as a variable of its own besides.
            return className == "SpectralNormalization" && index == 0 ? [place, Next(string.Empty)] : new[] { place };
        })];
    }

    /// <summary>The attribute path, ending in "/", of what has a weight.</summary>
    private static string Owner(string className, JsonObject config, string[] segments, Dictionary<string, List<string>> parts)
    {
        if (segments.Length == 0)
            return string.Empty;
        switch (className)
        {
            case "Bidirectional":
                var direction = Position(parts, string.Empty, segments[0]) == 0 ? "forward" : "backward";
                return $"{direction}_layer/{Inner(config, segments, parts)}";
            case "TimeDistributed" or "SpectralNormalization":
                return $"layer/{Inner(config, segments, parts)}";
            case "MultiHeadAttention":
                return $"{Projection(segments[0])}/";
            case "GroupedQueryAttention" or "GroupQueryAttention":
                return $"_{Projection(segments[0])}/";
            case "SimpleRNN" or "LSTM" or "GRU" or "ConvLSTM1D" or "ConvLSTM2D" or "ConvLSTM3D":
                return "cell/";
            case "RNN":
                return segments.Length == 1 ? "cell/" : $"cell/cells/{Cell(config, Position(parts, segments[0], segments[1]), segments[1])}/";
            default:
                return $"{string.Join('/', segments)}/";
        }
    }

    private static string Projection(string name) => name == "attention_output" ? "output_dense" : $"{name}_dense";

    private static string Inner(JsonObject config, string[] segments, Dictionary<string, List<string>> parts) =>
        config["layer"] is JsonObject layer && layer["config"] is JsonObject inner
            ? Owner(layer["class_name"]?.ToString() ?? string.Empty, inner, segments[1..], parts)
            : string.Empty;

    /// <summary>Which of the parts of an owner, in the order of their weights, has a name.</summary>
    private static int Position(Dictionary<string, List<string>> parts, string owner, string name)
    {
        if (!parts.TryGetValue(owner, out var names))
            parts[owner] = names = [];
        if (!names.Contains(name))
            names.Add(name);
        return names.IndexOf(name);
    }

    /// <summary>Cells in a row are named by their classes, "lstm_cell_1", whatever they are called.</summary>
    private static string Cell(JsonObject config, int index, string name)
    {
        var classes = config["cell"]?["config"]?["cells"] is JsonArray cells
            ? cells.Select(cell => SavingInterop.SnakeCase(cell?["class_name"]?.ToString() ?? string.Empty)).ToArray()
            : [];
        if (index >= classes.Length)
            return name;
        var earlier = classes.Take(index).Count(other => other == classes[index]);
        return earlier == 0 ? classes[index] : $"{classes[index]}_{earlier}";
    }
}
