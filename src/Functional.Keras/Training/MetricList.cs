using System.Collections;
using System.Runtime.CompilerServices;

namespace Functional.Keras;

/// <summary>The metrics of one output: <c>"mae"</c> or <c>["mae", "mse"]</c>.</summary>
[CollectionBuilder(typeof(MetricList), nameof(Create))]
public sealed class MetricList : IReadOnlyList<Metric>
{
    private readonly Metric[] metrics;

    private MetricList(Metric[] metrics) => this.metrics = metrics;

    /// <summary>The number of metrics.</summary>
    public int Count => metrics.Length;

    /// <summary>One of the metrics.</summary>
    /// <param name="index">Its position.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    public Metric this[int index] => Position.At(metrics, index, "metric");

    /// <summary>These metrics.</summary>
    /// <param name="metrics">The metrics in order.</param>
    /// <returns>The metrics.</returns>
    public static MetricList Create(params ReadOnlySpan<Metric> metrics) => new(metrics.ToArray());

    /// <summary>One metric.</summary>
    /// <param name="metric">The metric.</param>
    public static implicit operator MetricList(Metric metric) => Create(metric);

    /// <summary>One metric by its Keras name.</summary>
    /// <param name="name">The metric's name.</param>
    public static implicit operator MetricList(string name) => Create(Metric.FromName(name));

    /// <inheritdoc/>
    public IEnumerator<Metric> GetEnumerator() => ((IEnumerable<Metric>)metrics).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
