namespace Functional.Keras;

/// <summary>What training reported at the end of every epoch, by Keras's names: <c>history["val_loss"]</c>.</summary>
public sealed class History : Callback
{
    private readonly Dictionary<string, List<double>> values = [];
    private readonly List<int> epochs = [];

    /// <summary>The epochs, counted from 0.</summary>
    public IReadOnlyList<int> Epoch => epochs;

    /// <summary>The names: metrics and loss, then those of validation.</summary>
    public IReadOnlyList<string> Keys => [.. values.Keys];

    /// <summary>The values of one name, one for every epoch.</summary>
    /// <param name="key">"loss", "accuracy", "val_loss"...</param>
    /// <exception cref="KeyNotFoundException">Nothing has this name.</exception>
    public IReadOnlyList<double> this[string key] => values.TryGetValue(key, out var list)
        ? list
        : throw new KeyNotFoundException($"Training reported no '{key}'; it reported {OutputNaming.Quoted(values.Keys)}.");

    /// <inheritdoc/>
    protected internal override bool WantsBatches => false;

    /// <inheritdoc/>
    public override void OnTrainBegin(Logs logs)
    {
        values.Clear();
        epochs.Clear();
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        epochs.Add(epoch);
        foreach (var (key, value) in logs)
        {
            if (!values.TryGetValue(key, out var list))
                values[key] = list = [];
            list.Add(value);
        }
    }
}
