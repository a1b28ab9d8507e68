using FsCheck;
using FsCheck.Fluent;
using Functional.Kernels.Memory;
using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Acceptance;

/// <summary>Rows A1, A2 and A3: units with a threshold.</summary>
public class PerceptronTests
{
    private static readonly double[,] Corners = { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } };

    [Theory]
    [InlineData(0.5, 0.5, -0.7)]
    [InlineData(0.5, 0.5, -0.8)]
    [InlineData(1.0, 1.0, -1.0)]
    public void A1_And_IsOneUnitWithAStrictThreshold(double w1, double w2, double b) =>
        Assert.Equal([0, 0, 0, 1], Answers(Unit(w1, w2, b)));

    [Fact]
    public void A2_NandAndOr_AreOneUnitEach()
    {
        Assert.Equal([1, 1, 1, 0], Answers(Unit(-0.5, -0.5, 0.7)));
        Assert.Equal([0, 1, 1, 1], Answers(Unit(0.6, 0.6, -0.5)));
        Assert.Equal([0, 0, 0, 0], Answers(Unit(-0.5, -0.5, -0.7)));
    }

    [Fact]
    public void A3_Xor_IsAndOfNandAndOr()
    {
        var model = new Sequential([Input(shape: [2]), Dense(2, "step"), Dense(1, "step")], dtype: ElementKind.Float64);
        model.SetWeights(
            new double[,] { { -0.5, 0.6 }, { -0.5, 0.6 } },
            new double[] { 0.7, -0.5 },
            new double[,] { { 0.5 }, { 0.5 } },
            new double[] { -0.7 });
        Assert.Equal([0, 1, 1, 0], Answers(model));
    }

    [Fact]
    public void A3_Xor_IsNoSingleUnit()
    {
        var model = Unit(0, 0, 0);
        var weights = Gen.Choose(-1000, 1000).Select(n => n / 100.0).Three().ToArbitrary();
        Prop.ForAll(weights, candidate =>
        {
            var (w1, w2, b) = candidate;
            model.SetWeights(new[,] { { w1 }, { w2 } }, new[] { b });
            return !Answers(model).SequenceEqual([0, 1, 1, 0]);
        }).QuickCheckThrowOnFailure();
    }

    private static Sequential Unit(double w1, double w2, double b)
    {
        var model = new Sequential([Dense(1, "step", inputShape: 2)], dtype: ElementKind.Float64);
        model.SetWeights(new[,] { { w1 }, { w2 } }, new[] { b });
        return model;
    }

    private static int[] Answers(Model model) => model.Predict(Corners).ToArray<int>();
}
