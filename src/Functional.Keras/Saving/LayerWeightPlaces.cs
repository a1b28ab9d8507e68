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

        var order = new List<string>();
        return [.. names.Select((name, index) =>
        {
            var segments = name.Split('/')[..^1];
            var place = Next(Owner(className, config, segments, order));

            // The wrapper keeps the kernel it normalizes as a variable of its own besides.
            return className == "SpectralNormalization" && index == 0 ? [place, Next(string.Empty)] : new[] { place };
        })];
    }

    /// <summary>The attribute path, ending in "/", of what has a weight.</summary>
    private static string Owner(string className, JsonObject config, string[] segments, List<string> order)
    {
        if (segments.Length == 0)
            return string.Empty;
        switch (className)
        {
            case "Bidirectional":
                var direction = segments[0].StartsWith("backward_", StringComparison.Ordinal) ? "backward" : "forward";
                return $"{direction}_layer/{Inner(config, segments, order)}";
            case "TimeDistributed" or "SpectralNormalization":
                return $"layer/{Inner(config, segments, order)}";
            case "MultiHeadAttention":
                return $"{Projection(segments[0])}/";
            case "GroupedQueryAttention" or "GroupQueryAttention":
                return $"_{Projection(segments[0])}/";
            case "SimpleRNN" or "LSTM" or "GRU" or "ConvLSTM1D" or "ConvLSTM2D" or "ConvLSTM3D":
                return "cell/";
            case "RNN":
                return segments.Length == 1 ? "cell/" : $"cell/cells/{Cell(config, segments[1], order)}/";
            default:
                return $"{string.Join('/', segments)}/";
        }
    }

    private static string Projection(string name) => name == "attention_output" ? "output_dense" : $"{name}_dense";

    private static string Inner(JsonObject config, string[] segments, List<string> order) =>
        config["layer"] is JsonObject layer && layer["config"] is JsonObject inner
            ? Owner(layer["class_name"]?.ToString() ?? string.Empty, inner, segments[1..], order)
            : string.Empty;

    /// <summary>Cells in a row are named by their classes, "lstm_cell_1", whatever they are called.</summary>
    private static string Cell(JsonObject config, string name, List<string> order)
    {
        if (!order.Contains(name))
            order.Add(name);
        var classes = config["cell"]?["config"]?["cells"] is JsonArray cells
            ? cells.Select(cell => SavingInterop.SnakeCase(cell?["class_name"]?.ToString() ?? string.Empty)).ToArray()
            : [];
        var index = order.IndexOf(name);
        if (index >= classes.Length)
            return name;
        var earlier = classes.Take(index).Count(other => other == classes[index]);
        return earlier == 0 ? classes[index] : $"{classes[index]}_{earlier}";
    }
}
