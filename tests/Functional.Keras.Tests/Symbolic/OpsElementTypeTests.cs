using Functional.Kernels.Memory;
using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Symbolic;

/// <summary>
/// Operations between layers for all element types, as a user meets them. The whole table of operations is compared with
/// Keras's answers in Functional.Runtime.Tests (OperationTableTests).
/// </summary>
public sealed class OpsElementTypeTests
{
    private const double Third = 1.0 / 3.0;

    [Fact]
    public void Float64InputsKeepTheirDigits()
    {
        var x = Input([1], dtype: ElementKind.Float64);
        Tensor result = new Model(x, x + 1e-12).Predict(new[,] { { Third } });
        Assert.Equal(ElementKind.Float64, result.ElementType);
        Assert.Equal([Third + 1e-12], result.ToArray<double>());
    }

    [Fact]
    public void ACastToFloat64ComputesInDoublePrecision()
    {
        var x = Input([1]);
        Tensor result = new Model(x, Ops.Cast(x, ElementKind.Float64) / 3).Predict(new[,] { { 1f } });
        Assert.Equal(ElementKind.Float64, result.ElementType);
        Assert.Equal([Third], result.ToArray<double>());
    }

    [Fact]
    public void Float32ResultsOfAModelWithDoublesAreFloat32()
    {
        var x = Input([1], dtype: ElementKind.Float64);
        var results = new Model(x, [Ops.Cast(x, ElementKind.Float32), Dense(1, kernelInitializer: "ones")(x), x])
            .Predict(new[,] { { Third } });
        Assert.Equal(
            [ElementKind.Float32, ElementKind.Float32, ElementKind.Float64], results.Select(result => result.ElementType));
        Assert.Equal([(float)Third], results[0].ToArray<float>());
        Assert.Equal([(float)Third], results[1].ToArray<float>());
    }

