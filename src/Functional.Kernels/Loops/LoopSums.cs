using System.Numerics;

namespace Functional.Kernels.Loops;

/// <summary>Puts sums of floating-point numbers together, as doubles: of a part's blocks, and of the parts.</summary>
internal static unsafe class LoopSums
{
    private const int ElementsAtOnce = 256;

    /// <summary>Fills what a part adds up in with zeros.</summary>
    public static void Clear(LoopSumBlocks blocks, int bytesOfFloat, byte* block, byte* totals)
    {
        new Span<byte>(block, checked((int)(blocks.Elements * bytesOfFloat))).Clear();
        new Span<double>(totals, checked((int)blocks.TotalElements)).Clear();
    }

    /// <summary>Adds a block to the sums of blocks and clears it. Where a part writes to the operand, it writes sums that
    /// are complete.</summary>
    /// <param name="accumulator">The Accumulate.</param>
    /// <param name="bytesOfFloat">The size of its elements.</param>
    /// <param name="part">The rows and columns of the part.</param>
    /// <param name="lastRow">The last row of the block.</param>
    /// <param name="block">The block.</param>
    /// <param name="totals">The sums of blocks.</param>
    /// <param name="target">The operand.</param>
    public static void PutAside(
        LoopAccumulator accumulator, int bytesOfFloat, LoopPart part, long lastRow, byte* block, double* totals, byte* target)
    {
        if (bytesOfFloat == sizeof(float))
            PutAside(accumulator, part, lastRow, (float*)block, totals, (float*)target);
        else
            PutAside(accumulator, part, lastRow, (double*)block, totals, (double*)target);
    }

    /// <summary>Adds up the arrays of all parts and writes the operand.</summary>
    public static void Combine(LoopAccumulator accumulator, LoopPreparation preparation, byte* arrays, byte* target)
    {
        if (preparation.BytesOfFloat == sizeof(float))
            Combine(accumulator, preparation, arrays, (float*)target);
        else
            Combine(accumulator, preparation, arrays, (double*)target);
    }

    private static void PutAside<T>(
        LoopAccumulator accumulator, LoopPart part, long lastRow, T* block, double* totals, T* target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var blocks = accumulator.Blocks!;
        var offset = blocks.OffsetOf(lastRow, blocks.TotalStrides, blocks.Summed);
        WideSums<T>.Move(block, totals + offset, blocks.Elements);
        if (!accumulator.IsDirect || (lastRow + 1) % blocks.RowsOfTotal != 0)
            return;
        target += blocks.OffsetOf(lastRow, accumulator.OperandStrides, blocks.First);
        var isPerColumn = accumulator.OperandStrides[^1] != 0;
        Write(
            accumulator,
            blocks.First + 1,
            totals,
            target + ((long)part.FirstColumn * accumulator.OperandStrides[^1]),
            isPerColumn ? part.Columns : 1);
        new Span<double>(totals, (int)blocks.TotalElements).Clear();
    }

    private static void Write<T>(LoopAccumulator accumulator, int dimension, double* totals, T* target, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var blocks = accumulator.Blocks!;
        long stride = accumulator.OperandStrides[dimension];
        if (dimension == blocks.Kept.Length - 1)
        {
            WideSums<T>.Round(totals, target, stride, columns);
            return;
        }

        for (long position = 0; position < blocks.Kept[dimension]; position++)
        {
            var from = totals + (position * blocks.TotalStrides[dimension]);
            Write(accumulator, dimension + 1, from, target + (position * stride), columns);
        }
    }

    private static void Combine<T>(LoopAccumulator accumulator, LoopPreparation preparation, byte* arrays, T* target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var extents = accumulator.KeptExtents;
        var last = extents.Length - 1;
        var rows = accumulator.Elements / extents[last];
        long stride = accumulator.OperandStrides[last];
        var sums = stackalloc double[ElementsAtOnce];
        for (var row = 0L; row < rows; row++)
        {
            var remaining = row;
            var offset = 0L;
            for (var dimension = last - 1; dimension >= 0; dimension--)
            {
                offset += remaining % extents[dimension] * accumulator.OperandStrides[dimension];
                remaining /= extents[dimension];
            }

            for (var column = 0; column < extents[last]; column += ElementsAtOnce)
            {
                var count = Math.Min(ElementsAtOnce, extents[last] - column);
                AddParts<T>(accumulator, preparation, arrays, (row * extents[last]) + column, sums, count);
                WideSums<T>.Round(sums, target + offset + (column * stride), stride, count);
            }
        }
    }

    private static void AddParts<T>(
        LoopAccumulator accumulator, LoopPreparation preparation, byte* arrays, long first, double* sums, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        new Span<double>(sums, count).Clear();
        for (var part = 0; part < preparation.Partition.Parts; part++, arrays += preparation.BytesOfPart)
        {
            if (accumulator.Blocks is null)
                WideSums<T>.Add((T*)arrays + first, sums, count);
            else
                WideSums<double>.Add((double*)arrays + first, sums, count);
        }
    }
}
