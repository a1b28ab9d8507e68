using FsCheck;
using FsCheck.Fluent;
using Functional.Kernels.Loops;
using Xunit;

namespace Functional.Kernels.Tests.Loops;

/// <summary>
/// Compiled code and the interpreter compute every element with the same operations, so maps agree in every bit; sums
/// may be added up in another order.
/// </summary>
public sealed class CompiledEqualsInterpretedTests
{
    [Fact]
    public void InMaps_EveryBitAgrees_InFloat() => CheckAllBits<float>(60);

    [Fact]
    public void InMaps_EveryBitAgrees_InDouble() => CheckAllBits<double>(60);

    private static void CheckAllBits<T>(int times)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>, System.Numerics.IMinMaxValue<T> =>
        Prop.ForAll(RandomLoop.Seeds, CheckBits<T>).Check(Config.QuickThrowOnFailure.WithMaxTest(times));

    private static void CheckBits<T>(int seed)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>, System.Numerics.IMinMaxValue<T>
    {
        var program = RandomLoop.Program(seed, 30);
        if (program.Instructions.Any(instruction => instruction.Form is LoopForm.Reduce or LoopForm.Accumulate))
            return;
        using var compiled = LoopKernel.Prepare<T>(program);
        using var interpreted = LoopKernel.Prepare<T>(program, allowCompilation: false);
        var memory = LoopMemory<T>.Make(program, (operand, count) => RandomLoop.Values(operand, count, seed));
        var (left, right) = (memory.Run(compiled), memory.Run(interpreted));
        for (var operand = 0; operand < left.Length; operand++)
            Assert.True(
                left[operand].AsSpan().SequenceEqual(right[operand]), $"Seed {seed}, operand {operand}\n{program}");
    }
}
