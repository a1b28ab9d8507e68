using System.Text.Json.Nodes;

namespace Functional.Keras;

/// <summary>Something that Keras saves as a name with arguments: an initializer, a loss, an optimizer...</summary>
public abstract class ConfiguredValue
{
    private JsonNode json;

    private protected ConfiguredValue(JsonNode json) => this.json = json;

    /// <summary>Keras's name of it: "HeNormal", "relu".</summary>
    public string ClassName => json is JsonObject content
        ? content["class_name"]?.GetValue<string>() ?? string.Empty
        : json.ToString();

    /// <summary>Its arguments under Keras's names.</summary>
    public JsonObject Config => json is JsonObject content && content["config"] is JsonObject config
        ? config.DeepClone().AsObject()
        : [];

    internal JsonNode Json => json.DeepClone();

    /// <summary>"HeNormal(seed=1)".</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var arguments = Config.Where(entry => entry.Value is not null)
            .Select(entry => $"{entry.Key}={entry.Value!.ToJsonString()}");
        return $"{ClassName}({string.Join(", ", arguments)})";
    }

    /// <summary>The form in which Keras saves a class with arguments.</summary>
    private protected static JsonObject Serialized(string className, JsonObject config) => new()
    {
        ["class_name"] = className,
        ["config"] = config,
    };

    private protected void Replace(JsonNode changed) => json = changed;

    internal static JsonArray List<T>(IReadOnlyList<T> values) =>
        new([.. values.Select(value => JsonValue.Create(value))]);
}
