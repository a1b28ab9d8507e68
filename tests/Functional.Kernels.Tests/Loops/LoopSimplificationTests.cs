using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Functional.Kernels.Loops;
using Xunit;
using static Functional.Kernels.Loops.LoopInstruction;
using static Functional.Kernels.Tests.Loops.LoopPatterns;

namespace Functional.Kernels.Tests.Loops;

public sealed class LoopSimplificationTests
{
    private static readonly ImmutableArray<LoopInstruction> Silu =
    [
        Load(0), Load(1), Unary(LoopUnary.Sigmoid, 1), Binary(LoopBinary.Multiply, 0, 2), Store(2, 3),
    ];

    private static readonly ImmutableArray<LoopInstruction> Choice =
    [
        Load(0), Load(1), Constant(LoopElement.Float, 0), Compare(LoopComparison.Less, 0, 1), Select(3, 1, 2),
        Binary(LoopBinary.Add, 4, 0), Store(2, 5),
    ];

    private static readonly ImmutableArray<LoopInstruction> Difference =
        Choice.SetItem(5, Binary(LoopBinary.Subtract, 0, 4));

    private static readonly ImmutableArray<LoopInstruction>[] Patterns = [Softmax, Silu, Choice, Difference, Crossentropy];

    [Fact]
    public void SoftmaxDividesOncePerRow()
    {
        var simple = LoopSimplification.Simplify(Over(3, 40, Softmax));
        var division = Assert.Single(simple.Instructions.Index(), entry =>
            entry.Item.Form == LoopForm.Binary && entry.Item.BinaryFunction == LoopBinary.Divide);
        Assert.Equal(LoopLevel.Row, simple.LevelOf(division.Index));
    }

    [Fact]
    public void AnySumMayBeTooSmallForItsReciprocal_SoOtherDivisionsStay()
    {
        var program = Over(3, 40, [Load(0), Reduce(LoopReduction.Sum, 0), Binary(LoopBinary.Divide, 0, 1), Store(2, 2)]);
        Assert.Same(program, LoopSimplification.Simplify(program));
    }

    [Fact]
    public void AProductWithASigmoid_IsAQuotient()
    {
        var simple = LoopSimplification.Simplify(Over(3, 40, Silu));
        Assert.DoesNotContain(simple.Instructions, IsSigmoid);
        Assert.Contains(simple.Instructions, instruction => instruction.BinaryFunction == LoopBinary.Divide);
    }

    [Fact]
    public void ASigmoidThatIsUsedTwice_Stays()
    {
        var program = Over(3, 40, [.. Silu[..4], Binary(LoopBinary.Add, 3, 2), Store(2, 4)]);
        Assert.Same(program, LoopSimplification.Simplify(program));
    }

    [Fact]
    public void AChoiceOfZeroIsNotAdded_TheSumIsChosen()
    {
        var simple = LoopSimplification.Simplify(Over(3, 40, Choice));
        Assert.Equal(LoopForm.Select, simple.Instructions[^2].Form);
        Assert.Equal(LoopForm.Binary, simple.Instructions[^3].Form);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void TheSimplerProgram_AgreesWithTheReference(int bits) => LoopPatterns.CheckAll(bits, Patterns);

    [Fact]
    public void TheSimplerProgram_MeansTheSame() =>
        Prop.ForAll(RandomLoop.Seeds, seed =>
        {
            var program = RandomLoop.Program(seed);
            var simple = LoopSimplification.Simplify(program);
            using var kernel = LoopKernel.Interpret<double>(simple);
            LoopAgreement.Check<double>(program, kernel, seed, 1e-9);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Theory]
    [InlineData(LoopUnary.Sigmoid)]
    [InlineData(LoopUnary.Exp)]
    public void AFunctionOfANegation_IsTheSameInEveryBit_CompiledAndInterpreted(LoopUnary function)
    {
        var program = Over(1, 4001, [Load(0), Unary(LoopUnary.Negate, 0), Unary(function, 1), Store(2, 2)]);
        var memory = LoopMemory<float>.Make(program, (_, count) =>
            [.. Enumerable.Range(0, count).Select(place => (place - (count / 2)) * 0.0611)]);
        using var compiled = LoopKernel.Prepare<float>(program);
        using var interpreted = LoopKernel.Interpret<float>(program);
        Assert.Equal(memory.Run(interpreted)[2], memory.Run(compiled)[2]);
    }

    private static bool IsSigmoid(LoopInstruction instruction) =>
        instruction is { Form: LoopForm.Unary, UnaryFunction: LoopUnary.Sigmoid };
}
