using System.Numerics;

namespace Functional.Kernels.Loops;

/// <summary>Converts tiles from one element type to another.</summary>
internal static unsafe class TileCast
{
    /// <summary>Converts a tile.</summary>
    public static void Run<T>(LoopElement from, LoopElement to, byte* source, byte* result, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (from)
        {
            case LoopElement.Float:
                Convert<T, T>(to, (T*)source, result, count);
                break;
            case LoopElement.Int32:
                Convert<int, T>(to, (int*)source, result, count);
                break;
            default:
                Convert<byte, T>(to, source, result, count);
                break;
        }
    }

    private static void Convert<TFrom, T>(LoopElement to, TFrom* source, byte* result, int count)
        where TFrom : unmanaged, INumber<TFrom>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (to == LoopElement.Bool)
        {
            for (var i = 0; i < count; i++)
                result[i] = source[i] != TFrom.Zero ? (byte)1 : (byte)0;
        }
        else if (to == LoopElement.Int32)
        {
            for (var i = 0; i < count; i++)
                ((int*)result)[i] = int.CreateSaturating(source[i]);
        }
        else
        {
            for (var i = 0; i < count; i++)
                ((T*)result)[i] = T.CreateTruncating(source[i]);
        }
    }
}
