using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Functional.Kernels.Movement;

/// <summary>
/// Transposes: rows are dense in the source, columns in the target. Squares of 4 by 4 go through registers where the
/// CPU can interleave vectors. The caller's blocks have one cache line of rows, and columns come 32 at a time, so that
/// every line is fetched once even when strides are powers of two.
/// </summary>
internal static unsafe class TransposeBlock
{
    private const int Side = 4;
    private const int ColumnsAtATime = 32;

    /// <summary>Transposes a block whose source stride along rows and target stride along columns is 1.</summary>
    /// <typeparam name="TElement">An unsigned integer of the size of an element.</typeparam>
    /// <param name="source">The first element of the source.</param>
    /// <param name="target">The first element of the target.</param>
    /// <param name="rows">The dimension that is dense in the source.</param>
    /// <param name="columns">The dimension that is dense in the target.</param>
    public static void Run<TElement>(TElement* source, TElement* target, CopyDimension rows, CopyDimension columns)
        where TElement : unmanaged
    {
        for (var column = 0; column < columns.Extent; column += ColumnsAtATime)
        {
            var from = source + ((long)column * columns.Source);
            var count = Math.Min(ColumnsAtATime, columns.Extent - column);
            if (sizeof(TElement) == sizeof(float) && Sse.IsSupported)
                Squares((float*)from, columns.Source, (float*)(target + column), rows, count);
            else
                Lines(from, columns.Source, target + column, rows.Target, rows.Extent, count);
        }
    }

    private static void Squares(float* source, long sourceStride, float* target, CopyDimension rows, int columns)
    {
        long targetStride = rows.Target;
        var wholeRows = rows.Extent / Side * Side;
        var wholeColumns = columns / Side * Side;
        for (var row = 0; row < wholeRows; row += Side)
        {
            for (var column = 0; column < wholeColumns; column += Side)
            {
                Square(
                    source + row + (column * sourceStride),
                    sourceStride,
                    target + (row * targetStride) + column,
                    targetStride);
            }
        }

        var right = source + (wholeColumns * sourceStride);
        Lines(right, sourceStride, target + wholeColumns, targetStride, wholeRows, columns - wholeColumns);
        var below = target + (wholeRows * targetStride);
        Lines(source + wholeRows, sourceStride, below, targetStride, rows.Extent - wholeRows, columns);
    }

    private static void Lines<TElement>(
        TElement* source, long sourceStride, TElement* target, long targetStride, int rows, int columns)
        where TElement : unmanaged
    {
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                target[(row * targetStride) + column] = source[row + (column * sourceStride)];
        }
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
