using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace Functional.Kernels.Loops;

/// <summary>Combines the values of a tile into one, or into an operand.</summary>
internal static unsafe class TileReduction
{
    /// <summary>Starts a Reduce with its neutral element.</summary>
    public static void Clear<T>(TileStep step, byte* result)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (step.Element == LoopElement.Float)
            (((T*)result)[0], ((T*)result)[1]) = (LoopCombination.FloatNeutral<T>(step.Instruction.Reduction), T.Zero);
        else
            *(int*)result = LoopCombination.IntegerNeutral(step.Instruction.Reduction);
    }

    /// <summary>Combines a tile into the value of a Reduce. A sum has beside it what rounding has taken from it.</summary>
    public static void Reduce<T>(LoopReduction reduction, LoopElement element, byte* source, byte* result, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (element == LoopElement.Float && reduction == LoopReduction.Sum)
            AddExactly((T*)result, Sum((T*)source, count));
        else if (element == LoopElement.Float)
            Reduce(reduction, (T*)source, (T*)result, count);
        else
            Reduce(reduction, (int*)source, (int*)result, count);
    }

    /// <summary>Gives a sum back what rounding has taken from it.</summary>
    public static void Finish<T>(TileStep step, byte* result)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (step.Element != LoopElement.Float || step.Instruction.Reduction != LoopReduction.Sum)
            return;
        var total = ((T*)result)[0] + ((T*)result)[1];

        // What is lost of an infinite sum is no number.
        if (!T.IsNaN(total))
            *(T*)result = total;
    }

    /// <summary>Combines a tile into the elements of an operand.</summary>
    public static void Accumulate<T>(
        LoopReduction reduction, LoopElement element, byte* source, byte* target, long strideInBytes, int count)
        where T : unmanaged, INumber<T>
    {
        if (element == LoopElement.Float)
            Accumulate(reduction, (T*)source, target, strideInBytes, count);
        else
            Accumulate(reduction, (int*)source, target, strideInBytes, count);
    }

    /// <summary>Knuth, The Art of Computer Programming 2, 4.2.2, theorem B.</summary>
    private static void AddExactly<T>(T* pair, T value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var before = pair[0];
        var sum = before + value;
        var share = sum - before;
        pair[0] = sum;
        pair[1] += (before - (sum - share)) + (value - share);
    }

    /// <summary>The sum of a tile in an order that does not depend on the width of vectors: four sums of 64 bytes of lanes,
    /// which are combined in pairs.</summary>
    private static T Sum<T>(T* values, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector512<T> a = Vector512<T>.Zero, b = a, c = a, d = a;
        var lanes = Vector512<T>.Count;
        var i = 0;
        for (; i <= count - (4 * lanes); i += 4 * lanes)
        {
            a += Vector512.Load(values + i);
            b += Vector512.Load(values + i + lanes);
            c += Vector512.Load(values + i + (2 * lanes));
            d += Vector512.Load(values + i + (3 * lanes));
        }

        for (; i <= count - lanes; i += lanes)
            a += Vector512.Load(values + i);
        var sums = stackalloc T[lanes];
        ((a + c) + (b + d)).Store(sums);
        for (var lane = 0; i < count; i++, lane++)
            sums[lane] += values[i];
        for (var width = lanes / 2; width > 0; width /= 2)
        {
            for (var lane = 0; lane < width; lane++)
                sums[lane] += sums[lane + width];
        }

        return sums[0];
    }

    private static void Reduce<TElement>(LoopReduction reduction, TElement* source, TElement* result, int count)
        where TElement : unmanaged, INumber<TElement>
    {
        var values = new ReadOnlySpan<TElement>(source, count);
        var combined = reduction switch
        {
            LoopReduction.Sum => TensorPrimitives.Sum(values),
            LoopReduction.Maximum or LoopReduction.MaximumNumber => TensorPrimitives.Max(values),
            LoopReduction.Minimum => TensorPrimitives.Min(values),
            _ => TensorPrimitives.Product(values),
        };
        *result = LoopCombination.Step(reduction, *result, combined);
    }

    private static void Accumulate<TElement>(
        LoopReduction reduction, TElement* source, byte* target, long strideInBytes, int count)
        where TElement : unmanaged, INumber<TElement>
    {
        if (strideInBytes != sizeof(TElement))
        {
            for (long i = 0; i < count; i++)
            {
                var element = (TElement*)(target + (i * strideInBytes));
                *element = LoopCombination.Step(reduction, *element, source[i]);
            }

            return;
        }

        var values = new ReadOnlySpan<TElement>(source, count);
        var gathered = new Span<TElement>(target, count);
        switch (reduction)
        {
            case LoopReduction.Sum:
                TensorPrimitives.Add(gathered, values, gathered);
                break;
            case LoopReduction.Maximum or LoopReduction.MaximumNumber:
                TensorPrimitives.Max(gathered, values, gathered);
                break;
            case LoopReduction.Minimum:
                TensorPrimitives.Min(gathered, values, gathered);
                break;
            default:
                TensorPrimitives.Multiply(gathered, values, gathered);
                break;
        }
    }
}
