using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Functional.Kernels.Reductions;
using Xunit;

namespace Functional.Kernels.Tests.Reductions;

public sealed unsafe class CumulativeSumTests
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    [Fact]
    public void EverySum_IsThatOfTheElementsBeforeOrAfter() =>
        Prop.ForAll(Seeds, seed =>
        {
            var random = new Random(seed);
            var inner = random.Next(2) == 0 ? 1 : random.Next(1, 60);
            var (outer, axis) = (random.Next(1, 40), random.Next(1, 60));
            var (reverse, exclusive) = (random.Next(2) == 0, random.Next(2) == 0);
            Check(outer, axis, inner, reverse, exclusive, () => random.Next(-5, 5));
            Check(outer, axis, inner, reverse, exclusive, () => (float)random.Next(-5, 5));
            Check(outer, axis, inner, reverse, exclusive, () => (double)random.Next(-5, 5));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void ManyRows_AreCutIntoParts()
    {
        Assert.True(new CumulativeSum<float>(500, 300, 1, false, false).Parts > 1);
        Check(500, 300, 1, false, false, () => 1);
    }

    private static void Check<T>(int outer, int axis, int inner, bool reverse, bool exclusive, Func<T> value)
        where T : unmanaged, INumber<T>
    {
        var source = Enumerable.Range(0, outer * axis * inner).Select(_ => value()).ToArray();
        var expected = new T[source.Length];
        var result = new T[source.Length];
        for (var place = 0; place < source.Length; place++)
        {
            var (position, column) = (place / inner % axis, place - (place / inner % axis * inner));
            for (var other = 0; other < axis; other++)
            {
                if ((other == position && !exclusive) || (reverse ? other > position : other < position))
                    expected[place] += source[column + (other * inner)];
            }
        }

        var kernel = new CumulativeSum<T>(outer, axis, inner, reverse, exclusive);
        fixed (T* from = source)
        fixed (T* to = result)
        {
            for (var part = kernel.Parts - 1; part >= 0; part--)
                kernel.Run(part, from, to);
        }

        Assert.Equal(expected, result);
    }
}
