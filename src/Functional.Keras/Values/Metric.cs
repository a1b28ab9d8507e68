using System.Text.Json.Nodes;
using Functional.Runtime.Interop;

namespace Functional.Keras;

/// <summary>
/// What is reported besides the loss; <see cref="Metrics"/> has them all. The text "accuracy" (or "acc") picks the
/// accuracy that fits output and targets, as in Keras.
/// </summary>
public sealed class Metric : ConfiguredValue
{
    internal Metric(string className, JsonObject config)
        : this(Serialized(className, config))
    {
    }

    private Metric(JsonNode given)
        : base(ValueInterop.Metric(given)) => LogName = ValueInterop.MetricName(given);

    /// <summary>What logs call it: the text it was made from, or Keras's name of the class.</summary>
    public string LogName { get; }

    /// <summary>Whether it is a name that stands for one of several metrics, by the form of the targets.</summary>
    internal bool GoesByTargets => ValueInterop.GoesByTargets(Json);

    /// <summary>The metric with a Keras name, with Keras's default arguments.</summary>
    /// <param name="name">The name: <c>"mae"</c>.</param>
    /// <exception cref="ArgumentException">There is none of this name; the message lists the nearest.</exception>
    public static implicit operator Metric(string name) => FromName(name);

    /// <summary>The metric with a Keras name, with Keras's default arguments.</summary>
    /// <param name="name">The name: <c>"mae"</c>.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentException">There is none of this name; the message lists the nearest.</exception>
    public static Metric FromName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new Metric(JsonValue.Create(name));
    }
}
