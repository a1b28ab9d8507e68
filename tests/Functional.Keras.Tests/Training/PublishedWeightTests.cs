using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Training;

/// <summary>What training puts into a model at the end of an epoch: values that stay once somebody has them.</summary>
public class PublishedWeightTests
{
    private const int Width = 256;

    [Fact]
    public void Weights_ThatNobodyReads_TakeNoNewMemory()
    {
        var model = Wide();
        var (x, y) = (new float[4, Width], new float[4, Width]);
        model.Fit(x, y, epochs: 2, verbose: 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        model.Fit(x, y, epochs: 50, verbose: 0);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < 2 * Width * Width * sizeof(float), $"{allocated} bytes were allocated in 50 epochs.");
    }

    [Fact]
    public void Weights_ThatACallbackReads_NeverChangeAgain()
    {
        var model = Wide();
        var kept = new List<(Tensor Weight, float[] Values, Evaluation Loss)>();
        var x = Constant(1);
        var keep = new LambdaCallback
        {
            EpochEnd = (epoch, _) =>
            {
                if (epoch % 3 == 1)
                    return;
                var weight = model.GetWeights()[0];
                kept.Add((weight, weight.ToArray<float>(), model.Evaluate(x, x, verbose: 0)));
            },
        };
        model.Fit(x, x, epochs: 12, callbacks: [keep], verbose: 0);
        model.Fit(x, x, epochs: 2, verbose: 0);
        Assert.Equal(8, kept.Count);
        Assert.All(kept, moment => Assert.Equal(moment.Values, moment.Weight.ToArray<float>()));
        Assert.Equal(8, kept.DistinctBy(moment => moment.Values[0]).Count());
    }

    [Fact]
    public void ASnapshot_PutBack_IsNotTrainedInItsPlace()
    {
        var model = Wide();
        var x = Constant(1);
        model.Fit(x, x, verbose: 0);
        var snapshot = model.Snapshot();
        var values = snapshot.Values[0].ToArray<float>();
        model.SetWeights([.. model.GetWeights().Select(weight => Tensor.Zeros(weight.Shape))]);
        model.Restore(snapshot);
        model.Fit(x, x, epochs: 3, verbose: 0);
        Assert.Equal(values, snapshot.Values[0].ToArray<float>());
        model.Restore(snapshot);
        Assert.Equal(values, model.GetWeights()[0].ToArray<float>());
    }

    [Fact]
    public void InitialWeights_ThatWereRead_Stay()
    {
        var model = Wide();
        var first = model.GetWeights()[0];
        var values = first.ToArray<float>();
        model.Fit(Constant(1), Constant(1), epochs: 3, verbose: 0);
        Assert.Equal(values, first.ToArray<float>());
        Assert.NotEqual(values, model.GetWeights()[0].ToArray<float>());
    }

    [Fact]
    public void ALayerOfTwoModels_IsTrainedByBothInTurns()
    {
        float[] Train(bool readsBetween)
        {
            RandomSeed.Set(11);
            var shared = Dense(Width, name: "shared");
            var input = Input(shape: [Width]);
            var (first, second) = (new Model(input, shared(input)), new Model(input, shared(input).Dense(3)));
            first.Compile("adam", "mse");
            second.Compile("adam", "mse");
            for (var turn = 0; turn < 4; turn++)
            {
                first.Fit(Constant(1), Constant(1), epochs: 2, verbose: 0);
                if (readsBetween)
                    _ = first.GetWeights();
                second.Fit(Constant(1), new float[4, 3], epochs: 2, verbose: 0);
                if (readsBetween)
                    _ = second.GetWeights();
            }

            return second.GetWeights()[0].ToArray<float>();
        }

        Assert.Equal(Train(readsBetween: true), Train(readsBetween: false));
    }

    private static Sequential Wide()
    {
        RandomSeed.Set(3);
        var model = new Sequential([Dense(Width, inputShape: Width)]);
        model.Compile(Optimizers.SGD(0.01), "mse");
        return model;
    }

    private static float[,] Constant(float value)
    {
        var values = new float[4, Width];
        for (var row = 0; row < 4; row++)
        {
            for (var column = 0; column < Width; column++)
                values[row, column] = value;
        }

        return values;
    }
}
