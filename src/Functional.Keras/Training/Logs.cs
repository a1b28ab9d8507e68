using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Functional.Keras;

/// <summary>
/// Loss and metrics by name, as callbacks get them. They are computed when they are asked for first; a callback may add
/// entries at the end of an epoch.
/// </summary>
[SuppressMessage("Naming", "CA1710", Justification = "Keras calls them logs.")]
public sealed class Logs : IReadOnlyDictionary<string, double>
{
    private readonly Dictionary<string, double> values = [];
    private Action<IDictionary<string, double>>? source;

    internal Logs(Action<IDictionary<string, double>>? source = null) => this.source = source;

    /// <summary>The number of entries.</summary>
    public int Count => Present.Count;

    /// <summary>The names.</summary>
    public IEnumerable<string> Keys => Present.Keys;

    /// <summary>The values.</summary>
    public IEnumerable<double> Values => Present.Values;

    private Dictionary<string, double> Present
    {
        get
        {
            if (source is { } fill)
            {
                source = null;
                values.Clear();
                fill(values);
            }

            return values;
        }
    }

    /// <summary>A value by its name.</summary>
    /// <param name="key">"loss", "val_accuracy"...</param>
    public double this[string key]
    {
        get => Present[key];
        set => Present[key] = value;
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => Present.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out double value) => Present.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, double>> GetEnumerator() => Present.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Makes the values be computed again when they are asked for.</summary>
    internal void Refresh(Action<IDictionary<string, double>> from) => source = from;
}
