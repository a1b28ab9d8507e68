using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Acceptance;

/// <summary>Sums of millions of numbers are exact to single precision, wherever a model forms them.</summary>
public sealed class LongSumTests
{
    private const float Tenth = 0.1f;

    // Less than log2(n) units in the last place of n numbers: Keras has as many.
    private const double Tolerance = 1e-6;

    [Fact]
    public void Means_OverOneAxisOrAll()
    {
        var x = Input(shape: [500_000, 8]);
        var model = new Model(x, [Ops.Mean(x, 1), Ops.Mean(x, [1, 2]), Ops.Sum(x, 1), x.GlobalAveragePooling1D()]);
        var results = model.Predict(Tensor.Fill([1, 500_000, 8], Tenth));
        AssertNear(Tenth, results[0]);
        AssertNear(Tenth, results[1]);
        AssertNear(500_000.0 * Tenth, results[2]);
        AssertNear(Tenth, results[3]);
    }

    [Fact]
    public void Pools_OverAWindowOrAll()
    {
        var x = Input(shape: [1024, 1024, 3]);
        var model = new Model(x, [x.GlobalAveragePooling2D(), x.AveragePooling2D(512)]);
        foreach (var result in model.Predict(Tensor.Fill([1, 1024, 1024, 3], Tenth)))
            AssertNear(Tenth, result);
    }

    [Fact]
    public void BatchStatistics()
    {
        var x = Input(shape: [1024, 1024, 3]);
        var layer = BatchNormalization(momentum: 0);
        var model = new Model(x, layer(x));
        model.Compile(Optimizers.SGD(0.0), "mse");
        var images = Tensor.Fill([1, 1024, 1024, 3], Tenth);
        model.TrainOnBatch(images, images);
        AssertNear(Tenth, layer.GetWeights()[2]);
    }

    [Fact]
    public void GradientsOfBiasGammaAndBeta_AndOfAKernelWithOneColumn()
    {
        // The output is 0; so a step at a rate of 1 moves what is added to it by 2 * 0.1 / 2, and gamma, whose factor is -1
        // and 1, by nothing.
        var x = Input(shape: [400_000, 2]);
        var dense = Dense(2, kernelInitializer: Initializers.Zeros());
        AssertNear(Tenth, Step(x, dense)[1]);
        var normalization = LayerNormalization(gammaInitializer: Initializers.Zeros());
        AssertNear(Tenth, Step(x, normalization)[1]);

        var column = Dense(1, kernelInitializer: Initializers.Zeros(), useBias: false);
        AssertNear(2.0 * Tenth * Tenth, Step(x, column, Tenth)[0]);
    }

    [Fact]
    public void TheLossOfManySamples()
    {
        var x = Input(shape: [3]);
        var model = new Model(x, x * 1.0);
        model.Compile(Optimizers.SGD(0.0), "mae");
        var zeros = Tensor.Fill([1_000_000, 3], 0f);
        Assert.Equal(
            Tenth, model.Evaluate(zeros, Tensor.Fill([1_000_000, 3], Tenth), 1_000_000, verbose: 0).Loss, Tolerance * Tenth);
    }

    private static IReadOnlyList<Tensor> Step(SymbolicTensor x, Layer layer, float input = 0)
    {
        var y = layer(x);
        var model = new Model(x, y);
        model.Compile(Optimizers.SGD(1.0), "mse");
        var values = Enumerable.Range(0, 800_000).Select(place => input == 0 ? place % 2 : input);
        var ramp = Tensor.Create<float>([1, 400_000, 2], [.. values]);
        model.TrainOnBatch(ramp, Tensor.Fill([1, 400_000, y.Shape[2]!.Value], Tenth));
        return layer.GetWeights();
    }

    private static void AssertNear(double expected, Tensor found)
    {
        foreach (var value in found.ToArray<float>())
            Assert.Equal(expected, value, Tolerance * expected);
    }
}
