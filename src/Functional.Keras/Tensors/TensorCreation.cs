using Functional.Kernels.Memory;
using MathNet.Numerics.LinearAlgebra;

namespace Functional.Keras;

/// <content>From arrays, matrices and vectors.</content>
public sealed partial class Tensor
{
    /// <summary>A number without axes.</summary>
    /// <typeparam name="T">float, double, int or bool.</typeparam>
    /// <param name="value">The number.</param>
    /// <returns>The tensor.</returns>
    public static Tensor FromScalar<T>(T value)
        where T : unmanaged => new(HostTensor.Create<T>([], [value]));

    /// <summary>A tensor with one axis.</summary>
    /// <typeparam name="T">float, double, int or bool.</typeparam>
    /// <param name="values">The elements; copied.</param>
    /// <returns>The tensor.</returns>
    public static Tensor FromArray<T>(T[] values)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(values);
        return new Tensor(HostTensor.Create<T>([values.Length], values));
    }

    /// <summary>A tensor with the axes of an array.</summary>
    /// <typeparam name="T">The array's element type: float, double, int or bool.</typeparam>
    /// <param name="values">An array of any number of axes; copied.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="ArgumentException">The array has elements of another type.</exception>
    public static Tensor FromArray<T>(Array values)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.GetType().GetElementType() == typeof(T)
            ? new Tensor(HostTensor.Create(ArrayElements.Lengths(values), ArrayElements.Of<T>(values)))
            : throw new ArgumentException(
                $"Expected an array of {typeof(T).Name}, but found {values.GetType().Name}.", nameof(values));
    }

    /// <summary>A tensor with two axes from an array of rows.</summary>
    /// <typeparam name="T">float, double, int or bool.</typeparam>
    /// <param name="rows">The rows, all of one length; copied.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="ArgumentException">The rows have different lengths.</exception>
    public static Tensor FromRows<T>(T[][] rows)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(rows);
        var width = rows.Length == 0 ? 0 : rows[0].Length;
        for (var row = 0; row < rows.Length; row++)
        {
            if (rows[row].Length != width)
            {
                throw new ArgumentException(
                    $"All rows must have one length, but row 0 has {width} elements and row {row} has {rows[row].Length}.",
                    nameof(rows));
            }
        }

        return new Tensor(HostTensor.Create<T, T[][]>([rows.Length, width], rows, (span, source) =>
        {
            for (var row = 0; row < source.Length; row++)
                source[row].CopyTo(span[(row * source[row].Length)..]);
        }));
    }

    /// <summary>Tensors of one shape, one after the other along a new first axis.</summary>
    /// <param name="parts">At least one tensor; all have one shape and element type.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="ArgumentException">There is none, or shapes differ.</exception>
    public static Tensor Stack(params ReadOnlySpan<Tensor> parts)
    {
        if (parts.IsEmpty)
            throw new ArgumentException("Stacking needs at least one tensor.", nameof(parts));
        int[] shape = [parts.Length, .. parts[0].Data.Shape];
        foreach (var part in parts)
        {
            if (part.Shape != parts[0].Shape)
            {
                throw new ArgumentException(
                    $"Tensors to stack must have one shape, but found {parts[0].Shape} and {part.Shape}.", nameof(parts));
            }
        }

        var rows = parts[0].Data.Kind switch
        {
            ElementKind.Float32 => Join<float>(parts),
            ElementKind.Float64 => Join<double>(parts),
            ElementKind.Int32 => Join<int>(parts),
            _ => Join<bool>(parts),
        };
        return new Tensor(rows.Reshape(shape));
    }

    /// <summary>A tensor with two axes from a MathNet matrix.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="matrix">The matrix; copied.</param>
    /// <returns>The tensor.</returns>
    public static Tensor FromMatrix<T>(Matrix<T> matrix)
        where T : unmanaged, IEquatable<T>, IFormattable
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return new Tensor(HostTensor.Create<T>([matrix.RowCount, matrix.ColumnCount], matrix.ToRowMajorArray()));
    }

    /// <summary>A tensor with one axis from a MathNet vector.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="vector">The vector; copied.</param>
    /// <returns>The tensor.</returns>
    public static Tensor FromVector<T>(Vector<T> vector)
        where T : unmanaged, IEquatable<T>, IFormattable
    {
        ArgumentNullException.ThrowIfNull(vector);
        return FromArray(vector.ToArray());
    }

    /// <summary>A tensor from a System.Numerics.Tensors tensor.</summary>
    /// <typeparam name="T">float, double, int or bool.</typeparam>
    /// <param name="tensor">The tensor; copied.</param>
    /// <returns>The tensor.</returns>
    public static Tensor FromTensor<T>(System.Numerics.Tensors.Tensor<T> tensor)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var shape = new int[tensor.Rank];
        for (var axis = 0; axis < shape.Length; axis++)
            shape[axis] = checked((int)tensor.Lengths[axis]);
        return new Tensor(HostTensor.Create<T, System.Numerics.Tensors.Tensor<T>>(
            shape, tensor, (span, source) => source.FlattenTo(span)));
    }

    /// <summary>The elements of a tensor with two axes as a MathNet matrix.</summary>
    /// <returns>A new matrix.</returns>
    public Matrix<float> ToMatrix() => Matrix<float>.Build.DenseOfArray(ToArray2D<float>());

    /// <summary>All elements as a MathNet vector.</summary>
    /// <returns>A new vector.</returns>
    public Vector<float> ToVector() => Vector<float>.Build.Dense(ToArray<float>());

    private static HostTensor Join<T>(ReadOnlySpan<Tensor> parts)
        where T : unmanaged
    {
        var values = new List<T>(parts.Length * parts[0].Length);
        foreach (var part in parts)
            values.AddRange(part.AsSpan<T>());
        return HostTensor.Create<T>([values.Count], values.ToArray());
    }
}
