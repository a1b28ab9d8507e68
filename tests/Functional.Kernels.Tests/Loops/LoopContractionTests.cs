using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Functional.Kernels.Loops;
using Xunit;
using static Functional.Kernels.Loops.LoopInstruction;
using static Functional.Kernels.Tests.Loops.LoopPatterns;

namespace Functional.Kernels.Tests.Loops;

public sealed class LoopContractionTests
{
    /// <summary>x * y + x.</summary>
    private static readonly ImmutableArray<LoopInstruction> Sum =
        [Load(0), Load(1), Binary(LoopBinary.Multiply, 0, 1), Binary(LoopBinary.Add, 2, 0), Store(2, 3)];

    /// <summary>x - x * y.</summary>
    private static readonly ImmutableArray<LoopInstruction> Difference = Sum.SetItem(3, Binary(LoopBinary.Subtract, 0, 2));

    /// <summary>x * y - x.</summary>
    private static readonly ImmutableArray<LoopInstruction> OtherDifference =
        Sum.SetItem(3, Binary(LoopBinary.Subtract, 2, 0));

    /// <summary>x * (the sum of x) + y, and y - x * (the sum of x).</summary>
    private static readonly ImmutableArray<LoopInstruction> OfARow =
    [
        Load(0), Load(1), Reduce(LoopReduction.Sum, 0), Binary(LoopBinary.Multiply, 0, 2), Binary(LoopBinary.Subtract, 1, 3),
        Store(2, 4),
    ];

    /// <summary>The sum of x * y per row.</summary>
    private static readonly ImmutableArray<LoopInstruction> SumOfProducts =
        [Load(0), Load(1), Binary(LoopBinary.Multiply, 0, 1), Reduce(LoopReduction.Sum, 2), Store(4, 3)];

    [Fact]
    public void ASumWithAProduct_IsOneInstruction()
    {
        var simple = LoopContraction.Contract(Over(3, 40, Sum));
        Assert.Equal(LoopForm.MultiplyAdd, simple.Instructions[2].Form);
        Assert.Equal(Sum.Length - 1, simple.Instructions.Length);
    }

    [Fact]
    public void OfAProductWithAValuePerRow_ThatValueIsNegated()
    {
        var simple = LoopContraction.Contract(Over(3, 40, OfARow));
        var negation = Assert.Single(simple.Instructions.Index(), entry => entry.Item.Form == LoopForm.Unary);
        Assert.Equal(LoopLevel.Row, simple.LevelOf(negation.Index));
    }

    [Fact]
    public void AProductThatIsReadTwice_Stays()
    {
        var program = Over(3, 40, [.. Sum[..4], Binary(LoopBinary.Multiply, 3, 2), Store(2, 4)]);
        Assert.Same(program, LoopContraction.Contract(program));
    }

    [Fact]
    public void ADifferenceOfTwoProducts_Stays_SoThatEqualOnesDifferByNothing()
    {
        var program = Over(3, 40,
        [
            Load(0), Load(1), Binary(LoopBinary.Multiply, 0, 1), Binary(LoopBinary.Multiply, 1, 0),
            Binary(LoopBinary.Subtract, 2, 3), Unary(LoopUnary.Sqrt, 4), Store(2, 5),
        ]);
        Assert.Same(program, LoopContraction.Contract(program));
    }

    [Fact]
    public void AProductPerRow_IsNotFormedAgainForEveryColumn()
    {
        var program = Over(3, 40,
        [
            Load(0), Reduce(LoopReduction.Sum, 0), Binary(LoopBinary.Multiply, 1, 1), Binary(LoopBinary.Add, 0, 2), Store(2, 3),
        ]);
        Assert.Same(program, LoopContraction.Contract(program));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void TheContractedProgram_AgreesWithTheReference(int bits) =>
        LoopPatterns.CheckAll(bits, Sum, Difference, OtherDifference, OfARow, SumOfProducts);

    [Fact]
    public void TheContractedProgram_MeansTheSame() =>
        Prop.ForAll(RandomLoop.Seeds, seed =>
        {
            var program = RandomLoop.Program(seed);
            using var kernel = LoopKernel.Interpret<double>(LoopContraction.Contract(program));
            LoopAgreement.Check<double>(program, kernel, seed, 1e-9);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
