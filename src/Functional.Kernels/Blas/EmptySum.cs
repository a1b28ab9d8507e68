using System.Numerics;

namespace Functional.Kernels.Blas;

/// <summary>Products whose inner size is 0: every sum is empty, and only <c>C = beta C</c> is left.</summary>
internal static unsafe class EmptySum
{
    /// <summary>Scales one C; with beta 0 it is not read.</summary>
    public static void Scale<T>(in ProductShape shape, T beta, T* result)
        where T : unmanaged, INumber<T>
    {
        for (nint i = 0; i < shape.Rows; i++)
        {
            var row = new Span<T>(result + (i * shape.ResultStride), shape.Columns);
            if (beta == T.Zero)
                row.Clear();
            else
                foreach (ref var element in row)
                    element *= beta;
        }
    }
}
