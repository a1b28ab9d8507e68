using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Functional.Keras;

/// <summary>What Keras 3.3.3 does not take from a file as it is meant, said once for every model when it is saved.</summary>
internal static class SavingWarnings
{
    private static readonly HashSet<string> KnownActivations =
    [
        "relu", "leaky_relu", "relu6", "softmax", "elu", "selu", "softplus", "softsign", "silu", "swish", "gelu", "tanh",
        "sigmoid", "exponential", "hard_sigmoid", "hard_silu", "hard_swish", "linear", "mish", "log_softmax",
    ];

    private static readonly HashSet<string> NewerLayers = ["Maxout", "RMSNormalization"];

    private static readonly ConditionalWeakTable<ModelStructure, object> Warned = [];

    internal static void Print(ModelStructure structure, JsonObject saved)
    {
        if (!Warned.TryAdd(structure, saved))
            return;
        foreach (var warning in Of(saved))
            Console.Error.WriteLine($"Warning: {warning}");
    }

    /// <summary>A sentence for every layer that Keras reads as another one, or not at all.</summary>
    internal static IEnumerable<string> Of(JsonObject model) =>
        (model["config"]?["layers"]?.AsArray() ?? []).OfType<JsonObject>().SelectMany(layer =>
            layer["config"]?["layers"] is JsonArray
                ? Of(layer)
                : OfLayer(layer["config"]?["name"]?.ToString() ?? layer["name"]?.ToString() ?? string.Empty, layer));

    private static IEnumerable<string> OfLayer(string name, JsonNode? part)
    {
        switch (part)
        {
            case JsonObject { } content when IsFunction(content):
                return
                [
                    $"Layer '{name}': Keras drops the arguments of activation '{content["class_name"]}' when it opens the file. "
                    + "A layer of its own after this one (ReLU, LeakyReLU, ELU, Softmax) keeps them.",
                ];
            case JsonObject content when content["class_name"]?.ToString() is { } className && NewerLayers.Contains(className):
                return [$"Layer '{name}': Keras 3.3.3 has no layer {className}, and does not open the file."];
            case JsonObject content:
                return content.SelectMany(entry => entry.Key is "activation" or "recurrent_activation"
                    && entry.Value is JsonValue text && !KnownActivations.Contains(text.ToString())
                    ? [$"Layer '{name}': Keras 3.3.3 has no activation '{text}', and does not open the file."]
                    : OfLayer(name, entry.Value));
            case JsonArray items:
                return items.SelectMany(item => OfLayer(name, item));
            default:
                return [];
        }
    }

    private static bool IsFunction(JsonObject content) =>
        content["module"]?.ToString() == "keras.activations" && content["config"] is JsonObject;
}
