using Xunit;
using static Functional.Keras.Layers;
using static Functional.Keras.Tests.Training.CountingModel;

namespace Functional.Keras.Tests.Training;

/// <summary>Work with a model beside its training.</summary>
public class ConcurrencyTests
{
    public static TheoryData<string> Calls =>
        ["Save", "SaveWeights", "GetWeights", "Snapshot", "SetWeights", "Evaluate", "TestOnBatch", "TrainOnBatch", "Predict"];

    [Theory]
    [MemberData(nameof(Calls))]
    public void ACallback_MayWaitForAnotherThread(string call)
    {
        var model = Counter();
        using var folder = new TemporaryFolder();
        var wait = new LambdaCallback { TrainBatchEnd = (_, _) => InTime(() => Work(model, call, folder)) };
        InTime(() => model.Fit(Ones(3), Targets(3), batchSize: 1, callbacks: [wait], verbose: 0));
        Assert.Equal(call == "TrainOnBatch" ? 6 : 3, model.Optimizer.Iterations);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void ASlowEnumerator_KeepsNobodyWaiting(string call)
    {
        var model = Counter();
        using var folder = new TemporaryFolder();
        IEnumerable<Batch> Source()
        {
            yield return new Batch(Ones(1), Targets(1));
            InTime(() => Work(model, call, folder));
            yield return new Batch(Ones(1), Targets(1));
        }

        InTime(() => model.Fit(Source(), verbose: 0));
        InTime(() => model.Fit(Source().Prefetch(), verbose: 0));
        Assert.Equal(call == "TrainOnBatch" ? 6 : 4, model.Optimizer.Iterations);
    }

    [Theory]
    [InlineData(".keras")]
    [InlineData(".h5")]
    public void AFile_WrittenBesideAFit_IsOfOneMoment(string ending)
    {
        var model = Counter();
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var fit = FitOn(model, stop.Token);
        var path = folder.File($"model{ending}");
        var moments = new List<int>();
        while (moments.Count < 10)
        {
            model.Save(path);
            var loaded = Model.Load(path);
            var counts = loaded.GetWeights().Select(weight => (int)weight.ToArray<float>()[0]).Distinct();
            Assert.Equal(loaded.Optimizer.Iterations, Assert.Single(counts));
            moments.Add(loaded.Optimizer.Iterations);
        }

        Assert.False(fit.IsCompleted);
        Assert.Equal(moments.Order(), moments);
        Assert.True(moments[^1] > moments[0]);
        End(fit, stop);
    }

    [Fact]
    public void TrainingThatGoesOn_FromAFileWrittenBesideAFit_GivesTheSameBits()
    {
        RandomSeed.Set(4);
        var model = new Sequential([Dense(4, "tanh", inputShape: 1), Dropout(0.3), Dense(1)]);
        model.Compile("adam", "mse");
        using var folder = new TemporaryFolder();
        var path = folder.File("model.keras");
        var save = new LambdaCallback
        {
            TrainBatchEnd = (step, _) =>
            {
                if (step == 2)
                    InTime(() => model.Save(path));
            },
        };
        model.Fit(Ones(7), Target(7), batchSize: 1, shuffle: false, callbacks: [save], verbose: 0);
        var loaded = Model.Load(path);
        Assert.Equal(3, loaded.Optimizer.Iterations);
        loaded.Fit(Ones(4), Target(4), batchSize: 1, shuffle: false, verbose: 0);
        Assert.Equal(model.GetWeights()[0].ToArray<float>(), loaded.GetWeights()[0].ToArray<float>());
    }

    [Fact]
    public void Weights_ReadBesideAFit_AreTheNewest_AndOfOneMoment()
    {
        var model = Counter();
        using var stop = new CancellationTokenSource();
        var fit = FitOn(model, stop.Token);
        var last = 0f;
        for (var reading = 0; reading < 50; reading++)
        {
            var counts = model.GetWeights().Select(weight => weight.ToArray<float>()[0]).Distinct();
            var count = Assert.Single(counts);
            Assert.True(count >= last, $"{count} steps after {last}");
            last = count;
        }

        Assert.True(last > 0);
        Assert.False(fit.IsCompleted);
        End(fit, stop);
    }

    [Fact]
    public void AnEvaluation_BesideAFit_IsByTheWeightsOfOneMoment()
    {
        var model = Counter();
        using var stop = new CancellationTokenSource();
        var fit = FitOn(model, stop.Token);
        var last = double.PositiveInfinity;
        for (var reading = 0; reading < 20; reading++)
        {
            // A mean over several batches is a whole number when all are judged by the same weights.
            var loss = model.Evaluate(Ones(8), Targets(8), batchSize: 1, verbose: 0)["loss"] / 2;
            Assert.Equal(Math.Round(loss), loss);
            Assert.True(loss <= last, $"{loss} after {last}");
            last = loss;
        }

        Assert.True(last < Far);
        Assert.False(fit.IsCompleted);
        End(fit, stop);
    }

    [Fact]
    public void AnEvaluation_OrAStep_InACallback_LeavesTheEpochsLossAsItIs()
    {
        double[] Losses(Action<Model> work)
        {
            var model = Counter();
            var callback = new LambdaCallback { TrainBatchBegin = (_, _) => work(model) };
            return [.. model.Fit(Ones(4), Targets(4), batchSize: 1, epochs: 2, callbacks: [callback], verbose: 0)["loss"]];
        }

        var expected = Losses(_ => { });
        Assert.Equal([Far - 1.5, Far - 5.5], expected.Select(loss => loss / 2));
        Assert.Equal(expected, Losses(model => model.Evaluate(Ones(5), Targets(5), verbose: 0)));
        Assert.Equal(expected, Losses(model => model.TestOnBatch(Ones(5), Targets(5))));

        // A step in between counts as a step of training, but its loss is not the epoch's.
        Assert.Equal([Far - 4, Far - 12], Losses(model => model.TrainOnBatch(Ones(5), Targets(5))).Select(loss => loss / 2));
        Assert.Equal([Far - 4, Far - 12], Losses(
            model => model.TrainOnBatch(Ones(5), Targets(5), sampleWeight: new float[] { 1, 1, 1, 1, 1 })).Select(loss => loss / 2));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AFit_InsideOfAFit_IsRefused(bool onAnotherThread)
    {
        var model = Counter();
        var errors = new List<Exception>();
        void Refused(Action work) =>
            errors.Add(Assert.Throws<InvalidOperationException>(onAnotherThread ? () => InTime(work) : work));
        var callback = new LambdaCallback
        {
            TrainBatchEnd = (_, _) =>
            {
                Refused(() => model.Fit(Ones(1), Targets(1), verbose: 0));
                Refused(() => model.Compile("sgd", "mse"));
                Refused(() => model.Profile(Ones(1), Targets(1)));
            },
        };
        InTime(() => model.Fit(Ones(1), Targets(1), callbacks: [callback], verbose: 0));
        Assert.StartsWith("Fit of model 'functional'", errors[0].Message, StringComparison.Ordinal);
        Assert.Contains("between two calls of Fit", errors[1].Message, StringComparison.Ordinal);
        Assert.StartsWith("Profile of model 'functional'", errors[2].Message, StringComparison.Ordinal);
        Assert.Equal(1, model.Optimizer.Iterations);
        model.Fit(Ones(1), Targets(1), verbose: 0);
        Assert.Equal(2, model.Optimizer.Iterations);
    }

    [Fact]
    public void Fits_OfOneModelOnSeveralThreads_TakeTurns_AlsoWhenItHasNoShapesYet()
    {
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var model = new Sequential([Dense(1, useBias: false, kernelInitializer: "zeros")]);
            model.Compile(Optimizers.SGD(1.0), "mae");
            using var start = new Barrier(4);
            var losses = OnThreads(4, () =>
            {
                start.SignalAndWait(Long);
                return model.Fit(Ones(5), Target(5), batchSize: 1, verbose: 0)["loss"][0];
            });
            Assert.Equal([Far - 2, Far - 7, Far - 12, Far - 17], losses.OrderDescending());
            Assert.Equal(20, model.Optimizer.Iterations);
            Assert.Equal(20, model.GetWeights()[0].ToArray<float>()[0]);
        }
    }

    [Fact]
    public void ManyThreads_ThatUseAnUnbuiltModelFirst_BuildItOnce()
    {
        for (var attempt = 0; attempt < 10; attempt++)
        {
            var model = new Sequential([Dense(3), Dense(2)]);
            using var start = new Barrier(4);
            var answers = OnThreads(4, () =>
            {
                start.SignalAndWait(Long);
                return model.Predict(Ones(1))[0].ToArray<float>();
            });
            Assert.All(answers, answer => Assert.Equal(model.Predict(Ones(1))[0].ToArray<float>(), answer));
        }
    }

    [Fact]
    public async Task AFit_ThatWaitsForItsTurn_CanBeCancelled()
    {
        var model = Counter();
        using var began = new ManualResetEventSlim();
        using var end = new ManualResetEventSlim();
        var hold = new LambdaCallback
        {
            TrainBatchEnd = (_, _) =>
            {
                began.Set();
                Assert.True(end.Wait(Long));
            },
        };
        var fit = Task.Run(() => model.Fit(Ones(1), Targets(1), callbacks: [hold], verbose: 0));
        Assert.True(began.Wait(Long));
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        Assert.ThrowsAny<OperationCanceledException>(
            () => model.Fit(Ones(1), Targets(1), verbose: 0, cancellationToken: cancel.Token));
        end.Set();
        await fit.WaitAsync(Long);
        Assert.Equal(1, model.Optimizer.Iterations);
    }

    [Fact]
    public async Task SetWeights_ReplacesAllWeights_AtOnce()
    {
        // 1 * 2 and 2 * 1 give the same; one weight of each set does not.
        var model = new Sequential([Dense(1, useBias: false, inputShape: 1), Dense(1, useBias: false)]);
        static Tensor Value(float value) => new float[,] { { value } };
        Tensor[][] sets = [[Value(1), Value(2)], [Value(2), Value(1)]];
        model.SetWeights(sets[0]);
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
                Assert.Equal(2f, model.Predict(new float[1, 1] { { 1 } })[0].ToArray<float>()[0]);
        })).ToArray();
        for (var count = 0; count < 3000; count++)
            model.SetWeights(sets[count % 2]);
        await done.CancelAsync();
        await Task.WhenAll(readers).WaitAsync(Long);
    }

    [Fact]
    public void WeightsOfOneLayer_SetBesideAFit_LeaveTheOthersAsTrained()
    {
        var model = Counter();
        var set = new LambdaCallback
        {
            TrainBatchEnd = (step, _) =>
            {
                if (step == 3)
                    InTime(() => model.GetLayer("a").SetWeights(new float[,] { { 100 } }));
            },
        };
        model.Fit(Ones(10), Targets(10), batchSize: 1, callbacks: [set], verbose: 0);
        Assert.Equal([106f, 10f], model.GetWeights().Select(weight => weight.ToArray<float>()[0]));
    }

    [Fact]
    public void SetWeights_BesideAFit_IsNeverLost()
    {
        var model = Counter();
        using var stop = new CancellationTokenSource();
        var fit = FitOn(model, stop.Token);
        for (var round = 1; round <= 50; round++)
        {
            model.GetLayer("a").SetWeights(new float[,] { { -100_000 * round } });
            var steps = model.GetLayer("a").GetWeights()[0].ToArray<float>()[0] + (100_000 * round);
            Assert.InRange(steps, 0, 50_000);
        }

        End(fit, stop);
    }

    [Fact]
    public void ASnapshot_RestoredBesideAFit_IsWhatTrainingGoesOnFrom()
    {
        var model = Counter();
        WeightSnapshot? first = null;
        var restore = new LambdaCallback
        {
            TrainBatchEnd = (step, _) =>
            {
                if (step == 0)
                    InTime(() => first = model.Snapshot());
                if (step == 7)
                    InTime(() => model.Restore(first!));
            },
        };
        model.Fit(Ones(10), Targets(10), batchSize: 1, callbacks: [restore], verbose: 0);
        Assert.Equal([3f, 3f], model.GetWeights().Select(weight => weight.ToArray<float>()[0]));
    }

    [Fact]
    public void WeightsThatAreOnlyInTraining_AreNotLost_WhenAnotherModelTakesTheLayerIn()
    {
        var inner = Counter();
        inner.TrainOnBatch(Ones(1), Targets(1));
        var x = Input(shape: [1]);
        var layer = inner.GetLayer("a");
        var outer = new Model(x, layer(Dense(1, name: "first")(x)));
        Assert.Equal(1f, outer.GetWeights()[2].ToArray<float>()[0]);
        Assert.Equal([1f, 1f], inner.GetWeights().Select(weight => weight.ToArray<float>()[0]));
    }

    private static void Work(Model model, string call, TemporaryFolder folder)
    {
        switch (call)
        {
            case "Save":
                model.Save(folder.File("model.keras"));
                break;
            case "SaveWeights":
                model.SaveWeights(folder.File("model.weights.h5"));
                break;
            case "GetWeights":
                model.GetWeights();
                break;
            case "Snapshot":
                model.Snapshot();
                break;
            case "SetWeights":
                model.SetWeights([.. model.GetWeights()]);
                break;
            case "Evaluate":
                model.Evaluate(Ones(3), Targets(3), verbose: 0);
                break;
            case "TestOnBatch":
                model.TestOnBatch(Ones(3), Targets(3));
                break;
            case "TrainOnBatch":
                model.TrainOnBatch(Ones(3), Targets(3));
                break;
            default:
                model.Predict(Ones(3));
                break;
        }
    }
}
