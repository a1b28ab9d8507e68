using System.Numerics;
using Functional.Kernels.Randomness;
using MathNet.Numerics.Statistics;
using Xunit;

namespace Functional.Kernels.Tests.Randomness;

public sealed unsafe class RandomFillTests
{
    private const int Count = 200_003;

    [Theory]
    [InlineData(RandomDistribution.Uniform)]
    [InlineData(RandomDistribution.Normal)]
    [InlineData(RandomDistribution.TruncatedNormal)]
    public void AnElement_DependsOnItsIndexOnly(RandomDistribution distribution)
    {
        var longer = Fill<double>(distribution, Count, 1, 2, 3);
        var shorter = Fill<double>(distribution, 77, 1, 2, 3);
        Assert.Equal(shorter, longer[..77]);
    }

    [Theory]
    [InlineData(RandomDistribution.Uniform)]
    [InlineData(RandomDistribution.Normal)]
    [InlineData(RandomDistribution.TruncatedNormal)]
    public void Float_IsTheRoundedDouble(RandomDistribution distribution) =>
        Assert.Equal(
            Fill<double>(distribution, 1000, 4, 5, 6).Select(value => (float)value),
            Fill<float>(distribution, 1000, 4, 5, 6));

    [Theory]
    [InlineData(2, 2, 3)]
    [InlineData(1, 3, 3)]
    [InlineData(1, 2, 4)]
    public void AnotherSeedStreamOrStep_GivesOtherNumbers(int seed, int stream, int step) =>
        Assert.NotEqual(
            Fill<float>(RandomDistribution.Uniform, 100, 1, 2, 3),
            Fill<float>(RandomDistribution.Uniform, 100, seed, stream, step));

    [Fact]
    public void UniformNumbers_AreMultiplesOfTwoToTheMinus24_OfTheFirstBlock()
    {
        var block = Philox.Block((0, 0, 3, 0), 1, 2);
        Assert.Equal(
            new[] { block.First, block.Second, block.Third, block.Fourth }.Select(bits => (bits >> 8) / 16777216.0),
            Fill<double>(RandomDistribution.Uniform, 4, 1, 2, 3));
    }

    [Fact]
    public void UniformNumbers_FillTheUnitIntervalEvenly()
    {
        var numbers = Fill<double>(RandomDistribution.Uniform, Count, 9, 0, 0);
        Assert.All(numbers, number => Assert.InRange(number, 0, 1 - (1.0 / (1 << 24))));
        Assert.Equal(0.5, numbers.Mean(), 0.003);
        Assert.Equal(1.0 / 12, numbers.Variance(), 0.001);
    }

    [Fact]
    public void NormalNumbers_HaveMeanZeroAndDeviationOne()
    {
        var numbers = Fill<double>(RandomDistribution.Normal, Count, 9, 0, 0);
        Assert.Equal(0, numbers.Mean(), 0.01);
        Assert.Equal(1, numbers.StandardDeviation(), 0.01);
        Assert.Equal(3, numbers.Kurtosis() + 3, 0.05);
    }

    [Fact]
    public void TruncatedNumbers_StayWithinTwoDeviations()
    {
        var numbers = Fill<double>(RandomDistribution.TruncatedNormal, Count, 9, 0, 0);
        Assert.All(numbers, number => Assert.InRange(number, -2, 2));

        // The deviation of a normal variable between -2 and 2 is sqrt(1 - 4 * density(2) / (distribution(2) -
        // distribution(-2))).
        Assert.Equal(0.8796256610342398, numbers.StandardDeviation(), 0.005);
    }

    [Fact]
    public void Integers_CoverTheirRange()
    {
        var target = new int[Count];
        var fill = new RandomIntegerFill(Count, -3, 4);
        fixed (int* to = target)
        {
            for (var part = fill.Parts - 1; part >= 0; part--)
                fill.Run(part, 1, 2, 3, to);
        }

        Assert.Equal([-3, -2, -1, 0, 1, 2, 3], target.Distinct().Order());
        Assert.All(
            target.CountBy(value => value), pair => Assert.InRange(pair.Value, (Count / 7) - 1000, (Count / 7) + 1000));
    }

    private static T[] Fill<T>(RandomDistribution distribution, int count, int seed, int stream, int step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var target = new T[count];
        var fill = new RandomFill<T>(distribution, count);
        fixed (T* to = target)
        {
            for (var part = fill.Parts - 1; part >= 0; part--)
                fill.Run(part, seed, stream, step, to);
        }

        return target;
    }
}
