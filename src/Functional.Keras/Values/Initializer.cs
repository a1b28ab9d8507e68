using System.Text.Json.Nodes;
using Functional.Runtime.Interop;

namespace Functional.Keras;

/// <summary>How a weight begins; <see cref="Initializers"/> has them all.</summary>
public sealed class Initializer : ConfiguredValue
{
    internal Initializer(string className, JsonObject config)
        : this(Serialized(className, config))
    {
    }

    private Initializer(JsonNode given)
        : base(ValueInterop.Initializer(given))
    {
    }

    /// <summary>The initializer with a Keras name, with Keras's default arguments.</summary>
    /// <param name="name">The name: <c>"he_normal"</c>.</param>
    /// <exception cref="ArgumentException">There is none of this name; the message lists the nearest.</exception>
    public static implicit operator Initializer(string name) => FromName(name);

    /// <summary>The initializer with a Keras name, with Keras's default arguments.</summary>
    /// <param name="name">The name: <c>"he_normal"</c>.</param>
    /// <returns>The initializer.</returns>
    /// <exception cref="ArgumentException">There is none of this name; the message lists the nearest.</exception>
    public static Initializer FromName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new Initializer(JsonValue.Create(name));
    }
}
