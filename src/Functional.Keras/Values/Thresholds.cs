using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Functional.Keras;

/// <summary>From where a probability counts as yes: <c>0.5</c>, or several numbers, <c>[0.3, 0.5]</c>.</summary>
[CollectionBuilder(typeof(Thresholds), nameof(Create))]
public sealed class Thresholds : IReadOnlyList<double>
{
    private readonly double[] values;
    private readonly bool isSingle;

    private Thresholds(double[] values, bool isSingle)
    {
        this.values = values;
        this.isSingle = isSingle;
    }

    /// <summary>How many there are.</summary>
    public int Count => values.Length;

    /// <summary>One of them.</summary>
    /// <param name="index">Its position.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    public double this[int index] => Position.At(values, index, "threshold");

    internal JsonNode Json => isSingle ? values[0] : ConfiguredValue.List(values);

    /// <summary>These numbers.</summary>
    /// <param name="values">The numbers in order.</param>
    /// <returns>The numbers.</returns>
    public static Thresholds Create(params ReadOnlySpan<double> values) => new(values.ToArray(), false);

    /// <summary>One number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Thresholds(double value) => new([value], true);

    /// <summary>These numbers.</summary>
    /// <param name="values">The numbers in order.</param>
    public static implicit operator Thresholds(double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Create(values);
    }

    /// <inheritdoc/>
    public IEnumerator<double> GetEnumerator() => ((IEnumerable<double>)values).GetEnumerator();

    /// <summary>"[0.3, 0.5]".</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Json.ToJsonString();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
