using System.Text.Json.Nodes;
using Functional.Runtime.Interop;

namespace Functional.Keras;

/// <summary>A penalty on a weight, added to the training loss; <see cref="Regularizers"/> has them all.</summary>
public sealed class Regularizer : ConfiguredValue
{
    internal Regularizer(string className, JsonObject config)
        : this(Serialized(className, config))
    {
    }

    private Regularizer(JsonNode given)
        : base(ValueInterop.Regularizer(given))
    {
    }

    /// <summary>The regularizer with a Keras name, with Keras's default arguments.</summary>
    /// <param name="name">The name: <c>"l2"</c>.</param>
    /// <exception cref="ArgumentException">There is none of this name; the message lists the nearest.</exception>
    public static implicit operator Regularizer(string name) => FromName(name);

    /// <summary>The regularizer with a Keras name, with Keras's default arguments.</summary>
    /// <param name="name">The name: <c>"l2"</c>.</param>
    /// <returns>The regularizer.</returns>
    /// <exception cref="ArgumentException">There is none of this name; the message lists the nearest.</exception>
    public static Regularizer FromName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new Regularizer(JsonValue.Create(name));
    }
}
