using System.Numerics;
using MathNet.Numerics;

namespace Functional.Kernels.Loops;

/// <summary>
/// Functions that have no vector form here, one value at a time. Float values are computed in double and rounded once.
/// </summary>
internal static class ScalarFunctions
{
    /// <summary>Applies a function of one argument.</summary>
    /// <typeparam name="T">The floating-point type.</typeparam>
    /// <param name="function">The function.</param>
    /// <param name="x">The argument.</param>
    /// <returns>The value.</returns>
    public static T Apply<T>(LoopUnary function, T x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            T.CreateTruncating(Apply(function, double.CreateTruncating(x)));

    /// <summary>Applies a function of two arguments.</summary>
    /// <typeparam name="T">The floating-point type.</typeparam>
    /// <param name="function">The function.</param>
    /// <param name="x">The first argument.</param>
    /// <param name="y">The second argument.</param>
    /// <returns>The value.</returns>
    public static T Apply<T>(LoopBinary function, T x, T y)
        where T : unmanaged, IFloatingPointIeee754<T> => function switch
        {
            LoopBinary.Power => T.CreateTruncating(Math.Pow(double.CreateTruncating(x), double.CreateTruncating(y))),
            LoopBinary.Atan2 => T.CreateTruncating(Math.Atan2(double.CreateTruncating(x), double.CreateTruncating(y))),
            LoopBinary.Remainder => Remainder(x, y),
            _ => FloorDivide(x, y),
        };

    /// <summary>Applies a function of two integers.</summary>
    /// <param name="function">Divide, Remainder or FloorDivide.</param>
    /// <param name="x">The first argument.</param>
    /// <param name="y">The second argument.</param>
    /// <returns>The value; 0 if y is 0.</returns>
    public static int Apply(LoopBinary function, int x, int y)
    {
        if (y == 0)
            return 0;
        if (y == -1)
            return function == LoopBinary.Remainder ? 0 : unchecked(-x);
        var quotient = x / y;
        var rest = x - (quotient * y);
        var isInexactAndNegative = rest != 0 && (rest ^ y) < 0;
        return function switch
        {
            LoopBinary.Divide => quotient,
            LoopBinary.Remainder => isInexactAndNegative ? rest + y : rest,
            _ => isInexactAndNegative ? quotient - 1 : quotient,
        };
    }

    private static double Apply(LoopUnary function, double x) => function switch
    {
        LoopUnary.Sign => double.IsNaN(x) || x == 0 ? x : Math.CopySign(1, x),
        LoopUnary.Expm1 => Expm1(x),
        LoopUnary.Log1p => Log1p(x),
        LoopUnary.Rsqrt => 1 / Math.Sqrt(x),
        LoopUnary.Softplus => Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x))),
        LoopUnary.Tanh => Math.Tanh(x),
        LoopUnary.Erf => SpecialFunctions.Erf(x),
        LoopUnary.Tan => Math.Tan(x),
        LoopUnary.Asin => Math.Asin(x),
        LoopUnary.Acos => Math.Acos(x),
        LoopUnary.Atan => Math.Atan(x),
        LoopUnary.Sinh => Math.Sinh(x),
        LoopUnary.Cosh => Math.Cosh(x),
        LoopUnary.Asinh => Math.Asinh(x),
        LoopUnary.Acosh => Math.Acosh(x),
        LoopUnary.Atanh => Math.Atanh(x),
        _ => throw new InvalidOperationException($"Bug in Functional: {function} has a vector form. Please report it."),
    };

    /// <summary>e^x - 1. The rounding error of e^x is divided out: Higham, Accuracy and Stability, section
    /// 1.14.1.</summary>
    private static double Expm1(double x)
    {
        var power = Math.Exp(x);
        if (power == 1)
            return x;
        var difference = power - 1;
        return difference == -1 || double.IsInfinity(power) ? difference : difference * (x / Math.Log(power));
    }

    /// <summary>log(1 + x) by the same device.</summary>
    private static double Log1p(double x)
    {
        var sum = 1 + x;
        return sum == 1 || double.IsPositiveInfinity(sum) ? x : Math.Log(sum) * (x / (sum - 1));
    }

    private static T Remainder<T>(T x, T y)
        where T : IFloatingPointIeee754<T>
    {
        var rest = x % y;
        if (rest == T.Zero)
            return T.CopySign(T.Zero, y);
        return T.IsNegative(rest) != T.IsNegative(y) ? rest + y : rest;
    }

    private static T FloorDivide<T>(T x, T y)
        where T : IFloatingPointIeee754<T>
    {
        if (y == T.Zero)
            return x / y;
        var rest = x % y;
        var quotient = (x - rest) / y;
        if (rest != T.Zero && T.IsNegative(rest) != T.IsNegative(y))
            quotient -= T.One;
        if (quotient == T.Zero)
            return T.CopySign(T.Zero, x / y);
        var floor = T.Floor(quotient);
        return quotient - floor > T.CreateTruncating(0.5) ? floor + T.One : floor;
    }
}
