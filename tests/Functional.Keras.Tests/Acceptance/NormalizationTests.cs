using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Acceptance;

/// <summary>Rows A19 and A20: batch and layer normalization, and the penalties on weights.</summary>
public class NormalizationTests
{
    private const double Epsilon = 1e-5;
    private static readonly float[,] Rows = { { 1, 5, 2, 8 }, { 3, 1, 4, 4 }, { 8, 3, 9, 0 } };

    [Fact]
    public void A19_BatchNormalization_NormalizesColumns_InTraining()
    {
        var x = Input(shape: [4]);
        var model = new Model(x, x.BatchNormalization(momentum: 0.0, epsilon: Epsilon));
        model.Compile(optimizer: Optimizers.SGD(0.0), loss: "mse");
        model.Fit(Rows, new float[3, 4], epochs: 1, verbose: 0);

        // With momentum 0 the moving statistics are those of the batch, so that inference computes what training did.
        var result = model.Predict(Rows).ToArray2D<float>();
        for (var column = 0; column < 4; column++)
            AssertNormalized([Rows[0, column], Rows[1, column], Rows[2, column]], [result[0, column], result[1, column], result[2, column]]);
    }

    [Fact]
    public void A19_LayerNormalization_NormalizesRows()
    {
        var x = Input(shape: [4]);
        var result = new Model(x, x.LayerNormalization(epsilon: Epsilon)).Predict(Rows).ToArray2D<float>();
        for (var row = 0; row < 3; row++)
        {
            AssertNormalized(
                [.. Enumerable.Range(0, 4).Select(column => Rows[row, column])],
                [.. Enumerable.Range(0, 4).Select(column => result[row, column])]);
        }
    }

    [Theory]
    [InlineData("l1", 0.01 * 6)]
    [InlineData("l2", 0.01 * 14)]
    public void A20_Penalties_AreKeras_L2HasNoHalf(string regularizer, double expected)
    {
        var model = new Sequential([Dense(1, useBias: false, kernelRegularizer: regularizer, inputShape: 3)]);
        model.SetWeights(new float[,] { { 1 }, { -2 }, { 3 } });
        model.Compile(optimizer: "sgd", loss: "mse");
        Assert.Equal(expected, model.Evaluate(new float[1, 3], new float[1, 1], verbose: 0).Loss, 6);
    }

    [Fact]
    public void A20_TheTextbooksL2_IsKerasWithHalfTheFactor()
    {
        const double lambda = 0.3;
        var model = new Sequential(
            [Dense(1, useBias: false, kernelRegularizer: Regularizers.L2(lambda / 2), inputShape: 3)]);
        model.SetWeights(new float[,] { { 1 }, { -2 }, { 3 } });
        model.Compile(optimizer: "sgd", loss: "mse");
        Assert.Equal(lambda / 2 * 14, model.Evaluate(new float[1, 3], new float[1, 1], verbose: 0).Loss, 6);
    }

    private static void AssertNormalized(float[] x, float[] y)
    {
        var mean = x.Average();
        var variance = x.Average(value => Math.Pow(value - mean, 2));
        for (var i = 0; i < x.Length; i++)
            Assert.Equal((x[i] - mean) / Math.Sqrt(variance + Epsilon), y[i], 5);
    }
}
