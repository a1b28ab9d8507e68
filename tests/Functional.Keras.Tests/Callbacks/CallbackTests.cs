using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Callbacks;

public class CallbackTests
{
    private static readonly float[,] X = { { 1 }, { 2 }, { 3 }, { 4 } };
    private static readonly float[,] Y = { { 2 }, { 4 }, { 6 }, { 8 } };

    [Fact]
    public void Hooks_AreCalledInKerasOrder()
    {
        var recorder = new Recorder();
        Line(0.01).Fit(X, Y, batchSize: 2, epochs: 1, validationData: (X, Y), verbose: 0, callbacks: [recorder]);
        Assert.Equal(
            [
                "train begin", "epoch 0 begin", "batch 0 begin", "batch 0 end", "batch 1 begin", "batch 1 end",
                "test begin", "test batch 0 begin", "test batch 0 end", "test batch 1 begin", "test batch 1 end", "test end",
                "epoch 0 end", "train end",
            ],
            recorder.Events);
    }

    [Fact]
    public void EarlyStopping_EndsTraining_AndRestoresTheBestWeights()
    {
        // Every step overshoots further: the first epoch is the best.
        var model = Line(0.2);
        var best = Array.Empty<float>();
        var stopping = new EarlyStopping(monitor: "loss", patience: 2, restoreBestWeights: true);
        var history = model.Fit(
            X, Y, epochs: 50, verbose: 0,
            callbacks:
            [
                new LambdaCallback
                {
                    EpochEnd = (epoch, _) =>
                    {
                        if (epoch == 0)
                            best = model.GetWeights()[0].ToArray<float>();
                    },
                },
                stopping,
            ]);
        Assert.Equal(3, history.Epoch.Count);
        Assert.Equal(2, stopping.StoppedEpoch);
        Assert.Equal(0, stopping.BestEpoch);
        Assert.Equal(best, model.GetWeights()[0].ToArray<float>());
    }

    [Fact]
    public void EarlyStopping_WaitsForPatienceAndStartEpoch()
    {
        var history = Line(0.2).Fit(
            X, Y, epochs: 50, verbose: 0,
            callbacks: [new EarlyStopping(monitor: "loss", patience: 3, startFromEpoch: 4)]);
        Assert.Equal(8, history.Epoch.Count);
    }

    [Fact]
    public void ReduceLROnPlateau_ReducesTheRate_AndLogsIt()
    {
        var model = Line(0.2);
        var history = model.Fit(
            X, Y, epochs: 5, verbose: 0,
            callbacks: [new ReduceLROnPlateau(monitor: "loss", factor: 0.5, patience: 2, minLR: 0.08)]);
        Assert.Equal([0.2, 0.2, 0.2, 0.1, 0.1], history["learning_rate"]);
        Assert.Equal(0.08, model.Optimizer.LearningRate, 12);
    }

    [Fact]
    public void LearningRateScheduler_SetsTheRate()
    {
        var history = Line(0.1).Fit(
            X, Y, epochs: 3, verbose: 0, callbacks: [new LearningRateScheduler((epoch, rate) => rate / (epoch + 1))]);
        Assert.Equal([0.1, 0.05, 0.05 / 3], history["learning_rate"]);
    }

    [Fact]
    public void TerminateOnNaN_EndsTraining()
    {
        var callback = new TerminateOnNaN();
        var history = Line(1e30).Fit(X, Y, batchSize: 1, epochs: 5, verbose: 0, callbacks: [callback]);
        Assert.Single(history.Epoch);
        Assert.NotNull(callback.StoppedBatch);
    }

