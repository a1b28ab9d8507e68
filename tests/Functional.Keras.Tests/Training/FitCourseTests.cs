using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Training;

/// <summary>The course of a fit: names, sizes, data that ends, exceptions.</summary>
public class FitCourseTests
{
    private static readonly float[,] X = { { 1 }, { 2 }, { 3 }, { 4 } };
    private static readonly float[,] Y = { { 2 }, { 4 }, { 6 }, { 8 } };

    [Fact]
    public void MetricsOfOneName_AreNumbered()
    {
        Assert.Equal(["auc", "auc_1", "loss"], Reported([Metrics.AUC(), Metrics.AUC(curve: "PR")], []));
        Assert.Equal(["loss", "mae", "mae_1"], Reported(["mae", "mae"], []));
        Assert.Equal(["loss", "mae", "weighted_mae"], Reported(["mae"], ["mae"]));
        Assert.Equal(["loss", "mae", "weighted_mae", "weighted_mae_1"], Reported(["mae"], ["mae", "mae"]));
        Assert.Equal(["loss", "mae", "weighted_mae"], Reported([], ["mae", "mae"]));
        Assert.Equal(["auc", "auc_1", "auc_1_1", "loss"], Reported(["auc", "auc", Metrics.AUC(name: "auc_1")], []));
    }

    [Fact]
    public void MetricsOfOneName_AreNumbered_ForEveryOutput()
    {
        var x = Input([1]);
        var model = new Model(x, [Dense(1, name: "a")(x), Dense(1, name: "b")(x)]);
        model.Compile("sgd", "mse", metrics: [["mae", "mae"], ["mae"]], weightedMetrics: [["mae"], ["mae"]]);
        var history = model.Fit(X, [Y, Y], verbose: 0);
        Assert.Equal(["a_mae", "a_mae_1", "a_weighted_mae", "b_mae", "b_weighted_mae", "loss"], history.Keys);
    }

