using System.Numerics;

namespace Functional.Kernels.Loops;

/// <summary>Moves tiles between operands and registers without changing values.</summary>
internal static unsafe class TileMovement
{
    /// <summary>Reads a tile of an operand; Bool becomes 0 or 1.</summary>
    public static void Load<T>(LoopElement element, byte* source, long strideInBytes, byte* result, int count)
        where T : unmanaged
    {
        if (element == LoopElement.Float)
            Copy<T>(source, strideInBytes, result, sizeof(T), count);
        else if (element == LoopElement.Int32)
            Copy<int>(source, strideInBytes, result, sizeof(int), count);
        else
        {
            for (long i = 0; i < count; i++)
                result[i] = source[i * strideInBytes] != 0 ? (byte)1 : (byte)0;
        }
    }

    /// <summary>Writes a tile to an operand.</summary>
    public static void Store<T>(LoopElement element, byte* source, byte* target, long strideInBytes, int count)
        where T : unmanaged
    {
        if (element == LoopElement.Float)
            Copy<T>(source, sizeof(T), target, strideInBytes, count);
        else if (element == LoopElement.Int32)
            Copy<int>(source, sizeof(int), target, strideInBytes, count);
        else
            Copy<byte>(source, 1, target, strideInBytes, count);
    }

    /// <summary>Writes one value of a register.</summary>
    public static void Constant<T>(LoopElement element, double value, byte* result)
        where T : unmanaged, INumber<T>
    {
        if (element == LoopElement.Float)
            *(T*)result = T.CreateTruncating(value);
        else if (element == LoopElement.Int32)
            *(int*)result = (int)value;
        else
            *result = value != 0 ? (byte)1 : (byte)0;
    }

    /// <summary>Repeats one value.</summary>
    public static void Fill<T>(LoopElement element, byte* value, byte* result, int count)
        where T : unmanaged
    {
        if (element == LoopElement.Float)
            new Span<T>(result, count).Fill(*(T*)value);
        else if (element == LoopElement.Int32)
            new Span<int>(result, count).Fill(*(int*)value);
        else
            new Span<byte>(result, count).Fill(*value);
    }

    /// <summary>Chooses between two registers.</summary>
    public static void Select<T>(
        LoopElement element, byte* condition, byte* whenTrue, byte* whenFalse, byte* result, int count)
        where T : unmanaged
    {
        if (element == LoopElement.Float)
            Select(condition, (T*)whenTrue, (T*)whenFalse, (T*)result, count);
        else if (element == LoopElement.Int32)
            Select(condition, (int*)whenTrue, (int*)whenFalse, (int*)result, count);
        else
            Select(condition, whenTrue, whenFalse, result, count);
    }

    private static void Select<TElement>(
        byte* condition, TElement* whenTrue, TElement* whenFalse, TElement* result, int count)
        where TElement : unmanaged
    {
        for (var i = 0; i < count; i++)
            result[i] = condition[i] != 0 ? whenTrue[i] : whenFalse[i];
    }

    private static void Copy<TElement>(byte* source, long sourceStride, byte* target, long targetStride, int count)
        where TElement : unmanaged
    {
        if (sourceStride == sizeof(TElement) && targetStride == sizeof(TElement))
        {
            new Span<TElement>(source, count).CopyTo(new Span<TElement>(target, count));
            return;
        }

        for (long i = 0; i < count; i++)
            *(TElement*)(target + (i * targetStride)) = *(TElement*)(source + (i * sourceStride));
    }
}
