using System.IO.Compression;
using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Training;

/// <summary>What Compile says about a loss beside outputs and metrics.</summary>
public class LossFitTests
{
    [Fact]
    public void LossWithoutReduction_IsRefusedByCompile_ByName()
    {
        var model = new Sequential([Dense(1, inputShape: 2)]);
        var error = Assert.Throws<ArgumentException>(
            () => model.Compile("sgd", Losses.MeanSquaredError(reduction: null)));
        Assert.Contains("Loss MeanSquaredError has reduction 'none'", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => model.Compile("sgd", Losses.Huber(reduction: "none")));
        Assert.Throws<ArgumentException>(
            () => model.Compile("sgd", new LossPerOutput { ["dense"] = Losses.Hinge(reduction: "none") }));
    }

    [Fact]
    public void LossWithoutReduction_IsRefusedByCompile_BeforeShapesAreKnown_AndLeavesWhatWasCompiled()
    {
        var model = new Sequential([Dense(1)]);
        model.Compile("adam", "mse");
        Assert.Throws<ArgumentException>(() => model.Compile("sgd", Losses.LogCosh(reduction: "none")));
        Assert.Equal("Adam", model.Optimizer.ClassName);
    }

    [Theory]
    [InlineData("model.keras")]
    [InlineData("model.h5")]
    public void FileWithALossWithoutReduction_LoadsUncompiled_WithAWarning(string name)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File(name);
        var model = new Sequential([Dense(1, inputShape: 2)]);
        model.Compile("sgd", Losses.MeanSquaredError(reduction: "sum"));
        model.Save(path);
        SayUnreduced(path);

        var loaded = Model.Load(path);
        var warning = Assert.Single(loaded.Warnings);
        Assert.Contains("MeanSquaredError has reduction 'none'", warning, StringComparison.Ordinal);
        Assert.Contains("The model is not compiled", warning, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => loaded.Optimizer);
        var x = new[,] { { 1f, 2f } };
        Assert.Equal(model.Predict(x).ToArray<float>(), loaded.Predict(x).ToArray<float>());
    }

    [Fact]
    public void ProbabilitiesBesideALossOfLogits_Warn()
    {
        Warns("is the sigmoid of logits", Dense(1, "sigmoid"), Losses.BinaryCrossentropy(fromLogits: true));
        Warns("is the sigmoid of logits", Dense(1, "sigmoid"), Losses.BinaryFocalCrossentropy(fromLogits: true));
        Warns("is the softmax of logits", Dense(3, "softmax"), Losses.CategoricalCrossentropy(fromLogits: true));
        Warns("is the softmax of logits", Dense(3, "softmax"), Losses.SparseCategoricalCrossentropy(fromLogits: true));
        Silent(Dense(1), Losses.BinaryCrossentropy(fromLogits: true));
        Silent(Dense(1, "sigmoid"), Losses.BinaryCrossentropy());
        Silent(Dense(3, "softmax"), Losses.SparseCategoricalCrossentropy());
    }

    [Fact]
    public void MetricsOfProbabilitiesBesideALossOfLogits_Warn()
    {
        var binary = Losses.BinaryCrossentropy(fromLogits: true);
        foreach (Metric metric in (Metric[])["accuracy", "acc", "binary_accuracy", Metrics.BinaryAccuracy(), Metrics.AUC(),
            Metrics.Precision(), Metrics.TruePositives(), Metrics.SensitivityAtSpecificity(0.5), "bce"])
        {
            Warns($"metric '{metric.LogName}' takes probabilities", Dense(1), binary, metric);
        }

        foreach (Metric metric in (Metric[])[Metrics.BinaryAccuracy(threshold: 0.0), Metrics.AUC(fromLogits: true), "mae",
            Metrics.BinaryCrossentropy(fromLogits: true)])
        {
            Silent(Dense(1), binary, metric);
        }

        // The largest logit is that of the largest probability.
        Silent(Dense(3), Losses.CategoricalCrossentropy(fromLogits: true), "accuracy");
        Silent(Dense(3), Losses.SparseCategoricalCrossentropy(fromLogits: true), "accuracy");
    }

    /// <summary>Makes a file say of a loss what Keras would write, and nothing here does.</summary>
    private static void SayUnreduced(string path)
    {
        if (path.EndsWith(".h5", StringComparison.Ordinal))
        {
            var bytes = File.ReadAllBytes(path);
            "null "u8.CopyTo(bytes.AsSpan(bytes.AsSpan().IndexOf("\"sum\""u8)));
            File.WriteAllBytes(path, bytes);
            return;
        }

        using var archive = ZipFile.Open(path, ZipArchiveMode.Update);
        var entry = archive.GetEntry("config.json")!;
        string text;
        using (var reader = new StreamReader(entry.Open()))
            text = reader.ReadToEnd();
        entry.Delete();
        using var writer = new StreamWriter(archive.CreateEntry("config.json").Open());
        writer.Write(text.Replace("\"sum\"", "null", StringComparison.Ordinal));
    }

    private static IReadOnlyList<string> WarningsOf(Layer layer, Loss loss, params Metric[] metrics)
    {
        var x = Input(2);
        var model = new Model(x, layer(x));
        model.Compile("sgd", loss, metrics: [.. metrics.Select(metric => MetricList.Create(metric))]);
        return model.Warnings;
    }

    private static void Warns(string text, Layer layer, Loss loss, params Metric[] metrics) =>
        Assert.Contains(text, Assert.Single(WarningsOf(layer, loss, metrics)), StringComparison.Ordinal);

    private static void Silent(Layer layer, Loss loss, params Metric[] metrics) =>
        Assert.Empty(WarningsOf(layer, loss, metrics));
}
