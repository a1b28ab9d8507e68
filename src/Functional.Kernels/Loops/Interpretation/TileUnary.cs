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
            RunFloat(function, new ReadOnlySpan<T>(source, count), result);
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

    private static void RunFloat<T>(LoopUnary function, ReadOnlySpan<T> x, byte* destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
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
            case LoopUnary.Exp:
                TensorPrimitives.Exp(x, result);
                break;
            case LoopUnary.Log:
                TensorPrimitives.Log(x, result);
                break;
            case LoopUnary.Sqrt:
                TensorPrimitives.Sqrt(x, result);
                break;
            case LoopUnary.Sigmoid:
                TensorPrimitives.Sigmoid(x, result);
                break;
            case LoopUnary.Sin:
                TensorPrimitives.Sin(x, result);
                break;
            case LoopUnary.Cos:
                TensorPrimitives.Cos(x, result);
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
