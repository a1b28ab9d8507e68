using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Callbacks;

/// <summary>What callbacks watch: which values are better, and what happens where there is none.</summary>
public class MonitorTests
{
    private static readonly float[,] X = { { 1 }, { 2 }, { 3 }, { 4 } };
    private static readonly float[,] Y = { { 2 }, { 4 }, { 6 }, { 8 } };

    public static TheoryData<Metric, string> Scores => new()
    {
        { Metrics.BinaryIoU(), "binary_io_u" },
        { Metrics.FBetaScore(), "fbeta_score" },
        { Metrics.CosineSimilarity(), "cosine_similarity" },
        { Metrics.SensitivityAtSpecificity(0.5), "sensitivity_at_specificity" },
        { Metrics.AUC(name: "area"), "area" },
        { "acc", "acc" },
    };

    [Theory]
    [MemberData(nameof(Scores))]
    public void Scores_AreBestWhenLarge(Metric metric, string name) => Assert.True(IsStoppedByFalling(metric, name));

    [Theory]
    [InlineData("mae")]
    [InlineData("binary_crossentropy")]
    [InlineData("false_positives")]
    public void Errors_AreBestWhenSmall(string name) => Assert.False(IsStoppedByFalling(name, name));

    [Fact]
    public void ANameThatMetricsShare_GoesByItsOwnMetric()
    {
        Assert.True(IsStoppedByFalling([Metrics.AUC(), Metrics.AUC(curve: "PR")], "auc_1"));
        Assert.False(IsStoppedByFalling([Metrics.MeanSquaredError(name: "accuracy")], "accuracy"));
    }

    [Theory]
    [InlineData("center")]
    [InlineData("unknown")]
    public void WhereNothingSaysTheDirection_ModeIsAskedFor_BeforeTraining(string monitor)
    {
        foreach (Callback callback in new Callback[]
        {
            new EarlyStopping(monitor), new ReduceLROnPlateau(monitor), new ModelCheckpoint(monitor: monitor, saveBestOnly: true),
        })
        {
            var model = Line(0.1, Metrics.Mean(name: "center"));
            var error = Assert.Throws<InvalidOperationException>(() => model.Fit(X, Y, verbose: 0, callbacks: [callback]));
            Assert.Equal(
                $"{callback.GetType().Name} watches '{monitor}', and nothing says whether small or large values of it are better: "
                + "give it mode \"min\" or \"max\". Training reports 'center', 'loss'.",
                error.Message);
            Assert.Equal(0, model.Optimizer.Iterations);
        }
    }

    [Fact]
    public void WithoutValidationData_CallbacksSkip_AndSayItOnceBeforeTraining()
    {
        var model = Line(0.1);
        var iterations = -1L;
        var begin = new LambdaCallback { TrainBegin = _ => iterations = model.Warnings.Count };
        var history = model.Fit(X, Y, epochs: 3, verbose: 0, callbacks: [new EarlyStopping(), begin]);
        Assert.Equal(3, history.Epoch.Count);
        Assert.Equal(1, iterations);
        Assert.Equal(
            [
                "EarlyStopping watches 'val_loss', but there is no validation data; without it training reports 'loss'. It skips "
                + "epochs without 'val_loss'.",
            ],
            model.Warnings);
        model.Fit(X, Y, verbose: 0);
        Assert.Empty(model.Warnings);
    }

    [Fact]
    public void EpochsWithoutValidation_AreSkipped()
    {
        var model = Line(0.2);
        var checkpoint = new ModelCheckpoint("{epoch}-{val_loss:.1f}", save: (_, _) => { });
        var history = model.Fit(
            X, Y, epochs: 20, verbose: 0, validationData: (X, Y), validationFreq: 2,
            callbacks: [new EarlyStopping(patience: 2), new ReduceLROnPlateau(), checkpoint]);

        // Every validation is worse than the first, at epoch 2; the second one after it ends training.
        Assert.Equal(6, history.Epoch.Count);
        Assert.StartsWith("6-", checkpoint.LastPath, StringComparison.Ordinal);
        Assert.Equal(3, model.Warnings.Count);
    }

