using MathNet.Numerics.LinearAlgebra;

namespace Functional.Keras;

/// <content>What converts to a tensor by itself: copies, so that the source may change.</content>
public sealed partial class Tensor
{
    /// <summary>A float without axes.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensor(float values) => FromScalar(values);

    /// <summary>One axis of float.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensor(float[] values) => FromArray(values);

    /// <summary>Two axes of float.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensor(float[,] values) => FromArray<float>((Array)values);

    /// <summary>Three axes of float.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensor(float[,,] values) => FromArray<float>((Array)values);

    /// <summary>Four axes of float.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensor(float[,,,] values) => FromArray<float>((Array)values);

    /// <summary>Rows of float.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensor(float[][] values) => FromRows(values);

    /// <summary>A double without axes.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensor(double values) => FromScalar(values);

    /// <summary>One axis of double.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensor(double[] values) => FromArray(values);

    /// <summary>Two axes of double.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensor(double[,] values) => FromArray<double>((Array)values);

    /// <summary>Three axes of double.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensor(double[,,] values) => FromArray<double>((Array)values);

    /// <summary>Four axes of double.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensor(double[,,,] values) => FromArray<double>((Array)values);

    /// <summary>Rows of double.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensor(double[][] values) => FromRows(values);

    /// <summary>A int without axes.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensor(int values) => FromScalar(values);

    /// <summary>One axis of int.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensor(int[] values) => FromArray(values);

    /// <summary>Two axes of int.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensor(int[,] values) => FromArray<int>((Array)values);

    /// <summary>Three axes of int.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensor(int[,,] values) => FromArray<int>((Array)values);

    /// <summary>Four axes of int.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensor(int[,,,] values) => FromArray<int>((Array)values);

    /// <summary>Rows of int.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensor(int[][] values) => FromRows(values);

    /// <summary>A bool without axes.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensor(bool values) => FromScalar(values);

    /// <summary>One axis of bool.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensor(bool[] values) => FromArray(values);

    /// <summary>Two axes of bool.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensor(bool[,] values) => FromArray<bool>((Array)values);

    /// <summary>Three axes of bool.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensor(bool[,,] values) => FromArray<bool>((Array)values);

    /// <summary>Four axes of bool.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensor(bool[,,,] values) => FromArray<bool>((Array)values);

    /// <summary>Rows of bool.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensor(bool[][] values) => FromRows(values);

    /// <summary>A MathNet matrix of float.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensor(Matrix<float> values) => FromMatrix(values);

    /// <summary>A MathNet vector of float.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensor(Vector<float> values) => FromVector(values);

    /// <summary>A MathNet matrix of double.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensor(Matrix<double> values) => FromMatrix(values);

    /// <summary>A MathNet vector of double.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensor(Vector<double> values) => FromVector(values);

    /// <summary>A System.Numerics.Tensors tensor of float.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensor(System.Numerics.Tensors.Tensor<float> values) => FromTensor(values);

    /// <summary>A System.Numerics.Tensors tensor of double.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensor(System.Numerics.Tensors.Tensor<double> values) => FromTensor(values);

    /// <summary>A System.Numerics.Tensors tensor of int.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensor(System.Numerics.Tensors.Tensor<int> values) => FromTensor(values);

    /// <summary>The only element of a tensor that has one, as float.</summary>
    /// <param name="tensor">A tensor of one element.</param>
    public static explicit operator float(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.ToScalar<float>();
    }

    /// <summary>The only element of a tensor that has one, as double.</summary>
    /// <param name="tensor">A tensor of one element.</param>
    public static explicit operator double(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.ToScalar<double>();
    }

    /// <summary>The only element of a tensor that has one, as int.</summary>
    /// <param name="tensor">A tensor of one element.</param>
    public static explicit operator int(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.ToScalar<int>();
    }

    /// <summary>The only element of a tensor that has one, as bool.</summary>
    /// <param name="tensor">A tensor of one element.</param>
    public static explicit operator bool(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.ToScalar<bool>();
    }
}
