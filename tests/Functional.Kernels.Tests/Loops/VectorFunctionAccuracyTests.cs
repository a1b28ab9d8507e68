using System.Numerics;
using Functional.Kernels.Loops;
using Xunit;
using static Functional.Kernels.Loops.LoopInstruction;

namespace Functional.Kernels.Tests.Loops;

/// <summary>
/// The error of vector functions in units in the last place, over random bit patterns (all magnitudes alike) and over
/// the interval where the functions bend. The reference is computed in double.
/// </summary>
public sealed unsafe class VectorFunctionAccuracyTests
{
    private const int Count = 40_000;

    [Theory]
    [InlineData(LoopUnary.Exp, 1)]
    [InlineData(LoopUnary.Expm1, 2)]
    [InlineData(LoopUnary.Log, 1)]
    [InlineData(LoopUnary.Log1p, 2)]
    [InlineData(LoopUnary.Rsqrt, 1)]
    [InlineData(LoopUnary.Tanh, 3)]
    [InlineData(LoopUnary.Sigmoid, 3)]
    [InlineData(LoopUnary.Softplus, 2)]
    [InlineData(LoopUnary.Erf, 2)]
    [InlineData(LoopUnary.Sin, 1)]
    [InlineData(LoopUnary.Cos, 1)]
    [InlineData(LoopUnary.Atan, 1)]
    [InlineData(LoopUnary.Sinh, 1)]
    public void AFunctionOfFloats_IsWithinItsBound(LoopUnary function, int bound) =>
        StaysWithin(function, bound, Arguments(), smallest: 1.2e-38f);

    [Theory]
    [InlineData(LoopUnary.Exp, 1)]
    [InlineData(LoopUnary.Expm1, 8)]
    [InlineData(LoopUnary.Log, 3)]
    [InlineData(LoopUnary.Log1p, 8)]
    [InlineData(LoopUnary.Tanh, 8)]
    [InlineData(LoopUnary.Sigmoid, 8)]
    [InlineData(LoopUnary.Softplus, 8)]
    [InlineData(LoopUnary.Erf, 8)]
    [InlineData(LoopUnary.Sin, 2)]
    [InlineData(LoopUnary.Cos, 2)]
    public void AFunctionOfDoubles_IsWithinItsBound(LoopUnary function, int bound) =>
        StaysWithin(function, bound, Doubles(), smallest: 3e-308);

    [Theory]
    [InlineData(LoopUnary.Exp)]
    [InlineData(LoopUnary.Log)]
    [InlineData(LoopUnary.Sin)]
    [InlineData(LoopUnary.Cos)]
    [InlineData(LoopUnary.Tanh)]
    public void AValue_DoesNotDependOnItsNeighbours(LoopUnary function)
    {
        var arguments = Doubles();
        var (together, alone) = (new double[Count], new double[1]);
        Run(function, 512, arguments, together);
        for (var i = 0; i < 2_000; i++)
        {
            Run(function, 512, [arguments[i]], alone);
            Assert.True(alone[0].Equals(together[i]), $"{function}({arguments[i]:R}): {alone[0]:R} alone, {together[i]:R} together");
        }
    }

    // Below the smallest number the quotient of a sigmoid may round otherwise.
    private static void StaysWithin<T>(LoopUnary function, int bound, T[] arguments, T smallest)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (var width in new[] { 512, 256, 128 })
        {
            var values = new T[Count];
            Run(function, width, arguments, values);
            for (var i = 0; i < Count; i++)
            {
                var expected = T.CreateTruncating(Reference(function, double.CreateTruncating(arguments[i])));
                var error = UnitsBetween(expected, values[i]);
                Assert.True(
                    error <= bound || (function == LoopUnary.Sigmoid && T.Abs(expected) < smallest),
                    $"{function}({arguments[i]:R}) in {width} bits: expected {expected:R}, found {values[i]:R}, {error} units apart");
            }
        }
    }

    private static double Reference(LoopUnary function, double x) => function switch
    {
        LoopUnary.Exp => Math.Exp(x),
        LoopUnary.Log => Math.Log(x),
        LoopUnary.Sin => Math.Sin(x),
        LoopUnary.Cos => Math.Cos(x),
        LoopUnary.Sigmoid => 1 / (1 + Math.Exp(-x)),
        _ => ScalarFunctions.Apply(function, x),
    };

    // Of all magnitudes, the largest too, and those around them.
    private static double[] Doubles()
    {
        var random = new Random(6);
        return [.. Arguments().Select((value, i) => (i % 5) switch
        {
            0 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
            1 => (random.NextDouble() - 0.5) * 1_500,
            2 => (random.NextDouble() - 0.5) * (1 << 26),
            _ => value * 1.0000000001,
        })];
    }

    private static float[] Arguments()
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, Count).Select(i => (i % 4) switch
        {
            0 => Below(1e6f, BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue))),
            1 => (float)((random.NextDouble() * 210) - 105),
            2 => (float)((random.NextDouble() * 10) - 5),
            _ => (float)(1 + ((random.NextDouble() - 0.5) * 0.1)),
        })];
    }

    private static float Below(float bound, float value) => Math.Abs(value) < bound ? value : bound;

    private static long UnitsBetween<T>(T expected, T found)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (expected.Equals(found) || expected == found)
            return 0;
        return T.IsNaN(expected) || T.IsNaN(found)
            ? long.MaxValue
            : (long)Int128.Min(long.MaxValue, Int128.Abs(Ordered(expected) - Ordered(found)));
    }

    // Numbers in their order, neighbours one apart.
    private static Int128 Ordered<T>(T value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long magnitude = typeof(T) == typeof(float)
            ? BitConverter.SingleToInt32Bits((float)(object)T.Abs(value))
            : BitConverter.DoubleToInt64Bits((double)(object)T.Abs(value));
        return T.IsNegative(value) ? -magnitude : magnitude;
    }

    private static void Run<T>(LoopUnary function, int width, T[] arguments, T[] values)
        where T : unmanaged
    {
        var program = new LoopProgram(
            [arguments.Length],
            [new(LoopElement.Float, [1], LoopAccess.Read), new(LoopElement.Float, [1], LoopAccess.Write)],
            [Load(0), Unary(function, 0), Store(1, 1)]);
        using var kernel = LoopKernel.Compile<T>(program, width, new LoopCodeCache());
        fixed (T* from = arguments, to = values)
        {
            var pointers = stackalloc void*[] { from, to };
            for (var part = 0; part < kernel.Parts; part++)
                kernel.Run(part, pointers);
        }
    }
}
