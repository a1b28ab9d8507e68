using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Training;

public class FitTests
{
    [Fact]
    public void LastPartOfTheData_IsKeptForValidation_BeforeShuffling()
    {
        // The last 20% have another target: trained on the others only, the net never sees it.
        var model = Mean();
        var y = new float[10, 1];
        (y[8, 0], y[9, 0]) = (100, 100);
        var history = model.Fit(new float[10, 1], y, epochs: 1, validationSplit: 0.2, verbose: 0);
        Assert.Equal(0.0, history["loss"][0]);
        Assert.Equal(10000.0, history["val_loss"][0]);
    }

    [Fact]
    public void LastPartialBatch_IsKept_AndTheLossIsTheMeanOverSamples()
    {
        var model = Mean(learningRate: 0.0);
        var y = new float[5, 1];
        for (var i = 0; i < 5; i++)
            y[i, 0] = i;
        var history = model.Fit(new float[5, 1], y, batchSize: 2, epochs: 1, verbose: 0);
        Assert.Equal((0 + 1 + 4 + 9 + 16) / 5.0, history["loss"][0], 5);
        Assert.Equal(3, model.Optimizer.Iterations);
    }

    [Fact]
    public void Shuffling_IsDecidedByTheSeed()
    {
        double Loss(int seed, bool shuffle)
        {
            RandomSeed.Set(5);
            var model = Mean(learningRate: 0.3);
            RandomSeed.Set(seed);
            var y = new float[20, 1];
            for (var i = 0; i < 20; i++)
                y[i, 0] = i;
            return model.Fit(new float[20, 1], y, batchSize: 3, shuffle: shuffle, verbose: 0)["loss"][0];
        }

        Assert.Equal(Loss(1, true), Loss(1, true));
        Assert.NotEqual(Loss(1, true), Loss(2, true));
        Assert.Equal(Loss(1, false), Loss(2, false));
    }

    [Fact]
    public void Fit_GoesOnWhereItWas()
    {
        float[] Train(params int[] epochs)
        {
            RandomSeed.Set(2);
            var model = new Sequential([Dense(3, "tanh", inputShape: 2), Dense(1)]);
            model.Compile("adam", "mse");
            foreach (var count in epochs)
                model.Fit(Data.X, Data.Y, epochs: count, shuffle: false, verbose: 0);
            return model.GetWeights()[0].ToArray<float>();
        }

        Assert.Equal(Train(5), Train(2, 3));
    }

    [Fact]
    public void InitialEpoch_CountsFromThere()
    {
        var history = Mean().Fit(new float[4, 1], new float[4, 1], initialEpoch: 3, epochs: 5, verbose: 0);
        Assert.Equal([3, 4], history.Epoch);
    }

    [Fact]
    public void LearningRate_IsReadAndSet()
    {
        var model = Mean(learningRate: 0.0);
        Assert.Equal(0.0, model.Optimizer.LearningRate);
        float[,] y = { { 1 } };
        model.Fit(new float[1, 1], y, verbose: 0);
        Assert.Equal(0f, model.GetWeights()[1].ToScalar<float>());
        model.Optimizer.LearningRate = 0.5;
        model.Fit(new float[1, 1], y, verbose: 0);
        Assert.Equal(1f, model.GetWeights()[1].ToScalar<float>());
    }

    [Fact]
    public void Schedule_FollowsTheSteps()
    {
        var model = new Sequential([Dense(1, inputShape: 1)]);
        model.Compile(Optimizers.SGD(Schedules.ExponentialDecay(0.1, decaySteps: 2, decayRate: 0.5, staircase: true)), "mse");
        Assert.Equal(0.1, model.Optimizer.LearningRate, 9);
        model.Fit(new float[4, 1], new float[4, 1], batchSize: 1, verbose: 0);
        Assert.Equal(0.025, model.Optimizer.LearningRate, 9);
    }

    [Fact]
    public void SampleWeights_WeighSamples()
    {
        var model = Mean(learningRate: 0.0);
        float[,] y = { { 1 }, { 3 } };
        var even = model.Evaluate(new float[2, 1], y, verbose: 0).Loss;
        var weighted = model.Evaluate(new float[2, 1], y, sampleWeight: new float[] { 2, 0 }, verbose: 0).Loss;
        Assert.Equal(5.0, even, 5);
        Assert.Equal(1.0, weighted, 5);
    }

    [Fact]
    public void ClassWeights_AreSampleWeightsByClass()
    {
        double Loss(ClassWeights? classes, float[]? samples)
        {
            RandomSeed.Set(4);
            var model = new Sequential([Dense(3, "softmax", inputShape: 2)]);
            model.Compile(Optimizers.SGD(0.1), "sparse_categorical_crossentropy");
            return model.Fit(
                Data.X, new[] { 0, 1, 2, 1 }, epochs: 2, classWeight: classes,
                sampleWeight: samples is null ? null : (Tensors)samples, verbose: 0)["loss"][1];
        }

        Assert.Equal(Loss(null, [1, 5, 0.5f, 5]), Loss(new() { [1] = 5, [2] = 0.5 }, null));
    }

    [Fact]
    public void SeveralOutputs_NameTheirMetrics()
    {
        var x = Input(shape: [2]);
        var model = new Model(x, [x.Dense(1, name: "price"), x.Dense(1, "sigmoid", name: "sold")]);
        model.Compile(
            optimizer: "sgd",
            loss: new() { ["sold"] = "binary_crossentropy", ["price"] = "mse" },
            lossWeights: new() { ["price"] = 0.5, ["sold"] = 2.0 },
            metrics: [["mae", "mse"], "accuracy"]);
        var history = model.Fit(
            Data.X, Tensors.Named(("sold", new float[4, 1]), ("price", Data.Y)), epochs: 1, verbose: 0);
        Assert.Equal(["loss", "price_mae", "price_mse", "sold_accuracy"], history.Keys);
    }

