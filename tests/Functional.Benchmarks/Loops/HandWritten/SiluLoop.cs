using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Functional.Benchmarks.Loops.HandWritten;

/// <summary>silu(x * w + b) by hand; columns are a multiple of 16.</summary>
internal static unsafe class SiluLoop
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* x, float* w, float* b, float* y, int rows, int columns)
    {
        for (var row = 0; row < rows; row++, x += columns, y += columns)
        {
            for (nint i = 0; i < columns; i += 16)
            {
                var z = Vector512.MultiplyAddEstimate(Vector512.Load(x + i), Vector512.Load(w + i), Vector512.Load(b + i));
                (z / (Vector512<float>.One + Exponential.Of(-z))).Store(y + i);
            }
        }
    }
}
