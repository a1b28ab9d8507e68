namespace Functional.Keras;

/// <summary>Reorders elements between row-major (C) and column-major (Fortran) order.</summary>
internal static class AxisOrder
{
    /// <summary>Elements in column-major order, reordered so that the last axis varies fastest.</summary>
    public static byte[] ToRowMajor(ReadOnlySpan<byte> elements, ReadOnlySpan<long> shape, int sizeInBytes) =>
        Reorder(elements, shape, sizeInBytes, toRowMajor: true);

    /// <summary>Elements in row-major order, reordered so that the first axis varies fastest.</summary>
    public static byte[] ToColumnMajor(ReadOnlySpan<byte> elements, ReadOnlySpan<long> shape, int sizeInBytes) =>
        Reorder(elements, shape, sizeInBytes, toRowMajor: false);

    // Counts through the elements in row-major order and keeps the place each has in column-major order.
    private static byte[] Reorder(ReadOnlySpan<byte> elements, ReadOnlySpan<long> shape, int size, bool toRowMajor)
    {
        var result = new byte[elements.Length];
        var count = result.Length / size;
        var strides = ColumnMajorStrides(shape, count);
        var index = new long[shape.Length];
        var column = 0;
        for (var row = 0; row < count; row++)
        {
            var (from, to) = toRowMajor ? (column, row) : (row, column);
            elements.Slice(from * size, size).CopyTo(result.AsSpan(to * size));
            for (var axis = shape.Length - 1; axis >= 0; axis--)
            {
                column += strides[axis];
                if (++index[axis] < shape[axis])
                    break;
                column -= (int)shape[axis] * strides[axis];
                index[axis] = 0;
            }
        }

        return result;
    }

    private static int[] ColumnMajorStrides(ReadOnlySpan<long> shape, int count)
    {
        var strides = new int[shape.Length];
        if (count == 0)
            return strides;
        var stride = 1;
        for (var axis = 0; axis < shape.Length; axis++)
        {
            strides[axis] = stride;
            stride *= (int)shape[axis];
        }

        return strides;
    }
}
