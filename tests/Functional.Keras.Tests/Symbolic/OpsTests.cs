using Functional.Kernels.Memory;
using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Symbolic;

/// <summary>Expressions between layers: operators, Ops and slices, as a C# user writes them.</summary>
public class OpsTests
{
    private static readonly float[,] Rows = { { 1, -2, 3 }, { -4, 5, -6 } };

    [Fact]
    public void Operators_ComputeWithTensorsNumbersAndArrays()
    {
        AssertGives([2, -1, 4, -3, 6, -5], x => x + 1);
        AssertGives([9, 12, 7, 14, 5, 16], x => 10 - x);
        AssertGives([0.5f, -1, 1.5f, -2, 2.5f, -3], x => x / 2);
        AssertGives([1, 4, 9, 16, 25, 36], x => x * x);
        AssertGives([-1, 2, -3, 4, -5, 6], x => -x);
        AssertGives([10, -40, 90, -40, 100, -180], x => x * new float[] { 10, 20, 30 });
        AssertGives([1, 0, 1, 0, 1, 0], x => x % 2);
    }

    [Fact]
    public void Comparisons_GiveTruthValues_ThatChoose()
    {
        AssertGives([1, 0, 3, 0, 5, 0], x => Ops.Where(x > 0, x, 0.0));
        AssertGives([0, 0, 1, 0, 0, 0], x => (x > 1) & (x <= 3));
        AssertGives([1, 1, 1, 0, 0, 0], x => !((x < -2) | (x >= 5)));
        var x = Input(shape: [3]);
        Assert.Equal(ElementKind.Bool, (x > 0).ElementType);
    }

    [Fact]
    public void Slices_TakeWhatPythonTakes()
    {
        AssertGives([1, -4], x => x[.., 0]);
        AssertGives([3, -6], x => x[.., ^1]);
        AssertGives([-2, 3, 5, -6], x => x[.., 1..]);
        AssertGives([1, -2, -4, 5], x => x[.., ..^1]);
        AssertGives([3, -2, 1, -6, 5, -4], x => x[.., AxisIndex.Slice(step: -1)]);
        AssertGives([1, 3, -4, -6], x => x[AxisIndex.Ellipsis, AxisIndex.Slice(step: 2)]);
        var x = Input(shape: [3]);
        Assert.Equal([null, 1, 3], x[.., AxisIndex.NewAxis].Shape);
        Assert.Equal([null], x[.., 0].Shape);
    }

    [Fact]
    public void Reductions_TakeAxesAndKeepThem()
    {
        AssertGives([2, -5], x => Ops.Sum(x, axis: -1));
        AssertGives([3, 5], x => Ops.Max(x, axis: 1));
        AssertGives([2, 1], x => Ops.Argmax(x, axis: -1));
        AssertGives([MathF.Sqrt(14), MathF.Sqrt(77)], x => Ops.Norm(x, axis: 1));
        AssertGives([1, 1], x => Ops.Any(x > 2, axis: 1));
        AssertGives([2, 1], x => Ops.CountNonzero(x > 0, axis: 1));
        Assert.Equal([null, 1], Ops.Mean(Input(shape: [3]), axis: -1, keepdims: true).Shape);
    }

    [Fact]
    public void Movements_KeepEveryNumber()
    {
        AssertGives([1, 1, -2, -2, 3, 3, -4, -4, 5, 5, -6, -6], x => Ops.Repeat(x, 2, axis: 1));
        AssertGives([1, -2, 3, 1, -2, 3, -4, 5, -6, -4, 5, -6], x => Ops.Tile(x, [1, 2]));
        AssertGives([3, 1, -2, -6, -4, 5], x => Ops.Roll(x, 1, axis: 1));
        AssertGives([0, 1, -2, 3, 0, -4, 5, -6], x => Ops.Pad(x, [(0, 0), (1, 0)]));
        AssertGives([3, 1, -6, -4], x => Ops.Take(x, new[] { 2, 0 }, axis: 1));
        AssertGives([1, 1, -2, -2, 3, 3, -4, -4, 5, 5, -6, -6], x => Ops.Stack([x, x], axis: -1));
        AssertGives([-2, 5], x => Ops.Split(x, 3, axis: 1)[1]);
        AssertGives([1, -2, 3, -4, 5, -6], x => Ops.Reshape(x, [null, 3, 1]));
    }

