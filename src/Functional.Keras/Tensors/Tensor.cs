using Functional.Kernels.Memory;

namespace Functional.Keras;

/// <summary>
/// Numbers in a rectangular arrangement, row-major, that nobody changes: data for a model and its answers. Elements are
/// float, double, int or bool. Arrays, MathNet matrices and System.Numerics.Tensors convert by themselves:
/// <c>Tensor x = new float[,] { { 0, 1 }, { 1, 0 } };</c>
/// </summary>
public sealed partial class Tensor
{
    internal Tensor(HostTensor data) => Data = data;

    /// <summary>The lengths of the axes, all known.</summary>
    public Shape Shape => Shape.FromInts(Data.Shape);

    /// <summary>The number of axes.</summary>
    public int Rank => Data.Rank;

    /// <summary>The number of elements.</summary>
    public int Length => Data.Length;

    /// <summary>The type of one element.</summary>
    public ElementKind ElementType => Data.Kind;

    internal HostTensor Data { get; }

    /// <summary>Copies values into a tensor of a shape.</summary>
    /// <typeparam name="T">float, double, int or bool.</typeparam>
    /// <param name="shape">The lengths of the axes, outermost first.</param>
    /// <param name="values">As many values as the shape has elements, row-major.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="ArgumentException">The number of values does not fit the shape.</exception>
    public static Tensor Create<T>(Shape shape, params ReadOnlySpan<T> values)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(shape);
        return new Tensor(HostTensor.Create(shape.ToInts(), values));
    }

    /// <summary>A tensor of float zeros.</summary>
    /// <param name="shape">The lengths of the axes.</param>
    /// <returns>The tensor.</returns>
    public static Tensor Zeros(Shape shape) => Fill(shape, 0f);

    /// <summary>A tensor of float ones.</summary>
    /// <param name="shape">The lengths of the axes.</param>
    /// <returns>The tensor.</returns>
    public static Tensor Ones(Shape shape) => Fill(shape, 1f);

    /// <summary>A tensor with one value everywhere.</summary>
    /// <typeparam name="T">float, double, int or bool.</typeparam>
    /// <param name="shape">The lengths of the axes.</param>
    /// <param name="value">The value.</param>
    /// <returns>The tensor.</returns>
    public static Tensor Fill<T>(Shape shape, T value)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(shape);
        return new Tensor(HostTensor.Create<T, T>(shape.ToInts(), value, (span, state) => span.Fill(state)));
    }

    /// <summary>The elements where they are, row-major.</summary>
    /// <typeparam name="T">The element type of this tensor.</typeparam>
    /// <returns>The elements.</returns>
    /// <exception cref="InvalidOperationException">The elements have another type.</exception>
    public ReadOnlySpan<T> AsSpan<T>()
        where T : unmanaged => Data.AsSpan<T>();

    /// <summary>The same elements under another shape; nothing is copied. One length may be -1 and follows.</summary>
    /// <param name="dimensions">The lengths of the axes.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="ArgumentException">The shapes have different numbers of elements.</exception>
    public Tensor Reshape(params ReadOnlySpan<int> dimensions)
    {
        var lengths = dimensions.ToArray();
        var open = Array.IndexOf(lengths, -1);
        if (open >= 0)
        {
            lengths[open] = 1;
            var others = lengths.Aggregate(1, (product, length) => product * length);
            lengths[open] = others == 0 ? 0 : Length / others;
        }

        return new Tensor(Data.Reshape(lengths));
    }

    /// <summary>The same numbers as another element type; this tensor when it already has it.</summary>
    /// <param name="elementType">The element type.</param>
    /// <returns>The tensor. Fractions are cut off for int; for bool, everything but zero is true.</returns>
    public Tensor Cast(ElementKind elementType) => elementType == ElementType
        ? this
        : new Tensor(HostTensorConversion.Cast(Data, elementType));

    /// <summary>All elements as an array, row-major, converted when they have another type.</summary>
    /// <typeparam name="T">float, double, int or bool.</typeparam>
    /// <returns>A new array.</returns>
    public T[] ToArray<T>()
        where T : unmanaged
    {
        var kind = HostTensorConversion.KindOf<T>();
        return Cast(kind).AsSpan<T>().ToArray();
    }

    /// <summary>The elements of a tensor with two axes.</summary>
    /// <typeparam name="T">float, double, int or bool.</typeparam>
    /// <returns>A new array.</returns>
    /// <exception cref="InvalidOperationException">The tensor has another number of axes.</exception>
    public T[,] ToArray2D<T>()
        where T : unmanaged
    {
        if (Rank != 2)
            throw new InvalidOperationException($"ToArray2D needs two axes, but the tensor has shape {Shape}.");
        var result = new T[Data.Shape[0], Data.Shape[1]];
        ArrayElements.CopyTo(Cast(HostTensorConversion.KindOf<T>()).AsSpan<T>(), result);
        return result;
    }

    /// <summary>The only element of a tensor that has one.</summary>
    /// <typeparam name="T">float, double, int or bool.</typeparam>
    /// <returns>The element, converted when it has another type.</returns>
    /// <exception cref="InvalidOperationException">The tensor has more or fewer elements than one.</exception>
    public T ToScalar<T>()
        where T : unmanaged => Length == 1
        ? ToArray<T>()[0]
        : throw new InvalidOperationException($"Only a tensor of one element is a number, but this has shape {Shape}.");

    /// <summary>Where the largest element of each row (the last axis) is; the first of equal ones.</summary>
    /// <returns>One index for every row.</returns>
    public int[] ArgMax()
    {
        var values = ToArray<double>();
        var width = Rank == 0 ? 1 : Data.Shape[^1];
        var result = new int[width == 0 ? 0 : values.Length / width];
        for (var row = 0; row < result.Length; row++)
        {
            for (var column = 1; column < width; column++)
            {
                if (values[row * width + column] > values[row * width + result[row]])
                    result[row] = column;
            }
        }

        return result;
    }

    /// <summary>The numbers as NumPy prints them; the middle of long axes is left out.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => TensorPrinter.Print(this);
}
