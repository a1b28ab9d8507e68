using FsCheck;
using FsCheck.Fluent;
using Functional.Kernels.Memory;
using Functional.Kernels.Reductions;
using Xunit;

namespace Functional.Kernels.Tests.Reductions;

public sealed class NaNSearchTests
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    [Fact]
    public void TheFirstOfSeveral_IsFound_InEveryPart() => Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var values = new float[random.Next(1, 400_000)];
        for (var count = random.Next(4); count > 0; count--)
            values[random.Next(values.Length)] = float.NaN;
        var expected = Array.FindIndex(values, float.IsNaN);
        Assert.Equal(expected, FirstIn<float>(values));
        Assert.Equal(expected, FirstIn<double>(Array.ConvertAll(values, value => (double)value)));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Infinities_AreNumbers() => Assert.Equal(-1, FirstIn<double>([double.PositiveInfinity, double.NegativeInfinity]));

    [Fact]
    public void ANaNBehindInfinities_IsFound() =>
        Assert.Equal(2, FirstIn<float>([float.PositiveInfinity, float.NegativeInfinity, float.NaN]));

    [Fact]
    public void WholeNumbers_HaveNone() => Assert.Equal(-1, FirstIn<int>([1, 2]));

    [Fact]
    public void NoElements_HaveNone() => Assert.Equal(-1, FirstIn<float>([]));

    private static int FirstIn<T>(T[] values)
        where T : unmanaged => NaNSearch.FirstIn(HostTensor.Create<T>([values.Length], values));
}