    [Fact]
    public void AMetricCalledLoss_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => Compiled([Metrics.Mean(name: "loss")], []));
        Assert.StartsWith("'metrics': a metric cannot be called 'loss'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AList_BeginsAnew_WhereStepsAreLimited()
    {
        var model = Compiled([], []);
        var history = model.Fit(TwoBatches, epochs: 4, stepsPerEpoch: 2, verbose: 0);
        Assert.Equal(4, history.Epoch.Count);
        Assert.Equal(8, model.Optimizer.Iterations);
        model.Fit(TwoBatches, epochs: 2, stepsPerEpoch: 3, verbose: 0);
        Assert.Equal(14, model.Optimizer.Iterations);
    }

    [Theory]
    [InlineData(2, 1, 2)]
    [InlineData(3, 1, 2)]
    [InlineData(1, 2, 2)]
    [InlineData(null, 1, 2)]
    public void ASequenceOfOnePass_EndsTraining_WithAWarning(int? stepsPerEpoch, int epochs, int steps)
    {
        var model = Compiled([], []);
        var batches = new Queue<Batch>(TwoBatches);
        IEnumerable<Batch> Once()
        {
            while (batches.TryDequeue(out var batch))
                yield return batch;
        }

        var history = model.Fit(Once(), epochs: 5, stepsPerEpoch: stepsPerEpoch, verbose: 0);
        Assert.Equal(epochs, history.Epoch.Count);
        Assert.Equal(steps, model.Optimizer.Iterations);
        Assert.StartsWith("The batches ended in epoch ", Assert.Single(model.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void NoBatchesAtAll_AreAnError() =>
        Assert.Throws<ArgumentException>(() => Compiled([], []).Fit(new List<Batch>(), epochs: 3, verbose: 0));

    [Fact]
    public void AnException_StillEndsTraining_ForCallbacksThatOwnSomething()
    {
        var (owner, other) = (new Owner(), new LambdaCallback { TrainEnd = _ => Assert.Fail("It owns nothing.") });
        IEnumerable<Batch> Failing()
        {
            yield return TwoBatches[0];
            throw new IOException("gone");
        }

        Assert.Throws<IOException>(() => Compiled([], []).Fit(Failing(), verbose: 0, callbacks: [owner, other]));
        Assert.Equal(1, owner.Ends);
        var failing = new LambdaCallback { TrainBegin = _ => throw new IOException("gone") };
        Assert.Throws<IOException>(() => Compiled([], []).Fit(X, Y, verbose: 0, callbacks: [owner, failing, new Owner(true)]));
        Assert.Equal(2, owner.Ends);
        var ends = new LambdaCallback { TrainEnd = _ => throw new IOException("gone") };
        Assert.Throws<IOException>(() => Compiled([], []).Fit(X, Y, verbose: 0, callbacks: [owner, ends]));
        Assert.Equal(3, owner.Ends);
    }

    [Fact]
    public void BatchesLargerThanTheData_AreAllOfIt()
    {
        var model = Compiled([], []);
        var history = model.Fit(
            X, Y, batchSize: int.MaxValue, validationData: (X, Y), validationBatchSize: int.MaxValue, verbose: 0);
        Assert.Equal(1, model.Optimizer.Iterations);
        Assert.True(history["loss"][0] > 0 && history["val_loss"][0] > 0);
        Assert.Equal(history["val_loss"][0], model.Evaluate(X, Y, batchSize: int.MaxValue, verbose: 0).Loss, 5);
        Assert.Equal(4, ((Tensor)model.Predict(X, batchSize: int.MaxValue)).Shape[0]);
    }

    [Fact]
    public void NumbersThatAreTooSmall_AreRefused_BeforeAnythingRuns()
    {
        var model = Compiled([], []);
        var begin = new LambdaCallback { TrainBegin = _ => Assert.Fail("Training began.") };
        void Refuses(string argument, Action run) => Assert.Equal(
            argument, Assert.Throws<ArgumentOutOfRangeException>(run).ParamName);
        foreach (var number in new[] { 0, -1, int.MinValue })
        {
            Refuses("batchSize", () => model.Fit(X, Y, batchSize: number, callbacks: [begin]));
            Refuses("stepsPerEpoch", () => model.Fit(X, Y, stepsPerEpoch: number, callbacks: [begin]));
            Refuses("validationSteps", () => model.Fit(X, Y, validationSteps: number, callbacks: [begin]));
            Refuses("validationBatchSize", () => model.Fit(X, Y, validationBatchSize: number, callbacks: [begin]));
            Refuses("validationFreq", () => model.Fit(X, Y, validationFreq: number, callbacks: [begin]));
            Refuses("stepsPerEpoch", () => model.Fit(TwoBatches, stepsPerEpoch: number, callbacks: [begin]));
            Refuses("validationBatchSize", () => model.Fit(TwoBatches, validationBatchSize: number, callbacks: [begin]));
            Refuses("steps", () => model.Evaluate(X, Y, steps: number));
            Refuses("batchSize", () => model.Evaluate(X, Y, batchSize: number));
        }

        Refuses("initialEpoch", () => model.Fit(X, Y, initialEpoch: -1, callbacks: [begin]));
        Refuses("epochs", () => model.Fit(X, Y, epochs: -1, callbacks: [begin]));
        Assert.Empty(model.Fit(X, Y, epochs: 0, verbose: 0).Epoch);
    }

    [Fact]
    public void ClassWeights_AreNotForValidation()
    {
        var model = new Sequential([Dense(1, "sigmoid", kernelInitializer: "zeros", inputShape: 1)]);
        model.Compile(Optimizers.SGD(0.0), "binary_crossentropy");
        float[,] y = { { 0 }, { 1 }, { 1 }, { 1 } };
        var history = model.Fit(
            X, y, validationSplit: 0.5, classWeight: new() { [0] = 1, [1] = 10 }, shuffle: false, verbose: 0);
        Assert.Equal(0.693147, history["val_loss"][0], 5);
        Assert.Equal(5.5 * 0.693147, history["loss"][0], 4);
    }

    private static List<Batch> TwoBatches => [new(X, Y), new(X, Y)];

    private static string[] Reported(MetricList metrics, MetricList weighted)
    {
        var model = Compiled(metrics, weighted);
        var keys = model.Fit(X, Y, verbose: 0, validationData: (X, Y)).Keys;
        var names = keys.Where(key => !key.StartsWith("val_", StringComparison.Ordinal)).ToArray();
        Assert.Equal(names.Select(name => $"val_{name}"), keys.Except(names));
        Assert.Equal(names, model.Evaluate(X, Y, verbose: 0).Names.Order(StringComparer.Ordinal));
        return names;
    }

    private static Sequential Compiled(MetricList metrics, MetricList weighted)
    {
        var model = new Sequential([Dense(1, "sigmoid", inputShape: 1)]);
        model.Compile(
            Optimizers.SGD(0.01), "mse", metrics: MetricsPerOutput.Create(metrics),
            weightedMetrics: MetricsPerOutput.Create(weighted));
        return model;
    }

    private sealed class Owner(bool neverBegins = false) : Callback
    {
        internal int Ends { get; private set; }

        protected internal override bool OwnsResources => true;

        public override void OnTrainEnd(Logs logs)
        {
            Assert.False(neverBegins);
            Ends++;
        }
    }
}
