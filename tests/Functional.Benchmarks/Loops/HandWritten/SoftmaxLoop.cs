using System.Runtime.CompilerServices;

namespace Functional.Benchmarks.Loops.HandWritten;

/// <summary>Softmax by hand, three passes over a row in the cache; columns are a multiple of 8.</summary>
internal static unsafe class SoftmaxLoop
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* x, float* y, int rows, int columns)
    {
        for (var row = 0; row < rows; row++, x += columns, y += columns)
        {
            var sum = Rows.Powers(x, y, columns, Rows.Maximum(x, columns));
            Rows.Scale(y, columns, 1 / sum);
        }
    }
}
