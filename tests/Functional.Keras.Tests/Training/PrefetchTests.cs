using System.Globalization;
using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Training;

public class PrefetchTests
{
    // Only a test that fails waits so long.
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public void Training_IsTheSame_BitForBit(int bufferSize)
    {
        (double[] History, float[] Weights) Train(Func<IEnumerable<Batch>, IEnumerable<Batch>> change)
        {
            var model = Net();
            var history = model.Fit(change(Batches(7)), epochs: 3, verbose: 0);
            return ([.. history["loss"]], model.GetWeights()[0].ToArray<float>());
        }

        var (expected, actual) = (Train(batches => batches), Train(batches => batches.Prefetch(bufferSize)));
        Assert.Equal(expected.History, actual.History);
        Assert.Equal(expected.Weights, actual.Weights);
    }

    [Fact]
    public void Order_IsKept_AndEveryPassBeginsAnew()
    {
        var batches = Batches(20).Prefetch(3);
        var expected = Batches(20).Select(Number).ToArray();
        Assert.Equal(expected, batches.Select(Number));
        Assert.Equal(expected, batches.Select(Number));
        Assert.Equal(Number(Batches(1).First()), Number(batches.First()));
    }

    [Fact]
    public void TheNextBatch_IsMade_WhileTheStepRuns()
    {
        // The step on the first batch ends only when the second one has been made.
        using var secondIsMade = new ManualResetEventSlim();
        IEnumerable<Batch> Source()
        {
            foreach (var (index, batch) in Batches(2).Index())
            {
                if (index == 1)
                    secondIsMade.Set();
                yield return batch;
            }
        }

        var waited = new List<bool>();
        var wait = new LambdaCallback { TrainBatchEnd = (_, _) => waited.Add(secondIsMade.Wait(Long)) };
        Net().Fit(Source().Prefetch(), callbacks: [wait], verbose: 0);
        Assert.Equal([true, true], waited);
    }

    [Fact]
    public void NoMoreBatchesAreMade_ThanFitTheBuffer()
    {
        var made = 0;
        using var thirdIsMade = new ManualResetEventSlim();
        IEnumerable<Batch> Source()
        {
            foreach (var batch in Batches(9))
            {
                if (Interlocked.Increment(ref made) == 3)
                    thirdIsMade.Set();
                yield return batch;
            }
        }

        using var enumerator = Source().Prefetch(2).GetEnumerator();
        Assert.Equal(0, Volatile.Read(ref made));
        Assert.True(enumerator.MoveNext());
        Assert.True(thirdIsMade.Wait(Long));
        Assert.Equal(3, Volatile.Read(ref made));
    }

    [Fact]
    public void AnError_ComesInThePlaceOfItsBatch_WithItsStackTrace()
    {
        static Batch Fail() => throw new FormatException("File 3 is no picture.");
        IEnumerable<Batch> Source()
        {
            foreach (var batch in Batches(3))
                yield return batch;
            yield return Fail();
        }

        var trained = 0;
        var count = new LambdaCallback { TrainBatchEnd = (_, _) => trained++ };
        var error = Assert.Throws<FormatException>(
            () => Net().Fit(Source().Prefetch(8), callbacks: [count], verbose: 0));
        Assert.Equal("File 3 is no picture.", error.Message);
        Assert.Contains(nameof(Fail), error.StackTrace, StringComparison.Ordinal);
        Assert.Equal(3, trained);
    }

    [Fact]
    public void DataThatDoesNotFit_ComesInThePlaceOfItsBatch()
    {
        var wrong = new Batch(new float[4, 5], new float[4, 1]);
        var trained = 0;
        var count = new LambdaCallback { TrainBatchEnd = (_, _) => trained++ };
        var error = Assert.Throws<ArgumentException>(
            () => Net().Fit(Batches(2).Append(wrong).Prefetch(4), callbacks: [count], verbose: 0));
        Assert.Contains("(4, 5)", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, trained);
    }

    [Fact]
    public void AFitThatStopsEarly_EndsTheThread_AndDisposesOfTheEnumeratorThere()
    {
        int? madeOn = null;
        int? disposedOn = null;
        IEnumerable<Batch> Source()
        {
            madeOn = Environment.CurrentManagedThreadId;
            try
            {
                while (true)
                    yield return Batches(1).First();
            }
            finally
            {
                disposedOn = Environment.CurrentManagedThreadId;
            }
        }

        var model = Net();
        var stop = new LambdaCallback { TrainBatchEnd = (step, _) => model.StopTraining = step == 2 };
        model.Fit(Source().Prefetch(), callbacks: [stop], verbose: 0);
        Assert.NotNull(disposedOn);
        Assert.Equal(madeOn, disposedOn);
        Assert.NotEqual(Environment.CurrentManagedThreadId, madeOn);
    }

    [Fact]
    public void AnEnumeratorThatCannotBeDisposedOf_SaysSo()
    {
        static void Close() => throw new IOException("The file is gone.");
        static IEnumerable<Batch> Source()
        {
            try
            {
                while (true)
                    yield return Batches(1).First();
            }
            finally
            {
                Close();
            }
        }

        Assert.Throws<IOException>(() => Source().Prefetch().First());
    }