    [Fact]
    public void Batches_TrainAsArraysDo()
    {
        float[] Train(Action<Model> fit)
        {
            RandomSeed.Set(6);
            var model = new Sequential([Dense(1, inputShape: 2)]);
            model.Compile("adam", "mse");
            fit(model);
            return model.GetWeights()[0].ToArray<float>();
        }

        Tensor x = Data.X;
        Tensor y = Data.Y;
        Batch[] batches = [new(x[..2], y[..2]), new(x[2..], y[2..])];
        Assert.Equal(
            Train(model => model.Fit(x, y, batchSize: 2, epochs: 3, shuffle: false, verbose: 0)),
            Train(model => model.Fit(batches, epochs: 3, verbose: 0)));
    }

    [Fact]
    public void EvaluateAndFitLogs_AreByNameAndPosition()
    {
        var model = new Sequential([Dense(1, inputShape: 2)]);
        model.Compile("sgd", "mse", metrics: ["mae"]);
        var result = model.Evaluate(Data.X, Data.Y, verbose: 0);
        var (loss, error) = result;
        Assert.Equal(["loss", "mae"], result.Names);
        Assert.Equal(loss, result["loss"]);
        Assert.Equal(error, result[1]);
    }

    [Fact]
    public void TrainOnBatch_IsAStep_TestOnBatch_IsNone()
    {
        var model = new Sequential([Dense(1, inputShape: 2)]);
        model.Compile(Optimizers.SGD(0.1), "mse");
        var first = model.TestOnBatch(Data.X, Data.Y).Loss;
        Assert.Equal(first, model.TrainOnBatch(Data.X, Data.Y).Loss, 5);
        Assert.True(model.TestOnBatch(Data.X, Data.Y).Loss < first);
        Assert.Equal(1, model.Optimizer.Iterations);
    }

    [Fact]
    public void Cancellation_EndsTraining_AndKeepsWhatWasLearnt()
    {
        using var source = new CancellationTokenSource();
        var model = new Sequential([Dense(1, inputShape: 2)]);
        model.Compile("sgd", "mse");
        var before = model.GetWeights()[0].ToArray<float>();
        var steps = 0;
        Assert.Throws<OperationCanceledException>(() => model.Fit(
            Data.X,
            Data.Y,
            batchSize: 1,
            epochs: 100,
            verbose: 0,
            callbacks: [new LambdaCallback { TrainBatchEnd = (_, _) => { if (++steps == 3) source.Cancel(); } }],
            cancellationToken: source.Token));
        Assert.Equal(3, steps);
        Assert.NotEqual(before, model.GetWeights()[0].ToArray<float>());
    }

#if !DEBUG
    // Without optimization F# allocates where it does not have to.
    [Fact]
    public void AStep_InASteadyState_AllocatesNothing()
    {
        var model = new Sequential([Dense(4, "tanh", inputShape: 2), Dense(1)]);
        model.Compile("adam", "mse", metrics: ["mae"]);
        var (x, y) = (new float[4400, 2], new float[4400, 1]);
        long Allocated(int steps)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            model.Fit(x, y, batchSize: 4, stepsPerEpoch: steps, verbose: 0);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated(1100);

        // The runtime may compile code on this thread in between, once.
        var (few, many) = (0L, 1L);
        for (var attempt = 0; attempt < 5 && few != many; attempt++)
            (few, many) = (Allocated(100), Allocated(1100));
        Assert.Equal(few, many);
    }
#endif

    [Fact]
    public void Predictions_FromManyThreads_WhileTraining_AreThoseOfOneSnapshot()
    {
        // Two outputs of one weight are equal in every snapshot; a torn one would show.
        var x = Input(shape: [1]);
        var shared = Dense(64, name: "wide")(x);
        var model = new Model(x, [shared.Dense(1, useBias: false, kernelInitializer: "ones", name: "a"), shared]);
        var data = new float[256, 1];
        for (var i = 0; i < 256; i++)
            data[i, 0] = 1;
        using var done = new CancellationTokenSource();
        model.GetLayer("a").Trainable = false;
        model.Compile(Optimizers.SGD(1e-4), ["mse", null]);
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            var count = 0;
            while (!done.IsCancellationRequested || count == 0)
            {
                var outputs = model.Predict(data, batchSize: 100);
                var sum = outputs[1][0].ToArray<float>().Sum();
                Assert.Equal(sum, outputs[0][0, 0], 3);
                Assert.Equal(outputs[0][0, 0], outputs[0][255, 0]);
                count++;
            }

            return count;
        })).ToArray();
        model.Fit(data, [data, new float[256, 64]], batchSize: 8, epochs: 40, verbose: 0);
        done.Cancel();
        Assert.All(readers, reader => Assert.True(reader.GetAwaiter().GetResult() > 0));
    }

    private static Sequential Mean(double learningRate = 0.1)
    {
        var model = new Sequential([Dense(1, kernelInitializer: "zeros", useBias: true, inputShape: 1)]);
        model.Layers[0].SetWeights(new float[1, 1], new float[1]);
        model.Compile(Optimizers.SGD(learningRate), "mse");
        return model;
    }

    private static class Data
    {
        internal static readonly float[,] X = { { 0, 1 }, { 1, 0.5f }, { -1, 2 }, { 2, -2 } };
        internal static readonly float[,] Y = { { 1 }, { 0 }, { 2 }, { -1 } };
    }
}