    [Fact]
    public void AValueThatAnEpochLacks_IsReadFromTheOthers()
    {
        var model = Line(0.2);
        var own = new LambdaCallback { EpochEnd = (epoch, logs) => { if (epoch % 3 == 2) logs["own"] = epoch; } };
        var history = model.Fit(
            X, Y, epochs: 20, verbose: 0, callbacks: [own, new EarlyStopping("own", mode: "min", patience: 1)]);
        Assert.Equal(6, history.Epoch.Count);
        Assert.Equal(
            "EarlyStopping watches 'own', but an epoch reported 'loss' only. It skips epochs without 'own'.",
            Assert.Single(model.Warnings));
    }

    [Fact]
    public void CSVLogger_HasTheColumnsOfValidation_FromTheStart()
    {
        var file = Path.GetTempFileName();
        try
        {
            Line(0.01, "mae").Fit(
                X, Y, epochs: 2, verbose: 0, validationData: (X, Y), validationFreq: 2, callbacks: [new CSVLogger(file)]);
            var lines = File.ReadAllLines(file);
            Assert.Equal("epoch,loss,mae,val_loss,val_mae", lines[0]);
            Assert.EndsWith(",NA,NA", lines[1], StringComparison.Ordinal);
            Assert.DoesNotContain("NA", lines[2], StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    // Losses are given by a callback; the numbers and what comes of them follow keras/src/callbacks/early_stopping.py.
    [Theory]
    [InlineData(null, 2, new[] { 5.0, 4, 3, 2, 1 }, null, 4)]
    [InlineData(1e-4, 2, new[] { 5.0, 4, 3, 2, 1 }, null, 4)]
    [InlineData(null, 2, new[] { 5.0, 6, 4, 4, 4, 3 }, 4, 2)]
    [InlineData(3.5, 2, new[] { 5.0, 6, 4, 4, 3, 3 }, 1, 0)]
    [InlineData(3.5, 3, new[] { 5.0, 4, 3, 3, 3, 3, 2 }, 5, 2)]
    [InlineData(3.5, 2, new[] { 5.0, 4, 3.6, 3.7, 3 }, 3, 2)]
    [InlineData(null, 0, new[] { 5.0, 4, 4 }, 2, 1)]
    [InlineData(null, 2, new[] { double.NaN, 4, 5, 5, 5 }, 3, 1)]
    public void EarlyStopping_WithABaseline_StopsWhereKerasDoes(
        double? baseline, int patience, double[] losses, int? stopped, int best)
    {
        var stopping = new EarlyStopping("given", mode: "min", patience: patience, baseline: baseline);
        var given = new LambdaCallback { EpochEnd = (epoch, logs) => logs["given"] = losses[epoch] };
        Line(0.0).Fit(X, Y, epochs: losses.Length, verbose: 0, callbacks: [given, stopping]);
        Assert.Equal(stopped, stopping.StoppedEpoch);
        Assert.Equal(best, stopping.BestEpoch);
    }

    /// <summary>Whether training ends when the values of a metric fall from epoch to epoch.</summary>
    private static bool IsStoppedByFalling(MetricList metrics, string name)
    {
        var model = new Sequential([Dense(1, "sigmoid", inputShape: 1)]);
        model.Compile(Optimizers.SGD(0.0), "mse", metrics: MetricsPerOutput.Create(metrics));
        var stopping = new EarlyStopping(name, patience: 1);
        var given = new LambdaCallback { EpochEnd = (epoch, logs) => logs[name] = -epoch };
        model.Fit(X, new float[4, 1], epochs: 3, verbose: 0, callbacks: [given, stopping]);
        return stopping.StoppedEpoch is not null;
    }

    private static Sequential Line(double learningRate, Metric? metric = null)
    {
        var model = new Sequential([Dense(1, useBias: false, kernelInitializer: "ones", inputShape: 1)]);
        model.Compile(Optimizers.SGD(learningRate), "mse", metrics: metric is null ? null : [metric]);
        return model;
    }
}
