using Functional.Kernels.Memory;

namespace Functional.Keras;

/// <content>Parts of a tensor.</content>
public sealed partial class Tensor
{
    /// <summary>One entry of the first axis: a row of a matrix, a sample of a batch.</summary>
    /// <param name="index">The position; from the end with ^.</param>
    public Tensor this[Index index]
    {
        get
        {
            var position = index.GetOffset(FirstAxis);
            if (position < 0 || position >= FirstAxis)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(index), index, $"The first axis of shape {Shape} has positions 0 to {FirstAxis - 1}.");
            }

            return new Tensor(Slice(position, 1).Reshape(Data.Shape[1..]));
        }
    }

    /// <summary>Some entries of the first axis, in order.</summary>
    /// <param name="rows">Which entries.</param>
    public Tensor this[Range rows]
    {
        get
        {
            var (start, count) = rows.GetOffsetAndLength(FirstAxis);
            return new Tensor(Slice(start, count));
        }
    }

    /// <summary>One number of a tensor with two axes.</summary>
    /// <param name="i">Position on the first axis.</param>
    /// <param name="j">Position on the second axis.</param>
    public double this[int i, int j] => GetValue<double>(i, j);

    /// <summary>One number of a tensor with three axes.</summary>
    /// <param name="i">Position on the first axis.</param>
    /// <param name="j">Position on the second axis.</param>
    /// <param name="k">Position on the third axis.</param>
    public double this[int i, int j, int k] => GetValue<double>(i, j, k);

    /// <summary>One number of a tensor with four axes.</summary>
    /// <param name="i">Position on the first axis.</param>
    /// <param name="j">Position on the second axis.</param>
    /// <param name="k">Position on the third axis.</param>
    /// <param name="l">Position on the fourth axis.</param>
    public double this[int i, int j, int k, int l] => GetValue<double>(i, j, k, l);

    private int FirstAxis => Rank > 0
        ? Data.Shape[0]
        : throw new InvalidOperationException("A tensor without axes has no parts; ToScalar<T>() is its number.");

    /// <summary>One number, by its position on every axis.</summary>
    /// <typeparam name="T">float, double, int or bool.</typeparam>
    /// <param name="indices">A position for every axis.</param>
    /// <returns>The number, converted when it has another type.</returns>
    /// <exception cref="ArgumentException">There is not one position for every axis.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position is outside its axis.</exception>
    public T GetValue<T>(params ReadOnlySpan<int> indices)
        where T : unmanaged
    {
        if (indices.Length != Rank)
        {
            throw new ArgumentException(
                $"A number of shape {Shape} has {Rank} positions, but {indices.Length} were given.", nameof(indices));
        }

        var offset = 0;
        for (var axis = 0; axis < indices.Length; axis++)
        {
            var length = Data.Shape[axis];
            if (indices[axis] < 0 || indices[axis] >= length)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(indices), indices[axis], $"Axis {axis} of shape {Shape} has positions 0 to {length - 1}.");
            }

            offset = offset * length + indices[axis];
        }

        return HostTensorConversion.Element<T>(Data, offset);
    }

    /// <summary>Entries of the first axis in any order, repeated or left out.</summary>
    /// <param name="rows">Their positions.</param>
    /// <returns>A tensor whose first axis has one entry for every position.</returns>
    public Tensor Take(ReadOnlySpan<int> rows) => new(HostTensorConversion.Gather(Data, rows));

    private HostTensor Slice(int start, int count) => HostTensorConversion.Slice(Data, start, count);
}
