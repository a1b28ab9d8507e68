using Functional.Kernels.Memory;
using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Acceptance;

/// <summary>
/// Rows A4 to A8: the textbook's 2-2-2 net of sigmoid units without bias, one step of gradient descent by hand. Its error
/// is E = E1 + E2 with Ei = (ti - oi)² / 2, which is Keras's "mse" of two outputs.
/// </summary>
public class BackpropagationTests
{
    private const double Rate = 0.5;
    private static readonly double[,] X = { { 0.1, 0.2 } };
    private static readonly double[,] Target = { { 0.4, 0.6 } };
    private static readonly double[,] Hidden = { { 0.3, 0.4 }, { 0.25, 0.35 } };
    private static readonly double[,] Output = { { 0.45, 0.7 }, { 0.4, 0.6 } };

    [Fact]
    public void A4_ForwardValues_AreThoseOfTheBook()
    {
        var (model, sums) = Net();
        AssertDigits([0.08, 0.11, 0.51998934, 0.52747230, 0.44498412, 0.68047592], sums.Predict(X));
        AssertDigits([0.60944600, 0.66384491], model.Predict(X));
        AssertDigits([0.02193381, 0.00203809], Errors(model));
        Assert.Equal(0.02397190, model.Evaluate(X, Target, verbose: 0).Loss, 8);
    }

    [Fact]
    public void A5_Gradients_AreThoseOfTheBook()
    {
        var (model, sums) = Net();
        double[] o = model.Predict(X).ToArray<double>();
        var h1 = sums.Predict(X)[1].ToArray<double>()[0];
        Assert.Equal(0.20944600, o[0] - 0.4, 8);
        Assert.Equal(0.23802157, o[0] * (1 - o[0]), 8);
        Assert.Equal(0.24960043, h1 * (1 - h1), 8);
        var toHidden = (o[0] - 0.4) * o[0] * (1 - o[0]) * 0.45;
        var fromSecond = (o[1] - 0.6) * o[1] * (1 - o[1]) * 0.7;
        Assert.Equal(0.02243370, toHidden, 8);
        Assert.Equal(0.00997311, fromSecond, 8);
        Assert.Equal(0.03240681, toHidden + fromSecond, 8);
        var gradients = Gradients(model);
        Assert.Equal(0.02592286, gradients[4], 8);
        Assert.Equal(0.00080888, gradients[0], 8);
    }

    [Fact]
    public void A6_WeightsAfterOneStep_AreThoseOfTheBook()
    {
        var (model, _) = Net();
        model.TrainOnBatch(X, Target);
        AssertDigits(
            [0.29959556, 0.39964496, 0.24919112, 0.34928991, 0.43703857, 0.69629578, 0.38685205, 0.59624247],
            [.. model.GetWeights()]);
    }

    [Fact]
    public void A7_ForwardValuesAfterOneStep_AreThoseOfTheBook()
    {
        var (model, sums) = Net();
        model.TrainOnBatch(X, Target);
        AssertDigits([0.07979778, 0.10982248, 0.51993887, 0.52742806, 0.43126996, 0.67650625], sums.Predict(X));
        AssertDigits([0.60617688, 0.66295848], model.Predict(X));
        AssertDigits([0.02125445, 0.00198189], Errors(model));
        Assert.Equal(0.02323634, model.Evaluate(X, Target, verbose: 0).Loss, 8);
    }

    [Fact]
    public void A8_LossAndGradients_HoldThroughFit()
    {
        var (model, _) = Net();
        var before = model.Evaluate(X, Target, verbose: 0).Loss;
        var gradients = Gradients(model);
        // The row's losses are float32 answers: digits beyond 1e-8 are rounding.
        Assert.Equal(0.0239718929, before, 1e-8);
        Assert.Equal(0.0232363418, model.Evaluate(X, Target, verbose: 0).Loss, 1e-8);
        double[] expected =
        [
            8.088754e-4, 7.10086e-4, 1.6177508e-3, 1.420172e-3, .0259228556, .0074084446, .0262959013, .0075150567,
        ];
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], gradients[i], 9);
    }

    /// <summary>The net, and the same layers with the sums before each activation as outputs.</summary>
    private static (Model Net, Model Sums) Net()
    {
        var x = Input(shape: [2]);
        var z12 = Dense(2, useBias: false)(x);
        var h = Activation("sigmoid")(z12);
        var z34 = Dense(2, useBias: false)(h);
        var model = new Model(inputs: x, outputs: Activation("sigmoid")(z34), dtype: ElementKind.Float64);
        model.SetWeights(Hidden, Output);
        model.Compile(optimizer: Optimizers.SGD(Rate), loss: "mse");
        return (model, new Model(inputs: x, outputs: [z12, h, z34], dtype: ElementKind.Float64));
    }

    private static double[] Errors(Model model)
    {
        var o = model.Predict(X).ToArray<double>();
        return [Math.Pow(0.4 - o[0], 2) / 2, Math.Pow(0.6 - o[1], 2) / 2];
    }

    /// <summary>What one step of gradient descent took off, divided by its rate.</summary>
    private static double[] Gradients(Model model)
    {
        var before = Flat(model.GetWeights());
        model.Fit(X, Target, verbose: 0);
        return [.. before.Zip(Flat(model.GetWeights()), (old, next) => (old - next) / Rate)];
    }

    private static double[] Flat(IEnumerable<Tensor> tensors) => [.. tensors.SelectMany(tensor => tensor.ToArray<double>())];

    private static void AssertDigits(double[] expected, Tensors actual) => AssertDigits(expected, Flat(actual));

    private static void AssertDigits(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 8);
    }
}
