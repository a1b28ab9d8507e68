using System.Text.Json.Nodes;
using Functional.Runtime.Interop;

namespace Functional.Keras;

/// <summary>A projection of a weight after every update; <see cref="Constraints"/> has them all.</summary>
public sealed class Constraint : ConfiguredValue
{
    internal Constraint(string className, JsonObject config)
        : this(Serialized(className, config))
    {
    }

    private Constraint(JsonNode given)
        : base(ValueInterop.Constraint(given))
    {
    }

    /// <summary>The constraint with a Keras name, with Keras's default arguments.</summary>
    /// <param name="name">The name: <c>"non_neg"</c>.</param>
    /// <exception cref="ArgumentException">There is none of this name; the message lists the nearest.</exception>
    public static implicit operator Constraint(string name) => FromName(name);

    /// <summary>The constraint with a Keras name, with Keras's default arguments.</summary>
    /// <param name="name">The name: <c>"non_neg"</c>.</param>
    /// <returns>The constraint.</returns>
    /// <exception cref="ArgumentException">There is none of this name; the message lists the nearest.</exception>
    public static Constraint FromName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new Constraint(JsonValue.Create(name));
    }
}
