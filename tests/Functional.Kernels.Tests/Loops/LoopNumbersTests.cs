using System.Collections.Immutable;
using Functional.Kernels.Loops;
using Xunit;
using static Functional.Kernels.Loops.LoopInstruction;
using static Functional.Kernels.Tests.Loops.LoopPatterns;

namespace Functional.Kernels.Tests.Loops;

public sealed class LoopNumbersTests
{
    /// <summary>The logarithm of a softmax.</summary>
    private static readonly ImmutableArray<LoopInstruction> LogSoftmax =
        [.. Softmax[..5], Unary(LoopUnary.Log, 4), Binary(LoopBinary.Subtract, 2, 5), Store(2, 6)];

    public static TheoryData<string, int> PatternsAndWidths()
    {
        var data = new TheoryData<string, int>();
        foreach (var name in Patterns.Keys)
        {
            foreach (var bits in new[] { 0, 128, 256, 512 })
                data.Add(name, bits);
        }

        return data;
    }

    private static Dictionary<string, ImmutableArray<LoopInstruction>> Patterns => new()
    {
        [nameof(Softmax)] = Softmax,
        [nameof(LogSoftmax)] = LogSoftmax,
        [nameof(Crossentropy)] = Crossentropy,
    };

    [Fact]
    public void AMaximumWhoseSumOfPowersShowsNaN_DoesNotLookForIt()
    {
        Assert.All(Patterns.Values, pattern => Assert.Equal(
            LoopReduction.MaximumNumber, LoopNumbers.SkipNaN(Over(3, 40, pattern)).Instructions[1].Reduction));
    }

    [Fact]
    public void AMaximumThatIsWritten_LooksForNaN() => Stays([Load(0), Reduce(LoopReduction.Maximum, 0), Store(4, 1)]);

    [Fact]
    public void ADifferenceThatIsWritten_HasAMaximumThatLooksForNaN() =>
        Stays([.. Softmax[..4], Reduce(LoopReduction.Sum, 3), Store(4, 4), Store(2, 2)]);

    [Fact]
    public void APowerThatIsChosen_HasAMaximumThatLooksForNaN() => Stays(
    [
        .. Softmax[..5], Constant(LoopElement.Float, 0), Compare(LoopComparison.Less, 2, 5), Select(6, 5, 4), Store(2, 7),
    ]);

    [Theory]
    [MemberData(nameof(PatternsAndWidths))]
    public void NaNInARow_ReachesEveryResultOfTheRow(string pattern, int bits)
    {
        var program = Over(1, 200, Patterns[pattern]);
        using var kernel = Prepare<float>(program, bits);
        for (var place = 0; place < 200; place += 7)
        {
            var memory = LoopMemory<float>.Make(
                program, (_, count) => [.. Enumerable.Range(0, count).Select(i => i == place && count == 200 ? double.NaN : i)]);
            var expected = memory.Reference();
            var found = memory.Run(kernel);
            Assert.All(found[2], value => Assert.True(double.IsNaN(value)));
            Assert.Equal(double.IsNaN(expected[4][0]), double.IsNaN(found[4][0]));
        }
    }

    private static void Stays(ImmutableArray<LoopInstruction> instructions)
    {
        var program = Over(3, 40, instructions);
        Assert.Same(program, LoopNumbers.SkipNaN(program));
    }
}
