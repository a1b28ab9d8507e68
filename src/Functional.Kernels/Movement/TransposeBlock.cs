using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Functional.Kernels.Movement;

/// <summary>
/// Transposes: rows are dense in the source, columns in the target. Squares of 4 by 4 go through registers where the
/// CPU can interleave vectors; the rest element by element. A block has at most 32 rows, so the lines of the source
/// that it touches stay in the first-level cache.
/// </summary>
internal static unsafe class TransposeBlock
{
    private const int Side = 4;

    /// <summary>Transposes a block whose source stride along rows and target stride along columns is 1.</summary>
    /// <typeparam name="TElement">An unsigned integer of the size of an element.</typeparam>
    /// <param name="source">The first element of the source.</param>
    /// <param name="target">The first element of the target.</param>
    /// <param name="rows">The dimension that is dense in the source.</param>
    /// <param name="columns">The dimension that is dense in the target.</param>
    public static void Run<TElement>(TElement* source, TElement* target, CopyDimension rows, CopyDimension columns)
        where TElement : unmanaged
    {
        long sourceStride = columns.Source;
        long targetStride = rows.Target;
        var column = 0;
        if (sizeof(TElement) == sizeof(float) && Sse.IsSupported)
        {
            for (; column + Side <= columns.Extent; column += Side)
            {
                var from = (float*)source + (column * sourceStride);
                var to = (float*)target + column;
                var row = 0;
                for (; row + Side <= rows.Extent; row += Side)
                    Square(from + row, sourceStride, to + (row * targetStride), targetStride);
                for (; row < rows.Extent; row++)
                    Line(from + row, sourceStride, to + (row * targetStride), Side);
            }
        }

        for (var row = 0; row < rows.Extent; row++)
            Line(
                source + row + (column * sourceStride),
                sourceStride,
                target + (row * targetStride) + column,
                columns.Extent - column);
    }

    private static void Line<TElement>(TElement* source, long sourceStride, TElement* target, int count)
        where TElement : unmanaged
    {
        for (var column = 0; column < count; column++)
            target[column] = source[column * sourceStride];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Square(float* source, long sourceStride, float* target, long targetStride)
    {
        var first = Vector128.Load(source);
        var second = Vector128.Load(source + sourceStride);
        var third = Vector128.Load(source + (2 * sourceStride));
        var fourth = Vector128.Load(source + (3 * sourceStride));
        var lowOfFirstTwo = Sse.UnpackLow(first, second);
        var lowOfLastTwo = Sse.UnpackLow(third, fourth);
        var highOfFirstTwo = Sse.UnpackHigh(first, second);
        var highOfLastTwo = Sse.UnpackHigh(third, fourth);
        Sse.MoveLowToHigh(lowOfFirstTwo, lowOfLastTwo).Store(target);
        Sse.MoveHighToLow(lowOfLastTwo, lowOfFirstTwo).Store(target + targetStride);
        Sse.MoveLowToHigh(highOfFirstTwo, highOfLastTwo).Store(target + (2 * targetStride));
        Sse.MoveHighToLow(highOfLastTwo, highOfFirstTwo).Store(target + (3 * targetStride));
    }
}
