using System.Numerics;
using System.Numerics.Tensors;

namespace Functional.Kernels.Loops;

/// <summary>Applies functions of one argument to tiles.</summary>
internal static unsafe class TileUnary
{
    /// <summary>Applies a function to a tile.</summary>
    public static void Run<T>(LoopUnary function, LoopElement element, byte* source, byte* result, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (element == LoopElement.Float)
            RunFloat(function, (T*)source, result, count);
        else if (element == LoopElement.Int32)
            RunInteger(function, new ReadOnlySpan<int>(source, count), new Span<int>(result, count));
        else
        {
            for (var i = 0; i < count; i++)
                result[i] = (byte)(source[i] ^ 1);
        }
    }

    private static void RunInteger(LoopUnary function, ReadOnlySpan<int> source, Span<int> result)
    {
        for (var i = 0; i < source.Length; i++)
        {
            var value = source[i];
            result[i] = function switch
            {
                LoopUnary.Negate => unchecked(-value),
                LoopUnary.Abs => value < 0 ? unchecked(-value) : value,
                _ => Math.Sign(value),
            };
        }
    }

    private static void RunFloat<T>(LoopUnary function, T* source, byte* destination, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var x = new ReadOnlySpan<T>(source, count);
        if (function is LoopUnary.IsNaN or LoopUnary.IsFinite)
        {
            for (var i = 0; i < x.Length; i++)
                destination[i] = (function == LoopUnary.IsNaN ? T.IsNaN(x[i]) : T.IsFinite(x[i])) ? (byte)1 : (byte)0;
            return;
        }

        var result = new Span<T>(destination, x.Length);
        switch (function)
        {
            case LoopUnary.Negate:
                TensorPrimitives.Negate(x, result);
                break;
            case LoopUnary.Abs:
                TensorPrimitives.Abs(x, result);
                break;
            case LoopUnary.Sign:
                TileVectors.Apply<TileFunctions.Sign, T>(source, (T*)destination, count);
                break;
            case LoopUnary.Exp:
                TileVectors.Apply<TileFunctions.Exp, T>(source, (T*)destination, count);
                break;
            case LoopUnary.Expm1:
                TileVectors.Apply<TileFunctions.Expm1, T>(source, (T*)destination, count);
                break;
            case LoopUnary.Log:
                TileVectors.Apply<TileFunctions.Log, T>(source, (T*)destination, count);
                break;
            case LoopUnary.Log1p:
                TileVectors.Apply<TileFunctions.Log1p, T>(source, (T*)destination, count);
                break;
            case LoopUnary.Rsqrt:
                TileVectors.Apply<TileFunctions.Rsqrt, T>(source, (T*)destination, count);
                break;
            case LoopUnary.Tanh:
                TileVectors.Apply<TileFunctions.Tanh, T>(source, (T*)destination, count);
                break;
            case LoopUnary.Sigmoid:
                TileVectors.Apply<TileFunctions.Sigmoid, T>(source, (T*)destination, count);
                break;
            case LoopUnary.Softplus:
                TileVectors.Apply<TileFunctions.Softplus, T>(source, (T*)destination, count);
                break;
            case LoopUnary.Erf:
                TileVectors.Apply<TileFunctions.Erf, T>(source, (T*)destination, count);
                break;
            case LoopUnary.Sqrt:
                TensorPrimitives.Sqrt(x, result);
                break;
            case LoopUnary.Sin:
                TileVectors.Apply<TileFunctions.Sin, T>(source, (T*)destination, count);
                break;
            case LoopUnary.Cos:
                TileVectors.Apply<TileFunctions.Cos, T>(source, (T*)destination, count);
                break;
            case LoopUnary.Floor:
                TensorPrimitives.Floor(x, result);
                break;
            case LoopUnary.Ceiling:
                TensorPrimitives.Ceiling(x, result);
                break;
            case LoopUnary.Round:
                TensorPrimitives.Round(x, result);
                break;
            default:
                for (var i = 0; i < x.Length; i++)
                    result[i] = ScalarFunctions.Apply(function, x[i]);
                break;
        }
    }
}
