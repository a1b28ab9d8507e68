using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Functional.Keras;

/// <summary>One whole number or several, as Keras's arguments for axes and sizes are: <c>-1</c> or <c>[1, 2]</c>.</summary>
[CollectionBuilder(typeof(Axes), nameof(Create))]
public sealed class Axes : IReadOnlyList<int>
{
    private readonly int[] values;
    private readonly bool isSingle;

    private Axes(int[] values, bool isSingle)
    {
        this.values = values;
        this.isSingle = isSingle;
    }

    /// <summary>How many there are.</summary>
    public int Count => values.Length;

    /// <summary>One of them.</summary>
    /// <param name="index">Its position.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    public int this[int index] => Position.At(values, index, "number");

    internal JsonNode Json => isSingle ? values[0] : ConfiguredValue.List(values);

    /// <summary>These numbers.</summary>
    /// <param name="values">The numbers in order.</param>
    /// <returns>The numbers.</returns>
    public static Axes Create(params ReadOnlySpan<int> values) => new(values.ToArray(), false);

    /// <summary>One number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Axes(int value) => new([value], true);

    /// <summary>These numbers.</summary>
    /// <param name="values">The numbers in order.</param>
    public static implicit operator Axes(int[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Create(values);
    }

    /// <summary>Two numbers.</summary>
    /// <param name="values">The numbers.</param>
    public static implicit operator Axes((int First, int Second) values) => Create(values.First, values.Second);

    /// <summary>Three numbers.</summary>
    /// <param name="values">The numbers.</param>
    public static implicit operator Axes((int First, int Second, int Third) values) =>
        Create(values.First, values.Second, values.Third);

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)values).GetEnumerator();

    /// <summary>"[1, 2]".</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"[{string.Join(", ", values)}]";

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