    [Fact]
    public void Products_ContractAxes()
    {
        AssertGives([2, -5], x => Ops.Matmul(x, new float[,] { { 1 }, { 1 }, { 1 } }));
        AssertGives([14, 77], x => Ops.Einsum("bi,bi->b", x, x));
        AssertGives([10, -20, 30, -40, 50, -60], x => Ops.Tensordot(x, new float[,] { { 10 } }, axes: 0));
    }

    [Fact]
    public void WholeNumbers_StayWhole_UntilTheyAreDivided()
    {
        var ids = Input(shape: [2], dtype: ElementKind.Int32);
        Assert.Equal(ElementKind.Int32, (ids + 1).ElementType);
        Assert.Equal(ElementKind.Float32, (ids / 2).ElementType);
        Assert.Equal(ElementKind.Float32, (ids * 0.5).ElementType);
        Assert.Equal(ElementKind.Float32, Ops.OneHot(ids, 3).ElementType);
    }

    [Fact]
    public void AnExpressionAmongLayers_TrainsToTheLastDigitAsLayersDo()
    {
        Assert.Equal(
            LossesOf(hidden => Multiply()(hidden, hidden)),
            LossesOf(hidden => hidden * hidden));
    }

    [Fact]
    public void AModelOfDoubles_ComputesExpressionsInDoubles()
    {
        var x = Input(shape: [1]);
        var model = new Model(x, x * 0.1 + new[] { 1e-12 }, dtype: ElementKind.Float64);
        var y = model.Predict(new double[,] { { 1.0 } })[0].ToArray<double>();
        Assert.Equal(0.1 + 1e-12, y[0], 1e-16);
    }

    [Fact]
    public void Summary_ListsOperations_AndLayersDoNot()
    {
        var x = Input(shape: [3], name: "x");
        var model = new Model(x, Dense(1, name: "out")((x + 1)[.., 1..]));
        var text = string.Empty;
        model.Summary(printFn: printed => text = printed);
        Assert.Contains("add (Add)", text, StringComparison.Ordinal);
        Assert.Contains("get_item (GetItem)", text, StringComparison.Ordinal);
        Assert.Equal(["x", "out"], model.Layers.Select(layer => layer.Name));
        Assert.Equal(["x", "add", "get_item", "out"], model.Operations.Select(layer => layer.Name));
    }

    [Fact]
    public void Errors_NameTheOperationAndTheShapes()
    {
        var x = Input(shape: [3]);
        AssertSays("Layer 'add' (Add): shapes (batch, 3) and (batch, 4) cannot be broadcast", () => x + Input(shape: [4]));
        AssertSays("position 3 is outside axis 1 of input 0, which has shape (batch, 3)", () => x[.., 3]);
        AssertSays("cannot give shape (None, 2, 2) to input 0 of shape (batch, 3)", () => Ops.Reshape(x, [null, 2, 2]));
        AssertSays("expects an axis 2, but input 0 has shape (batch, 3)", () => Ops.Sum(x, axis: 2));
        AssertSays("expects at least one symbolic tensor", () => Ops.Add(1, 2));
    }

    private static void AssertGives(float[] expected, Func<SymbolicTensor, SymbolicTensor> expression)
    {
        var x = Input(shape: [3]);
        var found = new Model(x, expression(x)).Predict(Rows)[0];
        var numbers = found.Cast(ElementKind.Float32).ToArray<float>();
        Assert.Equal(expected.Length, numbers.Length);
        for (var index = 0; index < expected.Length; index++)
            Assert.Equal(expected[index], numbers[index], 1e-5f);
    }

    private static double[] LossesOf(Func<SymbolicTensor, SymbolicTensor> square)
    {
        RandomSeed.Set(5);
        var x = Input(shape: [3]);
        var model = new Model(x, square(x.Dense(4, "tanh")).Dense(1));
        model.Compile(Optimizers.SGD(0.05), "mse");
        return [.. model.Fit(Rows, new float[,] { { 1 }, { -1 } }, epochs: 5, shuffle: false, verbose: 0)["loss"]];
    }

    private static void AssertSays(string sentence, Func<SymbolicTensor> build) =>
        Assert.Contains(sentence, Assert.Throws<ArgumentException>(build).Message, StringComparison.Ordinal);
}
