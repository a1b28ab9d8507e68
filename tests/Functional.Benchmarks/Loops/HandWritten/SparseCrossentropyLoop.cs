using System.Runtime.CompilerServices;

namespace Functional.Benchmarks.Loops.HandWritten;

/// <summary>
/// Sparse cross-entropy by hand: losses, and the gradient of their mean; columns are a multiple of 8. Only the element
/// that the label names is treated apart.
/// </summary>
internal static unsafe class SparseCrossentropyLoop
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* logits, int* labels, float* losses, float* gradient, int rows, int columns)
    {
        var share = 1f / rows;
        for (var row = 0; row < rows; row++, logits += columns, gradient += columns)
        {
            var largest = Rows.Maximum(logits, columns);
            var sum = Rows.Powers(logits, gradient, columns, largest);
            Rows.Scale(gradient, columns, share / sum);
            losses[row] = MathF.Log(sum) + largest - logits[labels[row]];
            gradient[labels[row]] -= share;
        }
    }
}
