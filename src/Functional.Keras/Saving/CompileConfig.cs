using System.Text.Json.Nodes;
using Functional.Runtime.Interop;

namespace Functional.Keras;

/// <summary>Between what a model was compiled with and what Keras saves of it: "compile_config", "training_config".</summary>
internal static class CompileConfig
{
    /// <summary>What Keras saves, apart from the optimizer.</summary>
    internal static JsonObject Of(Compilation compilation)
    {
        var outputs = compilation.Structure.OutputNames;
        var losses = compilation.Losses;
        var isNamed = outputs.Length > 1 && losses.Contains(null);
        return new JsonObject
        {
            ["loss"] = ByOutput(outputs, isNamed, output => losses[output]?.Json),
            ["loss_weights"] = compilation.Weights.All(weight => weight == 1.0)
                ? null
                : ByOutput(outputs, isNamed, output => JsonValue.Create(compilation.Weights[output])),
            ["metrics"] = Metrics(compilation.Metrics, losses),
            ["weighted_metrics"] = Metrics(compilation.WeightedMetrics, losses),
            ["run_eagerly"] = false,
            ["steps_per_execution"] = 1,
            ["jit_compile"] = false,
        };
    }

    /// <summary>
    /// The names of weights that an optimizer does not shrink. Keras saves no such thing and refuses arguments that it does
    /// not know, so files keep it apart from the optimizer.
    /// </summary>
    internal const string Exclusions = "exclude_from_weight_decay";

    /// <summary>The names of weights that an optimizer does not shrink, when there are some.</summary>
    internal static JsonNode? ExclusionsOf(Optimizer optimizer) => optimizer.Config[Exclusions]?.DeepClone();

    /// <summary>What Keras saves of an optimizer, with the learning rate of a moment.</summary>
    internal static JsonObject Of(Optimizer optimizer, OptimizerState state)
    {
        var saved = optimizer.Json.AsObject();
        saved["config"]!.AsObject().Remove(Exclusions);
        if (state.LearningRate is { } rate)
            saved["config"]!["learning_rate"] = rate;
        return saved;
    }

    /// <summary>
    /// Compiles a model as it was when it was saved. Where that cannot be, because the arguments have a loss or metric of
    /// somebody's own, the model stays as it is, with a warning that says so, unless compiling is demanded.
    /// </summary>
    /// <returns>Whether the model is compiled.</returns>
    internal static bool TryApply(
        JsonObject saved, JsonNode? optimizer, JsonNode? exclusions, Model model, bool isDemanded)
    {
        if (optimizer is null)
            return false;
        try
        {
            model.Compile(
                ReadOptimizer(SavingInterop.SavedOptimizer(optimizer), exclusions),
                ReadLosses(SavingInterop.SavedValues(saved["loss"]), model.OutputNames.Count),
                ReadLossWeights(saved["loss_weights"]),
                ReadMetrics(SavingInterop.SavedValues(saved["metrics"]), model.OutputNames.Count),
                ReadMetrics(SavingInterop.SavedValues(saved["weighted_metrics"]), model.OutputNames.Count));
            return true;
        }
        catch (Exception failure) when (!isDemanded && ModelFileException.IsAboutContent(failure))
        {
            model.WarnOfFile(
                $"The model is not compiled: {failure.Message} Compile it before it is trained or evaluated; "
                + "compile: true makes this an error.");
            return false;
        }
    }

    /// <summary>
    /// The value of the only output, or one for each: in order, because Keras gives an operation that is an output a new
    /// name when it loads it; by name where a value is missing, because Keras takes no list with gaps.
    /// </summary>
    private static JsonNode? ByOutput(string[] outputs, bool isNamed, Func<int, JsonNode?> value)
    {
        if (outputs.Length == 1)
            return value(0);
        if (!isNamed)
            return new JsonArray([.. outputs.Select((_, output) => value(output))]);
        var result = new JsonObject();
        for (var output = 0; output < outputs.Length; output++)
        {
            if (value(output) is { } present)
                result[outputs[output]] = present;
        }

        return result.Count == 0 ? null : result;
    }

    private static JsonArray? Metrics(MetricList[] metrics, Loss?[] losses)
    {
        if (metrics.All(list => list.Count == 0))
            return null;
        var lists = metrics.Zip(losses, (list, loss) => new JsonArray([.. list.Select(metric => Saved(metric, loss))])).ToArray();
        return lists.Length == 1 ? lists[0] : new JsonArray([.. lists]);
    }

