using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Training;

public class ProfileTests
{
    private static readonly Tensor X = Enumerable.Range(0, 24).Select(value => new[] { value / 24f, 1f }).ToArray();

    [Fact]
    public void Profile_NamesEveryKernelOfAStep_AndItsSharesAddUp()
    {
        var profile = Perceptron().Profile(X, X, batchSize: 8, steps: 3);
        Assert.Contains(profile.Kernels, kernel => kernel.Kind == "Product" && kernel.Text.Contains("product 8x2 2x3"));
        Assert.All(profile.Kernels, kernel => Assert.Equal(1, kernel.Calls));
        Assert.True(profile.Microseconds > 0);
        Assert.Equal(1.0, profile.Shares.Values.Sum(), 6);
        Assert.Contains("product 8x2 2x3", profile.ToString());
        Assert.Contains("saved by sharing", profile.Plan);
    }

    [Fact]
    public void Profile_LooksInsideLoops()
    {
        var input = Input(shape: [5, 2]);
        var model = new Model(input, input.LSTM(3));
        model.Compile("sgd", "mse");
        var profile = model.Profile(new float[4, 5, 2], new float[4, 3], steps: 2);
        Assert.Contains(profile.Kernels, kernel => kernel is { Depth: 0, Kind: "Dispatch" } && kernel.Text.StartsWith("scan 5"));
        Assert.Contains(profile.Kernels, kernel => kernel is { Depth: 1, Kind: "Product", Calls: 5 });
    }

    [Fact]
    public void Profile_LeavesTheModelAsItWas()
    {
        var (profiled, other) = (Perceptron(), Perceptron());
        other.SetWeights(profiled.GetWeights());
        profiled.Fit(X, X, batchSize: 8, shuffle: false, verbose: 0);
        other.Fit(X, X, batchSize: 8, shuffle: false, verbose: 0);
        profiled.Profile(X, X, batchSize: 8, steps: 4);
        var after = profiled.Fit(X, X, batchSize: 8, shuffle: false, verbose: 0);
        var expected = other.Fit(X, X, batchSize: 8, shuffle: false, verbose: 0);
        Assert.Equal(expected["loss"], after["loss"]);
        Assert.Equal(expected["mae"], after["mae"]);
        Assert.Equal(other.Optimizer.Iterations, profiled.Optimizer.Iterations);
    }

    [Fact]
    public void ProfilePredict_NamesEveryKernelOfAPrediction_AndNeedsNoOptimizer()
    {
        var input = Input(shape: [2]);
        var model = new Model(input, input.Dense(3, "tanh").Dense(2));
        var before = model.Predict(X);
        var profile = model.ProfilePredict(X, batchSize: 8, runs: 3);
        Assert.Contains(profile.Kernels, kernel => kernel.Kind == "Product" && kernel.Text.Contains("product 8x2 2x3"));
        Assert.Equal(1.0, profile.Shares.Values.Sum(), 6);
        Assert.Equal(before[0].ToArray<float>(), model.Predict(X)[0].ToArray<float>());
    }

    [Fact]
    public void ProfilePredict_TakesAllSamplesWhereThereAreFewerThanABatch()
    {
        var profile = Perceptron().ProfilePredict(new float[5, 2], runs: 1);
        Assert.Contains(profile.Kernels, kernel => kernel.Text.Contains("product 5x2 2x3"));
    }

    [Fact]
    public void ProfilePredict_RefusesDataThatDoesNotFit() =>
        Assert.Throws<ArgumentException>(() => Perceptron().ProfilePredict(new float[5, 3]));

    private static Model Perceptron()
    {
        var input = Input(shape: [2]);
        var model = new Model(input, input.Dense(3, "tanh").Dense(2));
        model.Compile("adam", "mse", metrics: ["mae"]);
        return model;
    }
}