    [Fact]
    public void AModelWithDoublesIsTrainedAndSaved()
    {
        var x = Input([2], dtype: ElementKind.Float64);
        var model = new Model(x, Ops.Cast(Dense(1)(x), ElementKind.Float64) * 2);
        model.Compile("sgd", "mse", metrics: ["mae"]);
        double[,] inputs = { { 1, 2 }, { 3, 4 } };
        var before = model.Evaluate(inputs, new double[2, 1], verbose: 0)["loss"];
        model.Fit(inputs, new double[2, 1], epochs: 1, verbose: 0);
        Assert.NotEqual(before, model.Evaluate(inputs, new double[2, 1], verbose: 0)["loss"]);

        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.keras");
        try
        {
            model.Save(path);
            var loaded = Model.Load(path);
            Assert.Equal(model.Predict(inputs)[0].ToArray<double>(), loaded.Predict(inputs)[0].ToArray<double>());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void FixedArraysOfDoublesTakeTheTypeOfTheModel()
    {
        var x = Input([2]);
        Tensor result = new Model(x, x * new[] { 0.5, 2.0 }).Predict(new[,] { { 1f, 1f } });
        Assert.Equal(ElementKind.Float32, result.ElementType);
        Assert.Equal([0.5f, 2f], result.ToArray<float>());
    }

    [Fact]
    public void ASumOfTruthValuesIsTheirOr()
    {
        var x = Input([2], dtype: ElementKind.Bool);
        Tensor result = new Model(x, x + x).Predict((Tensor)new[,] { { true, false } });
        Assert.Equal(ElementKind.Bool, result.ElementType);
        Assert.Equal([true, false], result.ToArray<bool>());
    }

    [Fact]
    public void WholeNumbersStayWholeInPowersRectifiersAndLimits()
    {
        var x = Input([3], dtype: ElementKind.Int32);
        var results = new Model(x, [Ops.Power(x, 3), Ops.Relu(x), Ops.Clip(x, -1.5, 1.5), Ops.Power(x, 20)])
            .Predict(new[,] { { -3, 1, 2 } });
        Assert.All(results, result => Assert.Equal(ElementKind.Int32, result.ElementType));
        Assert.Equal([-27, 1, 8], results[0].ToArray<int>());
        Assert.Equal([0, 1, 2], results[1].ToArray<int>());
        Assert.Equal([-1, 1, 1], results[2].ToArray<int>());
        Assert.Equal(1 << 20, results[3].ToArray<int>()[2]);
    }

    [Fact]
    public void NaNMayComeInWhereTheModelLooksForIt()
    {
        var x = Input([2]);
        var data = new[,] { { float.NaN, 2f } };
        var results = new Model(x, [Ops.IsNan(x), Ops.NanToNum(x)]).Predict(data);
        Assert.Equal([true, false], results[0].ToArray<bool>());
        Assert.Equal([0f, 2f], results[1].ToArray<float>());

        var inner = Input([2]);
        var cleaned = new Model(inner, Ops.NanToNum(inner)).ToLayer()(x);
        var model = new Model(x, Dense(1)(cleaned));
        model.Compile("sgd", "mse");
        Assert.True(double.IsFinite(model.Fit(data, new[,] { { 1f } }, verbose: 0)["loss"][0]));

        var error = Assert.Throws<ArgumentException>(() => new Model(x, x * 2).Predict(data));
        Assert.Contains("contains NaN", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reflect", new float[] { 3, 2, 1, 2, 3, 2, 1, 2 })]
    [InlineData("symmetric", new float[] { 2, 1, 1, 2, 3, 3, 2, 1 })]
    [InlineData("constant", new float[] { 0, 0, 1, 2, 3, 0, 0, 0 })]
    public void APaddingMayBeAMirror(string mode, float[] expected)
    {
        var x = Input([3]);
        Tensor result = new Model(x, Ops.Pad(x, [(0, 0), (2, 3)], mode: mode)).Predict(new[,] { { 1f, 2f, 3f } });
        Assert.Equal(expected, result.ToArray<float>());
    }

    [Fact]
    public void AConstantIsNoPartOfAMirror()
    {
        var x = Input([3]);
        Assert.Throws<ArgumentException>(() => Ops.Pad(x, [(0, 0), (1, 1)], 2.0, "reflect"));
        var error = Assert.Throws<ArgumentException>(() => Ops.Pad(x, [(0, 0), (1, 1)], mode: "edge"));
        Assert.Contains("'constant', 'reflect' or 'symmetric'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MatricesHaveNormsOfEveryOrder()
    {
        // Singular values 5 and 3.
        var x = Input([2, 3]);
        var data = new float[,,] { { { 3, 2, 2 }, { 2, 3, -2 } } };
        var orders = new NormOrder[] { "fro", "nuc", 2, -2, 1, -1, double.PositiveInfinity, double.NegativeInfinity };
        var norms = new Model(x, [.. orders.Select(order => Ops.Norm(x, order, axis: [1, 2]))]).Predict(data);
        double[] expected = [Math.Sqrt(34), 8, 5, 3, 5, 4, 7, 7];
        Assert.Equal(expected, norms.Select(norm => (double)norm.ToArray<float>()[0]), new Near(1e-5));
    }

    [Fact]
    public void AGradientFlowsThroughSingularValues()
    {
        // The gradient of the nuclear norm of diag(2, 3) is the identity: one step of 0.5 gives diag(1.5, 2.5).
        var x = Input([1]);
        var matrix = Reshape([2, 2])(Dense(4, useBias: false, kernelInitializer: "zeros")(x));
        var model = new Model(x, Ops.Norm(matrix, "nuc", axis: [1, 2], keepdims: true));
        model.SetWeights([new float[,] { { 2, 0, 0, 3 } }]);
        model.Compile(Optimizers.SGD(0.5), "mae");
        model.Fit(new[,] { { 1f } }, new float[1, 1, 1], verbose: 0);
        Assert.Equal([1.5, 0, 0, 2.5], model.GetWeights()[0].ToArray<float>().Select(value => (double)value), new Near(1e-5));
    }

    [Theory]
    [InlineData("bii->bi", new float[] { 1, 5, 9 })]
    [InlineData("bii->b", new float[] { 15 })]
    [InlineData("...ii->...i", new float[] { 1, 5, 9 })]
    public void EinsumTakesDiagonals(string subscripts, float[] expected)
    {
        var x = Input([3, 3]);
        Tensor result = new Model(x, Ops.Einsum(subscripts, x))
            .Predict(new float[,,] { { { 1, 2, 3 }, { 4, 5, float.PositiveInfinity }, { 7, 8, 9 } } });
        Assert.Equal(expected, result.ToArray<float>());
    }

    [Fact]
    public void AShapeSaysWhatALengthMayBe()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Shape.Create(3, -1));
        Assert.Contains("Length 1 of a shape is -1", error.Message, StringComparison.Ordinal);
        Assert.Contains("null", error.Message, StringComparison.Ordinal);
    }

    private sealed class Near(double tolerance) : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) <= tolerance;

        public int GetHashCode(double value) => 0;
    }
}
