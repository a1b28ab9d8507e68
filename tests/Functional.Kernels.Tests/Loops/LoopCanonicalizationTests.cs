using FsCheck;
using FsCheck.Fluent;
using Functional.Kernels.Loops;
using Xunit;
using static Functional.Kernels.Loops.LoopInstruction;

namespace Functional.Kernels.Tests.Loops;

public sealed class LoopCanonicalizationTests
{
    [Fact]
    public void ADenseMap_BecomesOneRow()
    {
        var program = new LoopProgram(
            [5, 1, 7, 3],
            [new(LoopElement.Float, [21, 0, 3, 1], LoopAccess.Read), new(
                LoopElement.Float, [21, 21, 3, 1], LoopAccess.Write)],
            [Load(0), Unary(LoopUnary.Exp, 0), Store(1, 1)]);
        Assert.Equal([105], LoopCanonicalization.Canonicalize(program).Extents.ToArray());
    }

    [Fact]
    public void ABias_KeepsItsColumns()
    {
        var program = new LoopProgram(
            [5, 7, 3],
            [new(LoopElement.Float, [0, 0, 1], LoopAccess.Read), new(LoopElement.Float, [21, 3, 1], LoopAccess.Write)],
            [Load(0), Store(1, 0)]);
        Assert.Equal([35, 3], LoopCanonicalization.Canonicalize(program).Extents.ToArray());
    }

    [Fact]
    public void Columns_AreNotJoinedWithRows_WhenTheyAreReduced()
    {
        var program = new LoopProgram(
            [5, 7],
            [new(LoopElement.Float, [7, 1], LoopAccess.Read), new(LoopElement.Float, [1, 0], LoopAccess.Write)],
            [Load(0), Reduce(LoopReduction.Sum, 0), Store(1, 1)]);
        Assert.Equal([5, 7], LoopCanonicalization.Canonicalize(program).Extents.ToArray());
    }

    [Fact]
    public void ADimensionWithAnIndex_IsKept_UnlessItHasOnePosition()
    {
        var program = new LoopProgram(
            [5, 1, 7],
            [new(LoopElement.Int32, [7, 0, 1], LoopAccess.Write)],
            [Index(0), Index(1), Binary(LoopBinary.Add, 0, 1), Store(0, 2)]);
        var canonical = LoopCanonicalization.Canonicalize(program);
        Assert.Equal([5, 7], canonical.Extents.ToArray());
        Assert.Equal(LoopForm.Constant, canonical.Instructions[1].Form);
    }

    [Fact]
    public void TheCanonicalForm_MeansTheSame() =>
        Prop.ForAll(RandomLoop.Seeds, seed =>
        {
            var program = RandomLoop.Program(seed);
            var canonical = LoopCanonicalization.Canonicalize(program);
            var memory = LoopMemory<double>.Make(program, (operand, count) => RandomLoop.Values(operand, count, seed));
            var direct = memory.Reference();
            var viaCanonical = new ReferenceLoop<double>(canonical, memory.Values, memory.Origins).Run();
            for (var operand = 0; operand < direct.Length; operand++)
                Assert.Equal(direct[operand], viaCanonical[operand]);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
