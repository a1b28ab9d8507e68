using FsCheck;
using FsCheck.Fluent;
using Functional.Kernels.Randomness;
using MathNet.Numerics.Distributions;
using Xunit;

namespace Functional.Kernels.Tests.Randomness;

public sealed class NormalQuantileTests
{
    private static readonly Arbitrary<int> Bits24 = Gen.Choose(0, (1 << 24) - 1).ToArbitrary();

    [Fact]
    public void TheQuantile_InvertsTheDistributionFunction() =>
        Prop.ForAll(Bits24, bits =>
        {
            var probability = (bits + 0.5) / (1 << 24);
            var found = Normal.CDF(0, 1, NormalQuantile.Of(probability));
            Assert.InRange(found, probability * (1 - 1e-12), probability * (1 + 1e-12));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.25, -0.6744897501960817)]
    [InlineData(0.001, -3.090232306167813)]
    [InlineData(1e-20, -9.262340089798408)]
    public void PublishedValues_AreMet(double probability, double expected) =>
        Assert.Equal(expected, NormalQuantile.Of(probability), 1e-14);

    [Fact]
    public void TheQuantile_IsOdd() =>
        Prop.ForAll(Bits24, bits =>
        {
            var probability = (bits + 0.5) / (1 << 24);
            Assert.Equal(-NormalQuantile.Of(probability), NormalQuantile.Of(1 - probability));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void TheLogarithm_IsWithinRoundingOfTheRuntimesOwn() =>
        Prop.ForAll(Bits24, bits =>
        {
            var value = (bits + 0.5) / (1 << 24);
            Assert.Equal(Math.Log(value), NormalQuantile.Logarithm(value), 1e-15 * (1 + Math.Abs(Math.Log(value))));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
}
