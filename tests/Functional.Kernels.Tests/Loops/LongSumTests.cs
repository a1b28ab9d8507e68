using System.Collections.Immutable;
using Functional.Kernels.Loops;
using Xunit;
using static Functional.Kernels.Loops.LoopInstruction;

namespace Functional.Kernels.Tests.Loops;

/// <summary>Sums of many numbers are as exact as sums of few, and their bits do not depend on the width of vectors.</summary>
public sealed class LongSumTests
{
    // Half a unit in the last place of a float.
    private const double Unit = 1.0 / (1 << 24);

    private static readonly int[] Widths = [512, 256, 128];

    public static TheoryData<int, int> Rows => new()
    {
        { 1, 1 }, { 3, 7 }, { 2, 15 }, { 2, 16 }, { 2, 17 }, { 2, 31 }, { 2, 40 }, { 2, 63 }, { 2, 127 }, { 2, 128 },
        { 2, 129 }, { 2, 200 }, { 2, 511 }, { 2, 1000 }, { 2, 1024 }, { 2, 1025 }, { 2, 1041 }, { 2, 2048 }, { 1, 2100 },
        { 1, 5003 }, { 1, 100_003 },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void ASumOverARow_IsExact_InTheSameOrderForAnyWidth(int rows, int columns)
    {
        Check(Row(rows, columns, [Load(0), Reduce(LoopReduction.Sum, 0), Store(1, 1)]), rows, columns, x => x);

        // A product is added as it is formed.
        Check(
            Row(rows, columns, [Load(0), Binary(LoopBinary.Multiply, 0, 0), Reduce(LoopReduction.Sum, 1), Store(1, 2)]),
            rows, columns, x => x * x);

        // So much work on each column that loops are unrolled less, or not at all.
        Check(Row(rows, columns, Costly(1)), rows, columns, null);
        Check(Row(rows, columns, Costly(4)), rows, columns, null);
    }

    public static TheoryData<int[], int[]> Kept => new()
    {
        // The extents, and the strides of what is kept.
        { [3000, 3], [0, 1] },
        { [70_000, 1, 3], [0, 0, 1] },
        { [5000, 64], [0, 1] },
        { [900, 200], [0, 1] },
        { [4096, 10], [0, 0] },
        { [40, 700, 5], [5, 0, 1] },
        { [40, 700, 5], [0, 5, 1] },
        { [300, 4, 70], [0, 1, 0] },
        { [80, 3, 90, 4], [0, 4, 0, 1] },
        { [3, 80, 5, 90, 4], [20, 0, 4, 0, 1] },
        { [200, 20_000], [0, 1] },
        { [5, 2000, 300], [300, 0, 1] },
        { [100, 30, 9], [0, 1, 30] },
    };

    [Theory]
    [MemberData(nameof(Kept))]
    public void ASumOverRows_IsExact_InTheSameOrderForAnyWidth(int[] extents, int[] kept)
    {
        var dense = new int[extents.Length];
        dense[^1] = 1;
        for (var dimension = extents.Length - 2; dimension >= 0; dimension--)
            dense[dimension] = dense[dimension + 1] * extents[dimension + 1];
        var program = new LoopProgram(
            [.. extents],
            [new(LoopElement.Float, [.. dense], LoopAccess.Read), new(LoopElement.Float, [.. kept], LoopAccess.Write)],
            [Load(0), Accumulate(LoopReduction.Sum, 1, 0)]);

        foreach (var values in Samples(extents.Aggregate(1, (product, extent) => product * extent)))
        {
            var memory = MemoryOf(program, values);
            var exact = new double[memory.Values[1].Length];
            var size = new double[exact.Length];
            for (var place = 0; place < values.Length; place++)
            {
                var (rest, target) = (place, 0);
                for (var dimension = extents.Length - 1; dimension >= 0; dimension--)
                {
                    target += rest % extents[dimension] * kept[dimension];
                    rest /= extents[dimension];
                }

                exact[target] += memory.Values[0][place];
                size[target] += Math.Abs(memory.Values[0][place]);
            }

            var found = Agreed(program, memory);
            for (var element = 0; element < exact.Length; element++)
                AssertExact(exact[element], size[element], values.Length / exact.Length, found[element]);
        }
    }

    [Fact]
    public void ALongSumThatOverflows_IsInfinite_AndOneWithNaN_IsNaN()
    {
        var program = Row(1, 5003, [Load(0), Reduce(LoopReduction.Sum, 0), Store(1, 1)]);
        foreach (var (value, expected) in new[]
        {
            (1e38, double.PositiveInfinity), (double.PositiveInfinity, double.PositiveInfinity), (double.NaN, double.NaN),
        })
        {
            var memory = MemoryOf(program, [.. Enumerable.Repeat(1.0, 5003)]);
            Array.Fill(memory.Values[0], value, 700, 4);
            Assert.Equal(expected, Agreed(program, memory)[0]);
            using var interpreted = LoopKernel.Interpret<float>(program);
            Assert.Equal(expected, memory.Run(interpreted)[1][0]);
        }
    }

    private static ImmutableArray<LoopInstruction> Costly(int times)
    {
        List<LoopInstruction> list = [Load(0)];
        for (var time = 0; time < times; time++)
            list.Add(Unary(LoopUnary.Tanh, list.Count - 1));
        list.Add(Reduce(LoopReduction.Sum, list.Count - 1));
        list.Add(Store(1, list.Count - 1));
        return [.. list];
    }

    private static LoopProgram Row(int rows, int columns, ImmutableArray<LoopInstruction> instructions) => new(
        [rows, columns],
        [new(LoopElement.Float, [columns, 1], LoopAccess.Read), new(LoopElement.Float, [1, 0], LoopAccess.Write)],
        instructions);

    private static void Check(LoopProgram program, int rows, int columns, Func<double, double>? term)
    {
        foreach (var values in Samples(rows * columns))
        {
            var memory = MemoryOf(program, values);
            var found = Agreed(program, memory);
            for (var row = 0; row < rows && term is not null; row++)
            {
                var terms = memory.Values[0].Skip(row * columns).Take(columns).Select(term).ToArray();
                AssertExact(terms.Sum(), terms.Sum(Math.Abs), columns, found[row]);
            }
        }
    }

    /// <summary>What all widths give, and in the limits of exactness also the interpreter.</summary>
    private static double[] Agreed(LoopProgram program, LoopMemory<float> memory)
    {
        double[]? first = null;
        foreach (var width in Widths)
        {
            using var kernel = LoopKernel.Compile<float>(program, width, new LoopCodeCache());
            var found = memory.Run(kernel)[1];
            first ??= found;
            Assert.Equal(first, found);
        }

        using var interpreted = LoopKernel.Interpret<float>(program);
        foreach (var (compiled, other) in first!.Zip(memory.Run(interpreted)[1]))
            Assert.True(compiled.Equals(other) || Math.Abs(compiled - other) <= 1e-5 * (1 + Math.Abs(compiled)));
        return first!;
    }

    private static LoopMemory<float> MemoryOf(LoopProgram program, double[] values) => LoopMemory<float>.Make(
        program, (operand, count) => operand.Access == LoopAccess.Read ? values : new double[count]);

    private static IEnumerable<double[]> Samples(int count)
    {
        yield return [.. Enumerable.Repeat(0.1, count)];
        var random = new Random(count);
        yield return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
        yield return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
    }

    private static void AssertExact(double exact, double size, int count, double found) =>
        Assert.True(
            Math.Abs(exact - found) <= (2 + (2 * Math.Log2(Math.Max(1, count)))) * Unit * size,
            $"The sum of {count} numbers is {exact:R}, but found {found:R}: {Math.Abs(exact - found) / (Unit * size):F1}");
}
