namespace Functional.Keras;

/// <summary>
/// Loss and metrics of an evaluation, by name, by position (the loss first), or taken apart:
/// <c>var (loss, accuracy) = model.Evaluate(x, y);</c>
/// </summary>
public sealed class Evaluation
{
    private readonly KeyValuePair<string, double>[] results;

    internal Evaluation(IEnumerable<KeyValuePair<string, double>> results) => this.results = [.. results];

    /// <summary>The names, "loss" first.</summary>
    public IReadOnlyList<string> Names => Array.ConvertAll(results, result => result.Key);

    /// <summary>The loss.</summary>
    public double Loss => this["loss"];

    /// <summary>A result by its position, the loss being 0.</summary>
    /// <param name="index">The position.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    public double this[int index] => Position.At(results, index, "result").Value;

    /// <summary>A result by its name.</summary>
    /// <param name="name">"loss", "accuracy"...</param>
    /// <exception cref="KeyNotFoundException">Nothing has this name.</exception>
    public double this[string name]
    {
        get
        {
            var index = Array.FindIndex(results, result => result.Key == name);
            return index >= 0 ? results[index].Value : throw new KeyNotFoundException(
                $"The evaluation has no '{name}'; it has {OutputNaming.Quoted(Names)}.");
        }
    }

    /// <summary>The loss and the first metric.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="metric">The first metric.</param>
    public void Deconstruct(out double loss, out double metric) => (loss, metric) = (this[0], this[1]);

    /// <summary>Names and values.</summary>
    /// <returns>A new dictionary.</returns>
    public IReadOnlyDictionary<string, double> ToDictionary() => results.ToDictionary();

    /// <summary>"loss: 0.25 - accuracy: 0.9".</summary>
    /// <returns>The text.</returns>
    public override string ToString() => LogText.Format(results);
}
