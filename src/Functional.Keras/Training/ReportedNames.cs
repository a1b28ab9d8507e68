using Functional.Runtime.Interop;

namespace Functional.Keras;

/// <summary>
/// What logs call the loss and the metrics of a compiled model. Where two metrics would have one name, they are called as
/// Keras calls them: "auc" and "auc_1"; "mae" and, with sample weights, "weighted_mae". A metric with a number for every
/// class or threshold has names with positions besides, "f1_score_0", and its own name is that of their mean.
/// </summary>
internal sealed class ReportedNames
{
    private const string Loss = "loss";
    private const string ValidationPrefix = "val_";

    private readonly Dictionary<string, bool?> largeIsBetter = new() { [Loss] = false };

    internal ReportedNames(ModelStructure structure, MetricList[] metrics, MetricList[] weightedMetrics)
    {
        var outputs = structure.OutputNames;
        string Prefix(int output) => outputs.Length > 1 ? $"{outputs[output]}_" : string.Empty;
        Metrics = [.. metrics.Select((list, output) => list.Select(metric =>
            Add(nameof(metrics), metric, structure.Outputs[output], Prefix(output) + metric.LogName)).ToArray())];
        WeightedMetrics = [.. weightedMetrics.Select((list, output) => list.Select(metric =>
        {
            var name = Prefix(output) + metric.LogName;
            return Add(
                nameof(weightedMetrics),
                metric,
                structure.Outputs[output],
                largeIsBetter.ContainsKey(name) ? $"{Prefix(output)}weighted_{metric.LogName}" : name);
        }).ToArray())];
    }

    /// <summary>The names of the metrics of every output.</summary>
    internal string[][] Metrics { get; }

    /// <summary>The names of the metrics of every output that take sample weights.</summary>
    internal string[][] WeightedMetrics { get; }

    /// <summary>All names, the loss first.</summary>
    internal IEnumerable<string> All => largeIsBetter.Keys;

    /// <summary>All names as those of validation.</summary>
    internal IEnumerable<string> OfValidation => All.Select(name => ValidationPrefix + name);

    /// <summary>Whether a name is reported by validations only.</summary>
    internal bool IsOfValidation(string name) =>
        !largeIsBetter.ContainsKey(name) && largeIsBetter.ContainsKey(WithoutPrefix(name));

    /// <summary>Whether large values under a name, with "val_" or without, are better; null where nothing says it.</summary>
    internal bool? IsLargeBetter(string name) =>
        largeIsBetter.TryGetValue(name, out var own) ? own : largeIsBetter.GetValueOrDefault(WithoutPrefix(name));

    private static string WithoutPrefix(string name) =>
        name.StartsWith(ValidationPrefix, StringComparison.Ordinal) ? name[ValidationPrefix.Length..] : name;

    private string Add(string argument, Metric metric, SymbolicTensor output, string name)
    {
        if (metric.LogName == Loss)
        {
            throw new ArgumentException(
                $"'{argument}': a metric cannot be called 'loss', since logs call the loss so: give {metric.ClassName} another "
                + "name.",
                argument);
        }

        var numbers = ValueInterop.MetricNumbers(metric.Json, output.Core) ?? 0;
        string[] NamesOf(string whole) => [whole, .. Enumerable.Range(0, numbers).Select(position => $"{whole}_{position}")];

        var free = name;
        for (var number = 1; NamesOf(free).Any(largeIsBetter.ContainsKey); number++)
            free = $"{name}_{number}";
        var isLargeBetter = ValueInterop.IsLargeBetter(metric.Json);
        foreach (var each in NamesOf(free))
            largeIsBetter.Add(each, isLargeBetter is { } isBetter ? isBetter : null);
        return free;
    }
}
