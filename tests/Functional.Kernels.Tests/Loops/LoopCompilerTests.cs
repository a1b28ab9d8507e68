using FsCheck;
using FsCheck.Fluent;
using Functional.Kernels.Loops;
using Xunit;

namespace Functional.Kernels.Tests.Loops;

public sealed class LoopCompilerTests
{
    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void AnyProgram_AgreesWithTheReference_InDouble(int bits) =>
        Prop.ForAll(RandomLoop.Seeds, seed =>
        {
            var program = RandomLoop.Program(seed);
            using var kernel = LoopKernel.Compile<double>(program, bits, new LoopCodeCache());
            LoopAgreement.Check<double>(program, kernel, seed, 1e-9);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void AnyProgram_AgreesWithTheReference_InFloat(int bits) =>
        Prop.ForAll(RandomLoop.Seeds, seed =>
        {
            var program = RandomLoop.Program(seed, 40);
            using var kernel = LoopKernel.Compile<float>(program, bits, new LoopCodeCache());
            LoopAgreement.Check<float>(program, kernel, seed, 1e-4);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void LargePrograms_AgreeWithTheReference_PartByPart() =>
        Prop.ForAll(RandomLoop.Seeds, seed =>
        {
            var program = RandomLoop.LargeProgram(seed);
            using var kernel = LoopKernel.Prepare<double>(program);
            LoopAgreement.Check<double>(program, kernel, seed, 1e-7);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(4));

    [Fact]
    public void TheOrderOfTheParts_DoesNotChangeOneBit() =>
        Prop.ForAll(RandomLoop.Seeds, seed =>
        {
            var program = RandomLoop.LargeProgram(seed);
            using var kernel = LoopKernel.Prepare<float>(program);
            var memory = LoopMemory<float>.Make(program, (operand, count) => RandomLoop.Values(operand, count, seed));
            var forwards = memory.Run(kernel);
            var backwards = memory.Run(kernel, Enumerable.Range(0, kernel.Parts).Reverse());
            for (var operand = 0; operand < forwards.Length; operand++)
                Assert.Equal(forwards[operand], backwards[operand]);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5));
}
