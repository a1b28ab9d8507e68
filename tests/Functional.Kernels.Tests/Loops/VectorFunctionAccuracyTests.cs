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
    public void AFunctionOfFloats_IsWithinItsBound(LoopUnary function, int bound)
    {
        foreach (var width in new[] { 512, 256, 128 })
        {
            var arguments = Arguments();
            var values = new float[Count];
            Run(function, width, arguments, values);
            for (var i = 0; i < Count; i++)
            {
                var expected = Reference(function, arguments[i]);
                var error = UnitsBetween((float)expected, values[i]);
                Assert.True(
                    error <= bound || Math.Abs(expected) < 1.2e-38 && function == LoopUnary.Sigmoid,
                    $"{function}({arguments[i]:R}) in {width} bits: "
                    + $"expected {(float)expected:R}, found {values[i]:R}, {error} units apart");
            }
        }
    }

    [Theory]
    [InlineData(LoopUnary.Exp)]
    [InlineData(LoopUnary.Expm1)]
    [InlineData(LoopUnary.Log)]
    [InlineData(LoopUnary.Log1p)]
    [InlineData(LoopUnary.Tanh)]
    [InlineData(LoopUnary.Sigmoid)]
    [InlineData(LoopUnary.Softplus)]
    [InlineData(LoopUnary.Erf)]
    public void AFunctionOfDoubles_IsWithinEightUnits(LoopUnary function)
    {
        var arguments = Arguments().Select(value => value * 1.0000000001).ToArray();
        var values = new double[Count];
        Run(function, 512, arguments, values);
        for (var i = 0; i < Count; i++)
        {
            var expected = Reference(function, arguments[i]);
            Assert.True(
                expected.Equals(values[i])
                    || Math.Abs(expected - values[i]) <= (8 * 2.3e-16 * Math.Abs(expected)) + double.Epsilon
                || (function == LoopUnary.Sigmoid && Math.Abs(expected) < 3e-308),
                $"{function}({arguments[i]:R}): expected {expected:R}, found {values[i]:R}");
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

    private static long UnitsBetween(float expected, float found)
    {
        if (expected.Equals(found) || expected == found)
            return 0;
        return float.IsNaN(expected) || float.IsNaN(found)
            ? long.MaxValue
            : Math.Abs(Ordered(expected) - Ordered(found));
    }

    private static long Ordered(float value)
    {
        var bits = BitConverter.SingleToInt32Bits(value);
        return bits < 0 ? (long)int.MinValue - bits : bits;
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
