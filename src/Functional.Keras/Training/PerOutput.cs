using System.Collections;

namespace Functional.Keras;

/// <summary>A value for each output of a model: one for all, one after the other, or by the names of the outputs.</summary>
/// <typeparam name="T">The kind of value.</typeparam>
public abstract class PerOutput<T> : IEnumerable<T>
{
    private readonly List<(string? Name, T Value)> items = [];

    private protected PerOutput()
    {
    }

    private protected PerOutput(ReadOnlySpan<T> values)
    {
        foreach (var value in values)
            items.Add((null, value));
    }

    /// <summary>Sets the value of an output; for <c>new() { ["output"] = value }</c>.</summary>
    /// <param name="output">The output's name.</param>
    public T this[string output]
    {
        get => items.Find(item => item.Name == output).Value;
        set => items.Add((output, value));
    }

    internal bool IsNamed => items.Exists(item => item.Name is not null);

    internal IReadOnlyList<T> Values => [.. items.Select(item => item.Value)];

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The value of every output in order, or the fallback where none is given.</summary>
    internal T[] Resolve(string argument, IReadOnlyList<string> outputs, T fallback)
    {
        if (!IsNamed)
        {
            return items.Count == outputs.Count ? [.. Values]
                : items.Count == 1 ? [.. outputs.Select(_ => items[0].Value)]
                : throw new ArgumentException(
                    $"'{argument}' has {items.Count} entries, but the model has {outputs.Count} outputs: "
                    + $"{OutputNaming.Quoted(outputs)}.",
                    argument);
        }

        OutputNaming.RequireKnown(argument, items.Select(item => item.Name ?? string.Empty), outputs);
        return [.. outputs.Select(output => items.Exists(item => item.Name == output) ? this[output] : fallback)];
    }
}
