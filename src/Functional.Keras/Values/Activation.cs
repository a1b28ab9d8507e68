using System.Text.Json.Nodes;
using Functional.Runtime.Interop;

namespace Functional.Keras;

/// <summary>
/// A function of a layer's result. A text converts to it: <c>Dense(8, "relu")</c> and <c>Dense(8, Activation.Relu)</c>
/// are the same.
/// </summary>
public sealed partial class Activation : ConfiguredValue
{
    private Activation(string name, JsonObject arguments)
        : this(Serialized(name, arguments))
    {
    }

    private Activation(JsonNode given)
        : base(ValueInterop.Activation(given))
    {
    }

    /// <summary>The activation with a Keras name, with Keras's default arguments.</summary>
    /// <param name="name">The name: <c>"relu"</c>.</param>
    /// <exception cref="ArgumentException">There is none of this name; the message lists the nearest.</exception>
    public static implicit operator Activation(string name) => FromName(name);

    /// <summary>The activation with a Keras name, with Keras's default arguments.</summary>
    /// <param name="name">The name: <c>"relu"</c>.</param>
    /// <returns>The activation.</returns>
    /// <exception cref="ArgumentException">There is none of this name; the message lists the nearest.</exception>
    public static Activation FromName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new Activation(JsonValue.Create(name));
    }
}