    [Fact]
    public void LimitedEpochs_GoOnWithTheSequence()
    {
        var made = 0;
        IEnumerable<Batch> Source()
        {
            foreach (var batch in Batches(6))
            {
                made++;
                yield return batch;
            }
        }

        Net().Fit(Source().Prefetch(), epochs: 3, stepsPerEpoch: 2, verbose: 0);
        Assert.Equal(6, made);
    }

    [Theory]
    [InlineData("Fit", "Call Fit when Fit has returned")]
    [InlineData("Compile", "between two calls of Fit")]
    public void WorkThatHasToWaitForTheFit_IsRefused(string purpose, string advice)
    {
        var model = Net();
        IEnumerable<Batch> Source()
        {
            foreach (var batch in Batches(3))
            {
                Work(model, batch, purpose);
                yield return batch;
            }
        }

        var error = Assert.Throws<InvalidOperationException>(() => model.Fit(Source().Prefetch(), verbose: 0));
        Assert.StartsWith($"{purpose} of model '{model.Name}'", error.Message, StringComparison.Ordinal);
        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFit_IsRefused_InTasks_AndBehindAnotherPrefetch()
    {
        var model = Net();
        IEnumerable<Batch> Source()
        {
            foreach (var batch in Batches(3))
            {
                Task.Run(() => Work(model, batch, "Fit")).GetAwaiter().GetResult();
                yield return batch;
            }
        }

        Assert.Throws<InvalidOperationException>(() => model.Fit(Source().Prefetch(), verbose: 0));
        Assert.Throws<InvalidOperationException>(() => model.Fit(Source().Prefetch().Prefetch(), verbose: 0));
    }

    [Fact]
    public void AFit_IsRefused_AlsoWhenThePassBeganBefore()
    {
        var model = Net();
        using var fitBegan = new ManualResetEventSlim();
        IEnumerable<Batch> Source()
        {
            yield return Batches(1).First();
            Assert.True(fitBegan.Wait(Long));
            Work(model, Batches(1).First(), "Fit");
            yield return Batches(1).First();
        }

        using var begun = Source().Prefetch().GetEnumerator();
        Assert.True(begun.MoveNext());
        IEnumerable<Batch> Rest()
        {
            do
                yield return begun.Current;
            while (begun.MoveNext());
        }

        // The second batch is asked for when the first was trained on: from then on its maker works for the fit.
        var begin = new LambdaCallback { TrainBatchEnd = (_, _) => fitBegan.Set() };
        Assert.Throws<InvalidOperationException>(() => model.Fit(Rest(), callbacks: [begin], verbose: 0));
    }

    [Fact]
    public void PredictionsAndOtherModels_Work_InsideOfTheEnumerator()
    {
        var (model, other) = (Net(), Net());
        IEnumerable<Batch> Source()
        {
            foreach (var batch in Batches(3))
            {
                Work(other, batch, "Evaluate");
                yield return batch with { Y = model.Predict(batch.X) };
            }
        }

        Assert.True(double.IsFinite(model.Fit(Source().Prefetch(), epochs: 2, verbose: 0)["loss"][1]));
        Work(model, Batches(1).First(), "Evaluate");
    }

    [Fact]
    public void WithoutAFit_TheEnumeratorMayTrain()
    {
        var model = Net();
        IEnumerable<Batch> Source()
        {
            foreach (var batch in Batches(3))
            {
                Work(model, batch, "Evaluate");
                yield return batch;
            }
        }

        foreach (var batch in Source().Prefetch())
            model.TrainOnBatch(batch.X, batch.Y);
        Assert.Equal(3, model.Optimizer.Iterations);
    }

    [Fact]
    public void TheCultureOfTheCaller_IsThatOfTheEnumerator()
    {
        IEnumerable<Batch> Source()
        {
            var x = float.Parse("1,5", CultureInfo.CurrentCulture);
            yield return new Batch(new float[,] { { x, x } }, new float[1, 1]);
        }

        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("", useUserOverride: false)
            {
                NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = "." },
            };
            Assert.Equal(1.5f, Source().Prefetch().First().X[0].ToArray<float>()[0]);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void ABufferWithoutRoom_IsAnArgumentError(int bufferSize)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Batches(1).Prefetch(bufferSize));
        Assert.Equal("bufferSize", error.ParamName);
        Assert.Contains("at least 1", error.Message, StringComparison.Ordinal);
    }

    private static void Work(Model model, Batch batch, string purpose)
    {
        switch (purpose)
        {
            case "Evaluate":
                model.Evaluate(batch.X, batch.Y, verbose: 0);
                break;
            case "Fit":
                model.Fit(batch.X, batch.Y, verbose: 0);
                break;
            default:
                model.Compile("sgd", "mse");
                break;
        }
    }

    private static Sequential Net()
    {
        RandomSeed.Set(8);
        var model = new Sequential([Dense(3, "tanh", inputShape: 2), Dense(1)]);
        model.Compile("adam", "mse");
        return model;
    }

    private static IEnumerable<Batch> Batches(int count)
    {
        for (var index = 0; index < count; index++)
            yield return new Batch(new float[,] { { index, 1 }, { 0.5f, -index } }, new float[,] { { 1 }, { index } });
    }

    private static float Number(Batch batch) => batch.X[0].ToArray<float>()[0];
}