    [Fact]
    public void CSVLogger_WritesALineForEveryEpoch()
    {
        var file = Path.GetTempFileName();
        try
        {
            var history = Line(0.01).Fit(X, Y, epochs: 2, verbose: 0, callbacks: [new CSVLogger(file)]);
            Line(0.01).Fit(X, Y, epochs: 1, verbose: 0, callbacks: [new CSVLogger(file, append: true)]);
            var lines = File.ReadAllLines(file);
            Assert.Equal(4, lines.Length);
            Assert.Equal("epoch,loss", lines[0]);
            Assert.Equal(
                history["loss"][1], double.Parse(lines[2].Split(',')[1], System.Globalization.CultureInfo.InvariantCulture));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void ModelCheckpoint_KeepsTheBestEpoch_AndCallsSave()
    {
        List<string> saved = [];
        var checkpoint = new ModelCheckpoint(
            "weights-{epoch:02d}-{loss:.1f}", monitor: "loss", saveBestOnly: true, save: (_, path) => saved.Add(path));
        var model = Line(0.2);
        var history = model.Fit(X, Y, epochs: 3, verbose: 0, callbacks: [checkpoint]);
        Assert.Equal($"weights-01-{history["loss"][0]:F1}", Assert.Single(saved));
        Assert.Equal(history["loss"][0], checkpoint.Best);
        model.Restore(checkpoint.Snapshot!);
        Assert.True(model.Evaluate(X, Y, verbose: 0).Loss < history["loss"][2]);
    }

    [Fact]
    public void WeightsSetByACallback_AreTrainedOn()
    {
        var model = Line(0.0);
        var reset = new LambdaCallback { TrainBatchEnd = (_, _) => model.SetWeights(new float[,] { { 5 } }) };
        model.Fit(X, Y, epochs: 2, verbose: 0, callbacks: [reset]);
        Assert.Equal(5f, model.GetWeights()[0].ToScalar<float>());
    }

    [Fact]
    public void WeightsReadByACallback_AreThoseOfTheLastStep()
    {
        var model = Line(0.01);
        List<float> seen = [];
        var watch = new LambdaCallback { TrainBatchEnd = (_, _) => seen.Add(model.GetWeights()[0].ToScalar<float>()) };
        model.Fit(X, Y, batchSize: 1, epochs: 1, verbose: 0, callbacks: [watch]);
        Assert.Equal(4, seen.Distinct().Count());
    }

    [Fact]
    public void EvaluatingInACallback_DoesNotDisturbTraining()
    {
        float Train(params Callback[] callbacks)
        {
            var model = Line(0.01);
            model.Fit(X, Y, batchSize: 2, epochs: 3, shuffle: false, verbose: 0, callbacks: callbacks);
            return model.GetWeights()[0].ToScalar<float>();
        }

        var judge = new LambdaCallback();
        judge = new LambdaCallback
        {
            TrainBatchEnd = (_, _) => judge.Model.Evaluate(new float[3, 1], new float[3, 1], verbose: 0),
            EpochEnd = (_, _) => judge.Model.Predict(X),
        };
        Assert.Equal(Train(), Train(judge));
    }

    private static Sequential Line(double learningRate)
    {
        var model = new Sequential([Dense(1, useBias: false, kernelInitializer: "ones", inputShape: 1)]);
        model.Compile(Optimizers.SGD(learningRate), "mse");
        return model;
    }

    private sealed class Recorder : Callback
    {
        internal List<string> Events { get; } = [];

        public override void OnTrainBegin(Logs logs) => Events.Add("train begin");

        public override void OnTrainEnd(Logs logs) => Events.Add("train end");

        public override void OnEpochBegin(int epoch, Logs logs) => Events.Add($"epoch {epoch} begin");

        public override void OnEpochEnd(int epoch, Logs logs) => Events.Add($"epoch {epoch} end");

        public override void OnTrainBatchBegin(int batch, Logs logs) => Events.Add($"batch {batch} begin");

        public override void OnTrainBatchEnd(int batch, Logs logs) => Events.Add($"batch {batch} end");

        public override void OnTestBegin(Logs logs) => Events.Add("test begin");

        public override void OnTestEnd(Logs logs) => Events.Add("test end");

        public override void OnTestBatchBegin(int batch, Logs logs) => Events.Add($"test batch {batch} begin");

        public override void OnTestBatchEnd(int batch, Logs logs) => Events.Add($"test batch {batch} end");
    }
}
