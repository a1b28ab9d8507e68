using FsCheck;
using FsCheck.Fluent;
using Functional.Kernels.Lookup;
using Xunit;

namespace Functional.Kernels.Tests.Lookup;

public sealed unsafe class GatherTests
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    [Fact]
    public void EverySlice_IsTheOneItsIndexNames() =>
        Prop.ForAll(Seeds, seed =>
        {
            var random = new Random(seed);
            var (outer, axis, inner, count) = (random.Next(1, 5), random.Next(1, 9), random.Next(1, 300), random.Next(
                0, 400));
            var source = Enumerable.Range(0, outer * axis * inner).Select(i => (float)i).ToArray();
            var indices = Enumerable.Range(0, count).Select(_ => random.Next(axis)).ToArray();
            var (fault, target) = Run(outer, axis, inner, source, indices);
            Assert.Equal(Gather.NoFault, fault);
            for (var o = 0; o < outer; o++)
            {
                for (var j = 0; j < count; j++)
                    Assert.True(source.AsSpan(((o * axis) + indices[j]) * inner, inner).SequenceEqual(
                        target.AsSpan(((o * count) + j) * inner, inner)));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void AnIndexOutOfRange_IsReported_AndItsSliceIsZero(int index)
    {
        var (fault, target) = Run(1, 3, 2, [1, 2, 3, 4, 5, 6], [2, index, 0, index]);
        Assert.Equal(1, fault);
        Assert.Equal([5, 6, 0, 0, 1, 2, 0, 0], target);
    }

    [Fact]
    public void NoIndices_NoSlices() => Assert.Empty(Run(2, 3, 2, new float[12], []).Target);

    private static (int Fault, float[] Target) Run(int outer, int axis, int inner, float[] source, int[] indices)
    {
        var gather = Gather.Prepare(outer, axis, inner, indices.Length, sizeof(float));
        var target = new float[outer * indices.Length * inner];
        var fault = Gather.NoFault;
        fixed (float* from = source, to = target)
        fixed (int* at = indices)
        {
            for (var part = gather.Parts - 1; part >= 0; part--)
            {
                var found = gather.Run(part, from, at, to);
                if (found != Gather.NoFault)
                    fault = fault == Gather.NoFault ? found : Math.Min(fault, found);
            }
        }

        return (fault, target);
    }
}
