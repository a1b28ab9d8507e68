using Functional.Kernels.Loops;
using Xunit;
using static Functional.Kernels.Loops.LoopInstruction;

namespace Functional.Kernels.Tests.Loops;

public sealed unsafe class LoopSpecialValueTests
{
    private static readonly float[] Special =
    [
        0f, -0f, 1f, -1f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, -float.Epsilon,
        1e-40f, float.MaxValue, float.MinValue, 88.8f, -104f, 0.5f, 2.5f, 3.5f, -2.5f,
    ];

    /// <summary>The width of vectors in bits; 0 stands for the interpreter.</summary>
    private static readonly int[] Widths = [0, 128, 256, 512];

    public static TheoryData<LoopUnary, int> UnaryFunctions
    {
        get
        {
            var data = new TheoryData<LoopUnary, int>();
            foreach (var function in Enum.GetValues<LoopUnary>().Where(function => function < LoopUnary.Not))
            {
                foreach (var width in Widths)
                    data.Add(function, width);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(UnaryFunctions))]
    public void AFunction_TreatsSpecialValuesAsTheReferenceDoes(LoopUnary function, int width)
    {
        var program = new LoopProgram(
            [Special.Length],
            [new(LoopElement.Float, [1], LoopAccess.Read), new(LoopElement.Float, [1], LoopAccess.Write)],
            [Load(0), Unary(function, 0), Store(1, 1)]);
        using var kernel = Prepare(program, width);
        var memory = LoopMemory<float>.Make(program, (_, _) => [.. Special.Select(value => (double)value)]);
        var (expected, actual) = (memory.Reference()[1], memory.Run(kernel)[1]);
        for (var place = 0; place < Special.Length; place++)
        {
            // A huge argument of a periodic function is all rounding error; the reference rounds in double.
            var isPeriodic = function is LoopUnary.Sin or LoopUnary.Cos or LoopUnary.Tan;
            if (isPeriodic && Math.Abs(Special[place]) > 1e6f && float.IsFinite(Special[place]))
                continue;
            // Sigmoid goes to 0 where e^-x overflows; the value there is denormal.
            var smallest = function == LoopUnary.Sigmoid ? 1.2e-38 : 3e-45;
            var allowed = (4e-7 * Math.Abs(expected[place])) + smallest;
            Assert.True(
                expected[place].Equals(actual[place]) || Math.Abs(expected[place] - actual[place]) <= allowed,
                $"{function}({Special[place]:R}) in {width} bits: "
                + $"expected {expected[place]:R}, found {actual[place]:R}");
        }
    }

    [Theory]
    [InlineData(LoopReduction.Maximum, 0)]
    [InlineData(LoopReduction.Minimum, 0)]
    [InlineData(LoopReduction.Maximum, 512)]
    [InlineData(LoopReduction.Minimum, 512)]
    [InlineData(LoopReduction.Maximum, 256)]
    [InlineData(LoopReduction.Minimum, 256)]
    [InlineData(LoopReduction.Maximum, 128)]
    [InlineData(LoopReduction.Minimum, 128)]
    public void AReduction_PropagatesNaN(LoopReduction reduction, int width)
    {
        var program = new LoopProgram(
            [1, 200],
            [new(LoopElement.Float, [200, 1], LoopAccess.Read), new(LoopElement.Float, [1, 0], LoopAccess.Write)],
            [Load(0), Reduce(reduction, 0), Store(1, 1)]);
        using var kernel = Prepare(program, width);
        for (var place = 0; place < 200; place++)
        {
            var memory = LoopMemory<float>.Make(
                program, (_, count) => [.. Enumerable.Range(0, count).Select(i => i == place ? double.NaN : i)]);
            Assert.True(double.IsNaN(memory.Run(kernel)[1][0]), $"NaN at {place} was lost");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(512)]
    public void Running_AllocatesNothing(int width)
    {
        var program = new LoopProgram(
            [64, 33],
            [
                new(LoopElement.Float, [33, 1], LoopAccess.Read),
                new(LoopElement.Float, [33, 1], LoopAccess.Write),
                new(LoopElement.Float, [0, 1], LoopAccess.Write),
            ],
            [
                Load(0), Reduce(LoopReduction.Maximum, 0), Binary(LoopBinary.Subtract, 0, 1), Unary(LoopUnary.Exp, 2),
                Reduce(LoopReduction.Sum, 3), Binary(LoopBinary.Divide, 3, 4), Store(1, 5), Accumulate(
                    LoopReduction.Sum, 2, 5),
            ]);
        using var kernel = Prepare(program, width);
        var memory = new float[(2 * 64 * 33) + 33];
        fixed (float* start = memory)
        {
            var pointers = stackalloc void*[] { start, start + (64 * 33), start + (2 * 64 * 33) };
            RunOnce(kernel, pointers);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var time = 0; time < 10; time++)
                RunOnce(kernel, pointers);
            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }
    }

    private static LoopKernel Prepare(LoopProgram program, int width) => width == 0
        ? LoopKernel.Interpret<float>(program)
        : LoopKernel.Compile<float>(program, width, new LoopCodeCache());

    private static void RunOnce(LoopKernel kernel, void** pointers)
    {
        for (var part = 0; part < kernel.Parts; part++)
            kernel.Run(part, pointers);
        kernel.Combine(pointers);
    }
}
