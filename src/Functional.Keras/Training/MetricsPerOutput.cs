using System.Runtime.CompilerServices;

namespace Functional.Keras;

/// <summary>
/// The metrics of each output. For a model with one output they are a list, <c>["accuracy", "mse"]</c>; for several one
/// entry each, <c>["accuracy", ["mae", "mse"]]</c>, or by name, <c>new() { ["price"] = "mae" }</c>.
/// </summary>
[CollectionBuilder(typeof(MetricsPerOutput), nameof(Create))]
public sealed class MetricsPerOutput : PerOutput<MetricList>
{
    /// <summary>No metrics yet; set them by output name.</summary>
    public MetricsPerOutput()
    {
    }

    private MetricsPerOutput(ReadOnlySpan<MetricList> metrics)
        : base(metrics)
    {
    }

    /// <summary>Metrics in the order of the outputs, or the metrics of the only output.</summary>
    /// <param name="metrics">The metrics.</param>
    /// <returns>The metrics.</returns>
    public static MetricsPerOutput Create(params ReadOnlySpan<MetricList> metrics) => new(metrics);

    /// <summary>One metric for every output.</summary>
    /// <param name="metric">The metric.</param>
    public static implicit operator MetricsPerOutput(Metric metric) => Create([metric]);

    /// <summary>One metric for every output, by its Keras name.</summary>
    /// <param name="name">The metric's name.</param>
    public static implicit operator MetricsPerOutput(string name) => Create([Metric.FromName(name)]);

    internal MetricList[] ForOutputs(string argument, IReadOnlyList<string> outputs) => outputs.Count == 1 && !IsNamed
        ? [MetricList.Create([.. Values.SelectMany(list => list)])]
        : Resolve(argument, outputs, []);
}
