using System.Text;
using System.Text.Json.Nodes;
using Functional.Keras;
using Xunit;
using Xunit.Abstractions;

namespace Functional.Conformance;

/// <summary>
/// Whole models: every kind of file that Keras wrote of them, their predictions, three epochs of training, and one epoch
/// more after loading what was trained.
/// </summary>
public sealed class ModelConformanceTests(ITestOutputHelper output)
{
    private const double PredictionTolerance = 1e-5;

    [Fact]
    public void EveryModelOfKeras_LoadsPredictsTrainsAndGoesOn_AsInKeras()
    {
        var report = new Report();
        foreach (var name in FixtureFiles.Models.Cases)
        {
            var model = new ModelCase(name);
            var missing = Report.MissingClasses(Encoding.UTF8.GetBytes(model.Architecture));
            report.Run($"{name}: files", name, missing, () => FileDifferences(model));
            if (model.Fit is JsonObject)
                report.Run($"{name}: training", name, missing, () => TrainingDifferences(model));
        }

        output.WriteLine(report.ToString());
        Assert.True(report.Failures.Count == 0, string.Join('\n', report.Failures));
        Assert.True(report.PassedCount >= 15, $"Only {report.PassedCount} cases ran.");
    }

    /// <summary>Every file of the initial state gives Keras's predictions.</summary>
    private static List<string> FileDifferences(ModelCase example)
    {
        var problems = new List<string>();
        foreach (var file in (string[])["model.keras", "legacy.h5"])
        {
            if (example.Has(file))
                Check(file, example.OnDisk(file, path => Model.Load(path)));
        }

        var described = Model.FromJson(example.Architecture);
        example.OnDisk("weights.weights.h5", path =>
        {
            described.LoadWeights(path);
            return true;
        });
        Check("weights.weights.h5", described);
        return problems;

        void Check(string file, Model model) => problems.AddRange(Comparison.Differences(
            $"{file}: y", example.Predictions, [.. model.Predict(example.Inputs)], PredictionTolerance));
    }

    private static IEnumerable<string> TrainingDifferences(ModelCase example)
    {
        var model = example.OnDisk("model.keras", path => Model.Load(path));
        var evaluated = example.Evaluate(model).ToDictionary();
        foreach (var (key, value) in example.EvaluationBefore.AsObject())
        {
            if (!evaluated.TryGetValue(key, out var found) || !Comparison.IsClose((double)value!, found, example.Tolerance))
                yield return $"evaluate {key}: expected {value}, found {(evaluated.ContainsKey(key) ? found : "nothing")}";
        }

        var history = example.Train(model, (int)example.Fit!["epochs"]!, Callbacks(example));
        var (weights, predictions) = example.Trained();
        foreach (var difference in HistoryDifferences("history", example.History, history, example.Tolerance)
            .Concat(Comparison.Differences("trained w", weights, model.GetWeights(), example.Tolerance))
            .Concat(Comparison.Differences("trained y", predictions, [.. model.Predict(example.Inputs)], example.Tolerance)))
        {
            yield return difference;
        }

        foreach (var file in (string[])["trained.keras", "trained.h5"])
        {
            if (!example.Has(file))
                continue;
            var resumed = example.OnDisk(file, path => Model.Load(path));
            foreach (var difference in Comparison.Differences(
                $"{file}: y", predictions, [.. resumed.Predict(example.Inputs)], PredictionTolerance))
            {
                yield return difference;
            }

            var after = example.Train(resumed, 1, []);
            foreach (var difference in HistoryDifferences(file, example.ResumedHistory, after, example.Tolerance))
                yield return difference;
        }
    }

    private static IEnumerable<string> HistoryDifferences(
        string what, JsonNode expected, History found, double tolerance)
    {
        foreach (var (key, values) in expected.AsObject())
        {
            var wanted = values!.AsArray().Select(value => (double)value!).ToArray();
            if (!found.Keys.Contains(key))
            {
                yield return $"{what} has no {key}";
                continue;
            }

            var actual = found[key];
            if (actual.Count != wanted.Length)
                yield return $"{what} {key}: {actual.Count} epochs instead of {wanted.Length}";
            for (var epoch = 0; epoch < Math.Min(actual.Count, wanted.Length); epoch++)
            {
                if (!Comparison.IsClose(wanted[epoch], actual[epoch], tolerance))
                    yield return $"{what} {key}[{epoch}]: expected {wanted[epoch]:R}, found {actual[epoch]:R}";
            }
        }
    }

    private static Callback[] Callbacks(ModelCase example) => [.. example.Callbacks.Select(saved =>
    {
        var config = saved["config"]!;
        return saved["class_name"]!.ToString() switch
        {
            "EarlyStopping" => (Callback)new EarlyStopping(
                config["monitor"]!.ToString(),
                patience: (int)config["patience"]!,
                restoreBestWeights: (bool)config["restore_best_weights"]!),
            "ReduceLROnPlateau" => new ReduceLROnPlateau(
                config["monitor"]!.ToString(),
                factor: (double)config["factor"]!,
                patience: (int)config["patience"]!,
                minDelta: (double)config["min_delta"]!,
                cooldown: (int)config["cooldown"]!,
                minLR: (double)config["min_lr"]!),
            var other => throw new NotSupportedException($"No model is trained with {other}."),
        };
    })];
}
