using Functional.Kernels.Memory;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace Functional.Keras.Tests.TensorValues;

public class TensorTests
{
    [Fact]
    public void ArraysOfOneToFourAxes_Convert()
    {
        Tensor one = new[] { 1f, 2, 3 };
        Tensor two = new[,] { { 1.0, 2 }, { 3, 4 } };
        Tensor three = new int[2, 3, 4];
        Tensor four = new bool[1, 2, 3, 4];
        Assert.Equal(["(3,)", "(2, 2)", "(2, 3, 4)", "(1, 2, 3, 4)"], new[] { one, two, three, four }.Select(t => $"{t.Shape}"));
        Assert.Equal(
            [ElementKind.Float32, ElementKind.Float64, ElementKind.Int32, ElementKind.Bool],
            new[] { one, two, three, four }.Select(t => t.ElementType));
    }

    [Fact]
    public void JaggedArrays_MathNet_AndSystemNumerics_Convert()
    {
        Tensor rows = new float[][] { [1, 2], [3, 4] };
        Tensor matrix = Matrix<float>.Build.DenseOfRowArrays([1, 2], [3, 4]);
        Tensor vector = Vector<double>.Build.Dense([1, 2]);
        Tensor numerics = System.Numerics.Tensors.Tensor.Create<float>([1, 2, 3, 4], [2, 2]);
        Assert.Equal([1f, 2, 3, 4], rows.ToArray<float>());
        Assert.Equal([1f, 2, 3, 4], matrix.ToArray<float>());
        Assert.Equal([1.0, 2], vector.ToArray<double>());
        Assert.Equal([1f, 2, 3, 4], numerics.ToArray<float>());
        Assert.Equal(matrix.ToMatrix(), numerics.ToMatrix());
    }

    [Fact]
    public void Values_AreCopied_SoThatTheArrayMayChange()
    {
        var values = new[] { 1f, 2 };
        Tensor tensor = values;
        values[0] = 9;
        Assert.Equal([1f, 2], tensor.ToArray<float>());
    }

    [Fact]
    public void Indexing_GivesRowsAndNumbers()
    {
        Tensor tensor = new[,] { { 1f, 2, 3 }, { 4, 5, 6 }, { 7, 8, 9 } };
        Assert.Equal(6, tensor[1, 2]);
        Assert.Equal([7f, 8, 9], tensor[^1].ToArray<float>());
        Assert.Equal("(2, 3)", tensor[1..].Shape.ToString());
        Assert.Equal([7f, 8, 9, 1, 2, 3], tensor.Take([2, 0]).ToArray<float>());
        Assert.Equal(5f, (float)tensor[1][1]);
    }

    [Fact]
    public void Indexing_OutsideAnAxis_NamesAxisAndShape()
    {
        Tensor tensor = new float[2, 3];
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => tensor[1, 3]);
        Assert.StartsWith("Axis 1 of shape (2, 3) has positions 0 to 2.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ElementTypes_ConvertOnTheWayOut()
    {
        Tensor tensor = new[] { 1.9, -1.9, 0.0 };
        Assert.Equal([1, -1, 0], tensor.ToArray<int>());
        Assert.Equal([true, true, false], tensor.ToArray<bool>());
        Assert.Equal([1.9f, -1.9f, 0f], tensor.ToArray<float>());
    }

    [Fact]
    public void Reshape_FindsTheOpenLength()
    {
        Tensor tensor = new float[2, 6];
        Assert.Equal("(3, 4)", tensor.Reshape(3, -1).Shape.ToString());
        Assert.Throws<ArgumentException>(() => tensor.Reshape(5, -1));
    }

    [Fact]
    public void ArgMax_FindsTheFirstLargest() =>
        Assert.Equal([1, 0], ((Tensor)new[,] { { 1f, 5, 5 }, { 7, 2, 3 } }).ArgMax());

    [Fact]
    public void OneTensor_IsTensors_AndBack()
    {
        Tensors tensors = new[] { 1f, 2 };
        Tensor tensor = tensors;
        Assert.Equal([1f, 2], tensor.ToArray<float>());
        Tensors two = [new[] { 1f }, new[] { 2f }];
        var error = Assert.Throws<InvalidOperationException>(() => (Tensor)two);
        Assert.Equal("One tensor was expected, but there are 2: choose one by its position.", error.Message);
    }

    [Fact]
    public void Print_IsThatOfNumPy()
    {
        Assert.Equal("[1.   0.5  0.25]", ((Tensor)new[] { 1f, 0.5f, 0.25f }).ToString());
        Assert.Equal("[[1. 2.]\n [3. 4.]]", ((Tensor)new[,] { { 1f, 2 }, { 3, 4 } }).ToString());
        Assert.Equal("[  1 -20 300]", ((Tensor)new[] { 1, -20, 300 }).ToString());
        Assert.Equal("[ True False]", ((Tensor)new[] { true, false }).ToString());
        Assert.Equal("[0.33333334 0.1       ]", ((Tensor)new[] { 1f / 3, 0.1f }).ToString());
        Assert.Equal("[[[0. 0.]]\n\n [[0. 0.]]]", ((Tensor)new float[2, 1, 2]).ToString());
        Assert.Equal("[0 0 0 ... 0 0 0]", ((Tensor)new int[2000]).ToString());
        Assert.Equal("0.5", ((Tensor)0.5f).ToString());
    }

    [Fact]
    public void Print_LeavesTheMiddleOut_OfLongAxes()
    {
        var text = ((Tensor)new float[100, 20]).ToString();
        Assert.Equal(7, text.Split('\n').Length);
        Assert.StartsWith("[[0. 0. 0. ... 0. 0. 0.]\n", text, StringComparison.Ordinal);
        Assert.Contains("\n ...\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Shapes_AreEqualByLengths_AndPrintNoneForTheBatch()
    {
        Shape shape = [null, 64];
        Assert.Equal("(None, 64)", shape.ToString());
        Assert.Equal([null, 64], shape);
        Assert.True(shape == Shape.Create(null, 64));
        Assert.False(shape.IsKnown);
        Assert.Throws<ArgumentOutOfRangeException>(() => Shape.Create(-1));
    }
}
