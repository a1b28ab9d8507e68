using System.Text.Json.Nodes;
using Functional.Kernels.Memory;
using Functional.Runtime.Interop;

namespace Functional.Keras;

/// <summary>What <see cref="Model.Compile"/> decided, with one entry for every output.</summary>
internal sealed class Compilation
{
    internal Compilation(
        ModelStructure structure,
        Optimizer optimizer,
        LossPerOutput? loss,
        LossWeights? lossWeights,
        MetricsPerOutput? metrics,
        MetricsPerOutput? weightedMetrics)
    {
        var outputs = structure.OutputNames;
        Structure = structure;
        Optimizer = optimizer;
        optimizer.IsCompiled = true;
        Losses = loss?.Resolve(nameof(loss), outputs, null) ?? new Loss?[outputs.Length];
        Weights = lossWeights?.Resolve(nameof(lossWeights), outputs, 1.0) ?? [.. outputs.Select(_ => 1.0)];
        Metrics = metrics?.ForOutputs(nameof(metrics), outputs) ?? [.. outputs.Select(_ => MetricList.Create())];
        WeightedMetrics = weightedMetrics?.ForOutputs(nameof(weightedMetrics), outputs)
            ?? [.. outputs.Select(_ => MetricList.Create())];
        Names = new ReportedNames(structure, Metrics, WeightedMetrics);
        Warnings = [.. outputs.SelectMany((_, index) => LossCheck.Warnings(
            structure, index, Losses[index], Metrics[index].Concat(WeightedMetrics[index])))];
        Frozen = [.. structure.AllLayers().Where(layer => !layer.Trainable)];
    }

    internal ModelStructure Structure { get; }

    internal Optimizer Optimizer { get; }

    internal Loss?[] Losses { get; }

    internal double[] Weights { get; }

    internal MetricList[] Metrics { get; }

    internal MetricList[] WeightedMetrics { get; }

    /// <summary>What logs call loss and metrics.</summary>
    internal ReportedNames Names { get; }

    internal IReadOnlyList<string> Warnings { get; }

    /// <summary>The layers that were not to be trained when compiling.</summary>
    private HashSet<LayerInstance> Frozen { get; }

    /// <summary>Whether an output takes part in training or metrics.</summary>
    internal bool UsesTarget(int output) =>
        Losses[output] is not null || Metrics[output].Count + WeightedMetrics[output].Count > 0;

    /// <summary>
    /// What decides the form of an output's targets, by its Keras name: the loss; without one a metric that takes class
    /// numbers, or one that goes by the targets, when they are class numbers.
    /// </summary>
    internal string? TargetTaker(int output, HostTensor target)
    {
        if (Losses[output] is { } loss)
            return loss.ClassName;
        var shape = Structure.OutputShapes[output];
        var areClasses = shape.Count > 0 && shape[shape.Count - 1] is not 1
            && (target.Rank == shape.Count - 1 || (target.Rank == shape.Count && target.Shape[^1] == 1));
        return Metrics[output].Concat(WeightedMetrics[output]).Select(metric => metric.ClassName).FirstOrDefault(
            LossCheck.IsSparse)
            ?? (areClasses && Metrics[output].Concat(WeightedMetrics[output]).Any(metric => metric.GoesByTargets)
                ? "SparseCategoricalAccuracy" : null);
    }

    internal bool IsTrained(LayerInstance layer) => !Frozen.Contains(layer);

    /// <summary>Raises ArgumentException when an optimizer's saved variables are not those of this one for these weights.
    /// </summary>
    internal void RequireFit(OptimizerState state)
    {
        var trained = Structure.Weights.Where(weight => weight.IsTrainable && IsTrained(LayerInstance.Of(weight.Layer)));
        var wanted = TrainingInterop.SlotShapes(Optimizer.Json, [.. trained]);
        var saved = state.Slots.Select(slot => slot.Shape.ToArray()).ToArray();
        var isFitting = saved.Length == wanted.Length
            && saved.Zip(wanted).All(pair => pair.First.SequenceEqual(pair.Second));
        if (saved.Length == 0 || isFitting)
            return;
        throw new ArgumentException(
            $"The optimizer's saved state does not fit: {Optimizer.ClassName} has {wanted.Length} variables for the weights that "
            + $"are trained, but {saved.Length} were saved, or their shapes differ. Load the weights before compiling, or from a "
            + "file without optimizer state, to begin with a new optimizer.");
    }

    internal OutputSettings Settings(int output, PreparedData data) => new(
        Losses[output]?.Json,
        Weights[output],
        Named(Names.Metrics[output], Metrics[output]),
        Named(Names.WeightedMetrics[output], WeightedMetrics[output]),
        data.Targets[output]?.Shape.ToArray(),
        data.Targets[output]?.Kind ?? Structure.ElementType,
        data.SampleWeights[output]?.Shape.ToArray());

    private static KeyValuePair<string, JsonNode>[] Named(string[] names, MetricList metrics) =>
        [.. names.Zip(metrics, (name, metric) => KeyValuePair.Create(name, metric.Json))];
}
