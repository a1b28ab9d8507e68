using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Functional.Kernels.Reductions;
using Xunit;

namespace Functional.Kernels.Tests.Reductions;

public sealed unsafe class ArgMaxTests
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    [Fact]
    public void ThePosition_IsThatOfTheFirstGreatest_OrOfTheFirstNaN() =>
        Prop.ForAll(Seeds, seed =>
        {
            var random = new Random(seed);
            var (outer, axis, inner) = (random.Next(1, 40), random.Next(1, 60), random.Next(2) == 0 ? 1 : random.Next(
                1, 60));
            Check(outer, axis, inner, () => random.Next(60) == 0 ? float.NaN : random.Next(-5, 5));
            Check(outer, axis, inner, () => random.Next(60) == 0 ? double.NegativeInfinity : random.Next(-5, 5));
            Check(outer, axis, inner, () => random.Next(-5, 5));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void TheZeros_AreEqual() => Assert.Equal([0], Run(1, 3, 1, [-0f, 0f, -0f]));

    [Fact]
    public void NothingButNaN_GivesTheFirst() => Assert.Equal([0], Run(1, 2, 1, [float.NaN, float.NaN]));

    [Fact]
    public void ManyRows_AreCutIntoParts() => Check(500, 300, 1, new Random(1).NextDouble);

    private static void Check<T>(int outer, int axis, int inner, Func<T> value)
        where T : unmanaged, INumber<T>
    {
        var source = Enumerable.Range(0, outer * axis * inner).Select(_ => value()).ToArray();
        var expected = new int[outer * inner];
        for (var o = 0; o < outer; o++)
        {
            for (var i = 0; i < inner; i++)
            {
                var along = Enumerable.Range(0, axis).Select(a => source[(((o * axis) + a) * inner) + i]).ToArray();
                var firstNaN = Array.FindIndex(along, T.IsNaN);
                expected[(o * inner) + i] = firstNaN >= 0 ? firstNaN : Array.IndexOf(along, along.Max());
            }
        }

        Assert.Equal(expected, Run(outer, axis, inner, source));
    }

    private static int[] Run<T>(int outer, int axis, int inner, T[] source)
        where T : unmanaged, INumber<T>
    {
        var kernel = new ArgMax<T>(outer, axis, inner);
        var result = new int[outer * inner];
        fixed (T* from = source)
        fixed (int* to = result)
        {
            for (var part = kernel.Parts - 1; part >= 0; part--)
                kernel.Run(part, from, to);
        }

        return result;
    }
}
