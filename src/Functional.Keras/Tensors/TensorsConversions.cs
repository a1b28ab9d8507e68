using MathNet.Numerics.LinearAlgebra;

namespace Functional.Keras;

/// <content>What converts to one tensor among tensors by itself.</content>
public sealed partial class Tensors
{
    /// <summary>One axis of float.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensors(float[] values) => new([Tensor.FromArray(values)]);

    /// <summary>Two axes of float.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensors(float[,] values) => new([Tensor.FromArray<float>((Array)values)]);

    /// <summary>Three axes of float.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensors(float[,,] values) => new([Tensor.FromArray<float>((Array)values)]);

    /// <summary>Four axes of float.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensors(float[,,,] values) => new([Tensor.FromArray<float>((Array)values)]);

    /// <summary>Rows of float.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensors(float[][] values) => new([Tensor.FromRows(values)]);

    /// <summary>One axis of double.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensors(double[] values) => new([Tensor.FromArray(values)]);

    /// <summary>Two axes of double.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensors(double[,] values) => new([Tensor.FromArray<double>((Array)values)]);

    /// <summary>Three axes of double.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensors(double[,,] values) => new([Tensor.FromArray<double>((Array)values)]);

    /// <summary>Four axes of double.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensors(double[,,,] values) => new([Tensor.FromArray<double>((Array)values)]);

    /// <summary>Rows of double.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensors(double[][] values) => new([Tensor.FromRows(values)]);

    /// <summary>One axis of int.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensors(int[] values) => new([Tensor.FromArray(values)]);

    /// <summary>Two axes of int.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensors(int[,] values) => new([Tensor.FromArray<int>((Array)values)]);

    /// <summary>Three axes of int.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensors(int[,,] values) => new([Tensor.FromArray<int>((Array)values)]);

    /// <summary>Four axes of int.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensors(int[,,,] values) => new([Tensor.FromArray<int>((Array)values)]);

    /// <summary>Rows of int.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensors(int[][] values) => new([Tensor.FromRows(values)]);

    /// <summary>One axis of bool.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensors(bool[] values) => new([Tensor.FromArray(values)]);

    /// <summary>Two axes of bool.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensors(bool[,] values) => new([Tensor.FromArray<bool>((Array)values)]);

    /// <summary>Three axes of bool.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensors(bool[,,] values) => new([Tensor.FromArray<bool>((Array)values)]);

    /// <summary>Four axes of bool.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensors(bool[,,,] values) => new([Tensor.FromArray<bool>((Array)values)]);

    /// <summary>Rows of bool.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensors(bool[][] values) => new([Tensor.FromRows(values)]);

    /// <summary>A MathNet matrix of float.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensors(Matrix<float> values) => new([Tensor.FromMatrix(values)]);

    /// <summary>A MathNet vector of float.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensors(Vector<float> values) => new([Tensor.FromVector(values)]);

    /// <summary>A MathNet matrix of double.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensors(Matrix<double> values) => new([Tensor.FromMatrix(values)]);

    /// <summary>A MathNet vector of double.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensors(Vector<double> values) => new([Tensor.FromVector(values)]);

    /// <summary>A System.Numerics.Tensors tensor of float.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensors(System.Numerics.Tensors.Tensor<float> values) => new([Tensor.FromTensor(values)]);

    /// <summary>A System.Numerics.Tensors tensor of double.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensors(System.Numerics.Tensors.Tensor<double> values) => new([Tensor.FromTensor(values)]);

    /// <summary>A System.Numerics.Tensors tensor of int.</summary>
    /// <param name="values">What to copy.</param>
    public static implicit operator Tensors(System.Numerics.Tensors.Tensor<int> values) => new([Tensor.FromTensor(values)]);
}
