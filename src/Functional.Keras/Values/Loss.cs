using System.Text.Json.Nodes;
using Functional.Runtime.Interop;

namespace Functional.Keras;

/// <summary>What training makes small; <see cref="Losses"/> has them all.</summary>
public sealed class Loss : ConfiguredValue
{
    internal Loss(string className, JsonObject config)
        : this(Serialized(className, config))
    {
    }

    private Loss(JsonNode given)
        : base(ValueInterop.Loss(given))
    {
    }

    /// <summary>Whether the values of samples become one number.</summary>
    internal bool IsReduced => Config["reduction"] is { } reduction && reduction.ToString() != "none";

    /// <summary>Whether predictions are logits, and not probabilities.</summary>
    internal bool TakesLogits => Config["from_logits"]?.GetValue<bool>() == true;

    /// <summary>The loss with a Keras name, with Keras's default arguments.</summary>
    /// <param name="name">The name: <c>"mse"</c>.</param>
    /// <exception cref="ArgumentException">There is none of this name; the message lists the nearest.</exception>
    public static implicit operator Loss(string name) => FromName(name);

    /// <summary>The loss with a Keras name, with Keras's default arguments.</summary>
    /// <param name="name">The name: <c>"mse"</c>.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">There is none of this name; the message lists the nearest.</exception>
    public static Loss FromName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new Loss(JsonValue.Create(name));
    }
}
