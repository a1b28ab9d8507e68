using System.Numerics;
using System.Runtime.CompilerServices;

namespace Functional.Kernels.Loops;

/// <summary>Prepares the memory that parts accumulate into, and combines the arrays of the parts in their
/// order.</summary>
internal static unsafe class LoopCombination
{
    /// <summary>Fills what a part accumulates into with the neutral element.</summary>
    public static void Clear(LoopAccumulator accumulator, LoopPreparation preparation, LoopPart block, byte* target)
    {
        if (accumulator.Element == LoopElement.Int32)
            Clear(accumulator, preparation, block, (int*)target, IntegerNeutral(accumulator.Reduction));
        else if (preparation.BytesOfFloat == sizeof(float))
            Clear(accumulator, preparation, block, (float*)target, FloatNeutral<float>(accumulator.Reduction));
        else
            Clear(accumulator, preparation, block, (double*)target, FloatNeutral<double>(accumulator.Reduction));
    }

    /// <summary>Combines the arrays of all parts and writes the operand.</summary>
    public static void Combine(LoopAccumulator accumulator, LoopPreparation preparation, byte* arrays, byte* target)
    {
        if (accumulator is { Element: LoopElement.Float, Reduction: LoopReduction.Sum })
        {
            LoopSums.Combine(accumulator, preparation, arrays, target);
            return;
        }

        var bytesBetween = preparation.BytesOfPart;
        var parts = preparation.Partition.Parts;
        for (var part = 0; part < parts; part++, arrays += bytesBetween)
        {
            if (accumulator.Element == LoopElement.Int32)
                Combine(accumulator, part == 0, (int*)arrays, (int*)target);
            else if (preparation.BytesOfFloat == sizeof(float))
                Combine(accumulator, part == 0, (float*)arrays, (float*)target);
            else
                Combine(accumulator, part == 0, (double*)arrays, (double*)target);
        }
    }

    /// <summary>The neutral element of an Int32 reduction.</summary>
    public static int IntegerNeutral(LoopReduction reduction) => reduction switch
    {
        LoopReduction.Sum => 0,
        LoopReduction.Maximum or LoopReduction.MaximumNumber => int.MinValue,
        LoopReduction.Minimum => int.MaxValue,
        _ => 1,
    };

    /// <summary>The neutral element of a floating-point reduction.</summary>
    public static T FloatNeutral<T>(LoopReduction reduction)
        where T : IFloatingPointIeee754<T> => reduction switch
        {
            LoopReduction.Sum => T.Zero,
            LoopReduction.Maximum or LoopReduction.MaximumNumber => T.NegativeInfinity,
            LoopReduction.Minimum => T.PositiveInfinity,
            _ => T.One,
        };

    /// <summary>One step of a reduction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Step<T>(LoopReduction reduction, T left, T right)
        where T : INumber<T> => reduction switch
        {
            LoopReduction.Sum => left + right,
            LoopReduction.Maximum or LoopReduction.MaximumNumber => T.Max(left, right),
            LoopReduction.Minimum => T.Min(left, right),
            _ => left * right,
        };

    private static void Clear<T>(
        LoopAccumulator accumulator, LoopPreparation preparation, LoopPart block, T* target, T neutral)
        where T : unmanaged
    {
        if (!accumulator.IsDirect)
        {
            new Span<T>(target, checked((int)accumulator.Elements)).Fill(neutral);
            return;
        }

        var last = accumulator.KeptExtents.Length - 1;
        var from = stackalloc int[last + 1];
        var to = stackalloc int[last + 1];
        for (var dimension = 0; dimension <= last; dimension++)
            (from[dimension], to[dimension]) = (0, accumulator.KeptExtents[dimension]);
        if (preparation.Partition.KeepsFirstDimension)
        {
            var rowsOfFirst = preparation.Program.Rows / preparation.Program.Extents[0];
            from[0] = (int)(block.FirstRow / rowsOfFirst);
            to[0] = (int)((block.FirstRow + block.Rows) / rowsOfFirst);
        }

        if (accumulator.OperandStrides[last] != 0)
            (from[last], to[last]) = (block.FirstColumn, block.FirstColumn + block.Columns);
        Clear(accumulator, 0, from, to, target, neutral);
    }

    private static void Clear<T>(LoopAccumulator accumulator, int dimension, int* from, int* to, T* target, T neutral)
        where T : unmanaged
    {
        var stride = accumulator.OperandStrides[dimension];
        var isLast = dimension == accumulator.KeptExtents.Length - 1;
        if (isLast && stride == 1)
        {
            new Span<T>(target + from[dimension], to[dimension] - from[dimension]).Fill(neutral);
            return;
        }

        for (long position = from[dimension]; position < to[dimension]; position++)
        {
            if (isLast)
                target[position * stride] = neutral;
            else
                Clear(accumulator, dimension + 1, from, to, target + (position * stride), neutral);
        }
    }

    private static void Combine<T>(LoopAccumulator accumulator, bool isFirst, T* array, T* target)
        where T : unmanaged, INumber<T>
    {
        var extents = accumulator.KeptExtents;
        var last = extents.Length - 1;
        var blocks = accumulator.Elements / extents[last];
        for (var block = 0L; block < blocks; block++)
        {
            var remaining = block;
            var offset = 0L;
            for (var dimension = last - 1; dimension >= 0; dimension--)
            {
                offset += remaining % extents[dimension] * accumulator.OperandStrides[dimension];
                remaining /= extents[dimension];
            }

            CombineRow(accumulator, isFirst, array + (block * extents[last]), target + offset, extents[last]);
        }
    }

    private static void CombineRow<T>(LoopAccumulator accumulator, bool isFirst, T* array, T* target, int count)
        where T : unmanaged, INumber<T>
    {
        long stride = accumulator.OperandStrides[^1];
        for (long i = 0; i < count; i++)
            target[i * stride] = isFirst ? array[i] : Step(accumulator.Reduction, target[i * stride], array[i]);
    }
}
