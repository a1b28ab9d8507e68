using System.Numerics;
using Functional.Kernels.Loops;
using Xunit;

namespace Functional.Kernels.Tests.Loops;

/// <summary>Compares what a kernel leaves in memory with what the reference does.</summary>
internal static class LoopAgreement
{
    /// <summary>
    /// Checks every element of every operand. How badly a program is conditioned is measured: it is how far a run in T
    /// and a run in double lie apart.
    /// </summary>
    public static void Check<T>(LoopProgram program, LoopKernel kernel, int seed, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var memory = LoopMemory<T>.Make(program, (operand, count) => RandomLoop.Values(operand, count, seed));
        var expected = memory.Reference();
        var precise = new ReferenceLoop<double>(program, memory.Values, memory.Origins).Run();
        var actual = memory.Run(kernel);
        for (var operand = 0; operand < expected.Length; operand++)
        {
            for (var place = 0; place < expected[operand].Length; place++)
            {
                var (wanted, found) = (expected[operand][place], actual[operand][place]);
                var exact = precise[operand][place];
                if (wanted.Equals(found) || wanted == found || Overflows<T>(exact) || Overflows<T>(wanted))
                    continue;
                var allowed = (tolerance * (1 + Math.Abs(wanted))) + (64 * Math.Abs(wanted - exact));
                Assert.True(
                    Math.Abs(wanted - found) <= allowed,
                    $"Seed {seed}: operand {operand}, place {place}: expected {wanted:R}, found {found:R}, "
                    + $"allowed {allowed:R}\n{program}");
            }
        }
    }

    /// <summary>Near the largest number, one rounding more or less decides between it and infinity.</summary>
    private static bool Overflows<T>(double value)
        where T : unmanaged, IFloatingPointIeee754<T> => Math.Abs(value) > (typeof(T) == typeof(float) ? 1e30 : 1e300);
}
