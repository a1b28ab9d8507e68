using System.Numerics;
using System.Numerics.Tensors;

namespace Functional.Kernels.Loops;

/// <summary>Combines the values of a tile into one, or into an operand.</summary>
internal static unsafe class TileReduction
{
    /// <summary>Starts a Reduce with its neutral element.</summary>
    public static void Clear<T>(TileStep step, byte* result)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (step.Element == LoopElement.Float)
            *(T*)result = LoopCombination.FloatNeutral<T>(step.Instruction.Reduction);
        else
            *(int*)result = LoopCombination.IntegerNeutral(step.Instruction.Reduction);
    }

    /// <summary>Combines a tile into the value of a Reduce.</summary>
    public static void Reduce<T>(LoopReduction reduction, LoopElement element, byte* source, byte* result, int count)
        where T : unmanaged, INumber<T>
    {
        if (element == LoopElement.Float)
            Reduce(reduction, (T*)source, (T*)result, count);
        else
            Reduce(reduction, (int*)source, (int*)result, count);
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
