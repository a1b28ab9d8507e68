using System.Numerics;
using System.Numerics.Tensors;

namespace Functional.Kernels.Loops;

/// <summary>Applies functions of two arguments to tiles.</summary>
internal static unsafe class TileBinary
{
    /// <summary>Applies a function to two tiles.</summary>
    public static void Run<T>(
        LoopBinary function, LoopElement element, byte* left, byte* right, byte* result, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (element == LoopElement.Float)
            RunFloat(
                function,
                new ReadOnlySpan<T>(left, count),
                new ReadOnlySpan<T>(right, count),
                new Span<T>(result, count));
        else if (element == LoopElement.Int32)
            RunInteger(
                function,
                new ReadOnlySpan<int>(left, count),
                new ReadOnlySpan<int>(right, count),
                new Span<int>(result, count));
        else
            RunBool(
                function,
                new ReadOnlySpan<byte>(left, count),
                new ReadOnlySpan<byte>(right, count),
                new Span<byte>(result, count));
    }

    private static void RunFloat<T>(LoopBinary function, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> result)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (function)
        {
            case LoopBinary.Add:
                TensorPrimitives.Add(x, y, result);
                break;
            case LoopBinary.Subtract:
                TensorPrimitives.Subtract(x, y, result);
                break;
            case LoopBinary.Multiply:
                TensorPrimitives.Multiply(x, y, result);
                break;
            case LoopBinary.Divide:
                TensorPrimitives.Divide(x, y, result);
                break;
            case LoopBinary.Maximum:
                TensorPrimitives.Max(x, y, result);
                break;
            case LoopBinary.Minimum:
                TensorPrimitives.Min(x, y, result);
                break;
            default:
                for (var i = 0; i < x.Length; i++)
                    result[i] = ScalarFunctions.Apply(function, x[i], y[i]);
                break;
        }
    }

    private static void RunInteger(LoopBinary function, ReadOnlySpan<int> x, ReadOnlySpan<int> y, Span<int> result)
    {
        switch (function)
        {
            case LoopBinary.Add:
                TensorPrimitives.Add(x, y, result);
                break;
            case LoopBinary.Subtract:
                TensorPrimitives.Subtract(x, y, result);
                break;
            case LoopBinary.Multiply:
                TensorPrimitives.Multiply(x, y, result);
                break;
            case LoopBinary.Maximum:
                TensorPrimitives.Max(x, y, result);
                break;
            case LoopBinary.Minimum:
                TensorPrimitives.Min(x, y, result);
                break;
            default:
                for (var i = 0; i < x.Length; i++)
                    result[i] = ScalarFunctions.Apply(function, x[i], y[i]);
                break;
        }
    }

    private static void RunBool(LoopBinary function, ReadOnlySpan<byte> x, ReadOnlySpan<byte> y, Span<byte> result)
    {
        switch (function)
        {
            case LoopBinary.And:
                TensorPrimitives.BitwiseAnd(x, y, result);
                break;
            case LoopBinary.Or:
                TensorPrimitives.BitwiseOr(x, y, result);
                break;
            default:
                TensorPrimitives.Xor(x, y, result);
                break;
        }
    }
}
