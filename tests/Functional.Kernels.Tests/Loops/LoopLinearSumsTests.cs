using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Functional.Kernels.Loops;
using Xunit;
using static Functional.Kernels.Loops.LoopInstruction;
using static Functional.Kernels.Tests.Loops.LoopPatterns;

namespace Functional.Kernels.Tests.Loops;

public sealed class LoopLinearSumsTests
{
    /// <summary>t = x * max(x) - (y * x) * max(y), and the sum of t beside t itself.</summary>
    private static readonly ImmutableArray<LoopInstruction> Scaled =
    [
        Load(0), Load(1), Reduce(LoopReduction.Maximum, 0), Reduce(LoopReduction.Maximum, 1),
        Binary(LoopBinary.Multiply, 0, 2), Binary(LoopBinary.Multiply, 1, 3), Binary(LoopBinary.Multiply, 5, 0),
        Binary(LoopBinary.Subtract, 4, 6), Reduce(LoopReduction.Sum, 7), Binary(LoopBinary.Add, 7, 8), Store(2, 9), Store(4, 8),
    ];

    /// <summary>The sum of (x - max x), which is not taken apart: its terms are near each other.</summary>
    private static readonly ImmutableArray<LoopInstruction> Centred =
    [
        Load(0), Reduce(LoopReduction.Maximum, 0), Binary(LoopBinary.Subtract, 0, 1), Reduce(LoopReduction.Sum, 2), Store(4, 3),
    ];

    [Fact]
    public void FactorsOfARow_AreTakenOutOfASum_SoThatItNeedsNoPassOfItsOwn()
    {
        var program = Over(3, 40, Scaled);
        Assert.Equal(3, new LoopSchedule(program).Phases.Length);
        Assert.Equal(2, new LoopSchedule(LoopLinearSums.TakeFactorsOut(program)).Phases.Length);
    }

    [Fact]
    public void ASumThatWaitsForNothing_Stays()
    {
        var program = Over(3, 40, [Load(0), Constant(LoopElement.Float, 2), Binary(LoopBinary.Multiply, 0, 1),
            Reduce(LoopReduction.Sum, 2), Store(4, 3)]);
        Assert.Same(program, LoopLinearSums.TakeFactorsOut(program));
    }

    [Fact]
    public void ASumOfDifferencesFromAValuePerRow_Stays()
    {
        var program = Over(3, 40, Centred);
        Assert.Same(program, LoopLinearSums.TakeFactorsOut(program));
    }

    [Theory]
    [InlineData(LoopBinary.Add)]
    [InlineData(LoopBinary.Multiply)]
    public void ASumOfVeryManyTermsOrFactors_StaysAndIsFoundOutAtOnce(LoopBinary function)
    {
        // Every register has twice the terms or factors of the one before: 2^60.
        var doublings = Enumerable.Range(2, 60).Select(before => Binary(function, before, before));
        var program = Over(3, 40,
        [
            Load(0), Reduce(LoopReduction.Maximum, 0), Binary(LoopBinary.Multiply, 0, 1), .. doublings,
            Reduce(LoopReduction.Sum, 62), Store(4, 63),
        ]);
        Assert.Same(program, LoopLinearSums.TakeFactorsOut(program));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void TheRewrittenProgram_AgreesWithTheReference(int bits) => LoopPatterns.CheckAll(bits, Scaled, Centred);

    [Fact]
    public void TheRewrittenProgram_MeansTheSame() =>
        Prop.ForAll(RandomLoop.Seeds, seed =>
        {
            var program = RandomLoop.Program(seed);
            using var kernel = LoopKernel.Interpret<double>(LoopLinearSums.TakeFactorsOut(program));
            LoopAgreement.Check<double>(program, kernel, seed, 1e-9);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
