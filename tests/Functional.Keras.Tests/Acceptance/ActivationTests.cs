using FsCheck;
using FsCheck.Fluent;
using Functional.Kernels.Memory;
using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Acceptance;

/// <summary>Rows A9, A10 and A11: softmax, slopes, and the formulas of activations.</summary>
public class ActivationTests
{
    private const double Tiny = 1e-6;

    [Fact]
    public void A9_Softmax_IsStable()
    {
        var result = Apply("softmax", 1010, 1000, 990);
        Assert.Equal(9.99954600e-01, result[0], 9);
        Assert.Equal(4.53978686e-05, result[1], 13);
        Assert.Equal(1.0, result[2] / 2.06106005e-09, 8);
    }

    [Fact]
    public void A9_Softmax_IgnoresShifts_SumsToOne_KeepsOrder_StaysInRange()
    {
        var values = Gen.Choose(-2000, 2000).Select(n => n / 100.0).ArrayOf(5).ToArbitrary();
        Prop.ForAll(values, x =>
        {
            var result = Apply("softmax", x);
            var shifted = Apply("softmax", [.. x.Select(value => value + 7)]);
            return Math.Abs(result.Sum() - 1) < 1e-12
                && result.All(p => p is >= 0 and <= 1)
                && result.Zip(shifted).All(pair => Math.Abs(pair.First - pair.Second) < 1e-12)
                && x.Order().SequenceEqual(x.Zip(result).OrderBy(pair => pair.Second).ThenBy(pair => pair.First)
                    .Select(pair => pair.First));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A10_Slopes_AreThoseOfTheBook()
    {
        Assert.Equal(0.25, Slope("sigmoid", 0), 9);
        Assert.Equal(1.0, Slope("tanh", 0), 9);
        Assert.InRange(Slope("tanh", 5.1), 0, 2e-4);
        Assert.Equal(1.0, Slope("relu", 0.5), 9);
        Assert.Equal(0.0, Slope("relu", -0.5), 9);
    }

    [Fact]
    public void A10_SlopeOfSigmoid_IsSigmoidTimesOneMinusSigmoid_AndLargestAtZero()
    {
        var values = Gen.Choose(-1000, 1000).Select(n => n / 100.0).ToArbitrary();
        Prop.ForAll(values, x =>
        {
            var y = Apply("sigmoid", x)[0];
            return Math.Abs(Slope("sigmoid", x) - y * (1 - y)) < 1e-8 && Slope("sigmoid", x) <= 0.25 + 1e-9
                && Slope("tanh", x) <= 1 + 1e-9;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A11_Formulas_AreThoseOfTheBook()
    {
        var values = Gen.Choose(-1000, 1000).Select(n => n / 100.0).ToArbitrary();
        Prop.ForAll(values, x =>
            Agrees(Functional.Keras.Activation.LeakyRelu(0.01), x, Math.Max(0.01 * x, x))
            && Agrees(Functional.Keras.Activation.LeakyRelu(0.1), x, Math.Max(0.1 * x, x))
            && Agrees("elu", x, x > 0 ? x : Math.Exp(x) - 1)
            && Agrees("swish", x, x / (1 + Math.Exp(-x)))
            && Agrees("softplus", x, Math.Log(Math.Exp(x) + 1))
            && Agrees("softsign", x, x / (Math.Abs(x) + 1))).QuickCheckThrowOnFailure();
        Assert.Equal(1.0, Slope("elu", 0), 5);
    }

    private static bool Agrees(Activation activation, double x, double expected) =>
        Math.Abs(Apply(activation, x)[0] - expected) < 1e-9;

    private static double Slope(Activation activation, double x)
    {
        var ends = Apply(activation, [x + Tiny, x - Tiny], asColumn: true);
        return (ends[0] - ends[1]) / (2 * Tiny);
    }

    private static double[] Apply(Activation activation, params double[] x) => Apply(activation, x, asColumn: false);

    private static double[] Apply(Activation activation, double[] x, bool asColumn)
    {
        Shape sample = asColumn ? [1] : [x.Length];
        var input = Input(shape: sample);
        var model = new Model(input, Layers.Activation(activation)(input), dtype: ElementKind.Float64);
        var data = Tensor.FromArray(x);
        return model.Predict(asColumn ? data.Reshape(-1, 1) : data.Reshape(1, -1)).ToArray<double>();
    }
}
