using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Functional.Kernels.Lookup;
using Xunit;

namespace Functional.Kernels.Tests.Lookup;

public sealed unsafe class ScatterAddTests
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    [Fact]
    public void EveryPlace_HoldsTheSumOfItsSlices_InTheirOrder() =>
        Prop.ForAll(Seeds, seed =>
        {
            Check(seed, random => (float)random.NextDouble());
            Check(seed, random => random.NextDouble());
            Check(seed, random => random.Next(-9, 9));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    [Fact]
    public void AnIndexOutOfRange_IsReported_AndLeftOut()
    {
        var target = new float[6];
        Assert.Equal(2, Run(1, 3, 2, [1, 2, 3, 4, 5, 6, 7, 8], [2, 0, 3, -1], false, target));
        Assert.Equal([3, 4, 0, 0, 1, 2], target);
    }

    private static void Check<T>(int seed, Func<Random, T> value)
        where T : unmanaged, INumber<T>
    {
        var random = new Random(seed);
        var (outer, axis, inner, count) = (random.Next(1, 4), random.Next(1, 60), random.Next(1, 70), random.Next(
            0, 200));
        var keepsTarget = random.Next(2) == 0;
        var updates = Enumerable.Range(0, outer * count * inner).Select(_ => value(random)).ToArray();
        var indices = Enumerable.Range(0, count).Select(_ => random.Next(axis)).ToArray();
        var target = Enumerable.Range(0, outer * axis * inner).Select(_ => value(random)).ToArray();
        var expected = keepsTarget ? (T[])target.Clone() : new T[target.Length];
        for (var o = 0; o < outer; o++)
        {
            for (var j = 0; j < count; j++)
            {
                for (var i = 0; i < inner; i++)
                    expected[(((o * axis) + indices[j]) * inner) + i] += updates[(((o * count) + j) * inner) + i];
            }
        }

        Assert.Equal(ScatterAdd<T>.NoFault, Run(outer, axis, inner, updates, indices, keepsTarget, target));
        Assert.Equal(expected, target);
    }

    private static int Run<T>(int outer, int axis, int inner, T[] updates, int[] indices, bool keepsTarget, T[] target)
        where T : unmanaged, INumber<T>
    {
        var scatter = new ScatterAdd<T>(outer, axis, inner, indices.Length, keepsTarget);
        var fault = ScatterAdd<T>.NoFault;
        fixed (T* from = updates, to = target)
        fixed (int* at = indices)
        {
            for (var part = scatter.Parts - 1; part >= 0; part--)
                fault = scatter.Run(part, from, at, to);
        }

        return fault;
    }
}