    /// <summary>Keras 3.3.3 chooses accuracies itself, but no cross-entropies: those are written by their class.</summary>
    private static JsonNode Saved(Metric metric, Loss? loss)
    {
        var chosen = metric.ClassName is "crossentropy" or "ce" ? loss?.ClassName : null;
        return chosen is "BinaryCrossentropy" or "CategoricalCrossentropy" or "SparseCategoricalCrossentropy"
            ? new Metric(chosen, new() { ["name"] = metric.ClassName }).Json
            : metric.Json;
    }

    /// <summary>Whether a saved value is one thing of a class, and not things by output names.</summary>
    private static bool IsOne(JsonObject saved) => saved.ContainsKey("class_name");

    private static (string ClassName, JsonObject Config) Split(JsonObject saved)
    {
        var className = saved["class_name"]?.ToString() ?? string.Empty;
        return saved["config"] switch
        {
            // Keras writes a function that has a name of its own as class "function".
            JsonValue name when className == "function" => (name.ToString(), []),
            JsonObject config => (className, config.DeepClone().AsObject()),
            _ => (className, []),
        };
    }

    private static Optimizer ReadOptimizer(JsonNode saved, JsonNode? exclusions)
    {
        if (saved is not JsonObject content)
            return Optimizer.FromName(saved.ToString());
        var (className, config) = Split(content);
        if (exclusions is not null)
            config[Exclusions] = exclusions.DeepClone();
        return new Optimizer(className, config);
    }

    private static LossPerOutput? ReadLosses(JsonNode? saved, int outputCount)
    {
        switch (saved)
        {
            case null:
                return null;
            case JsonArray list:
                var losses = list.Select(ReadLoss).ToArray();
                return losses.Length == 0 && outputCount > 0 ? null : LossPerOutput.Create(losses);
            case JsonObject byName when !IsOne(byName):
                var named = new LossPerOutput();
                foreach (var (output, loss) in byName)
                    named[output] = ReadLoss(loss);
                return named;
            default:
                return LossPerOutput.Create(ReadLoss(saved));
        }
    }

    private static Loss? ReadLoss(JsonNode? saved)
    {
        if (saved is null)
            return null;
        if (saved is not JsonObject content)
            return Loss.FromName(saved.ToString());
        var (className, config) = Split(content);
        return config.Count == 0 ? Loss.FromName(className) : new Loss(className, config);
    }

    private static LossWeights? ReadLossWeights(JsonNode? saved)
    {
        switch (saved)
        {
            case null:
                return null;
            case JsonArray list:
                return LossWeights.Create([.. list.Select(Number)]);
            case JsonObject byName:
                var named = new LossWeights();
                foreach (var (output, weight) in byName)
                    named[output] = Number(weight);
                return named;
            default:
                return LossWeights.Create(Number(saved));
        }
    }

    private static double Number(JsonNode? saved) => saved?.GetValue<double>() ?? 1.0;

    private static MetricsPerOutput? ReadMetrics(JsonNode? saved, int outputCount)
    {
        switch (saved)
        {
            case null:
                return null;
            case JsonArray list:
                var metrics = list.Select(ReadMetricList).ToArray();
                return outputCount == 1
                    ? MetricsPerOutput.Create(MetricList.Create([.. metrics.SelectMany(entry => entry)]))
                    : MetricsPerOutput.Create(metrics);
            case JsonObject byName when !IsOne(byName):
                var named = new MetricsPerOutput();
                foreach (var (output, entry) in byName)
                    named[output] = ReadMetricList(entry);
                return named;
            default:
                return MetricsPerOutput.Create(ReadMetricList(saved));
        }
    }

    private static MetricList ReadMetricList(JsonNode? saved) => saved switch
    {
        null => [],
        JsonArray list => MetricList.Create([.. list.SelectMany(ReadMetricList)]),
        _ => MetricList.Create(ReadMetric(saved)),
    };

    private static Metric ReadMetric(JsonNode saved)
    {
        if (saved is not JsonObject content)
            return Metric.FromName(saved.ToString());
        var (className, config) = Split(content);
        return config.Count == 0 ? Metric.FromName(className) : new Metric(className, config);
    }
}
