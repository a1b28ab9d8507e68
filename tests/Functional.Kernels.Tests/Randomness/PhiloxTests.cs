using Functional.Kernels.Randomness;
using Xunit;

namespace Functional.Kernels.Tests.Randomness;

/// <summary>The known answers are those of the authors' Random123 library.</summary>
public sealed unsafe class PhiloxTests
{
    [Fact]
    public void ZeroCounterAndKey_GiveThePublishedBlock() =>
        Assert.Equal((0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u), Philox.Block((0, 0, 0, 0), 0, 0));

    [Fact]
    public void AllOnes_GiveThePublishedBlock() =>
        Assert.Equal(
            (0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu),
            Philox.Block((~0u, ~0u, ~0u, ~0u), ~0u, ~0u));

    [Fact]
    public void DigitsOfPi_GiveThePublishedBlock() =>
        Assert.Equal(
            (0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u),
            Philox.Block((0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344), 0xa4093822, 0x299f31d0));

    [Theory]
    [InlineData(7, 3, 11, 0)]
    [InlineData(-7, -3, -11, 4096)]
    [InlineData(1, 2, 3, (1L << 34) - 16)]
    public void ABatch_IsMadeOfBlocks(int seed, int stream, int step, long index)
    {
        var bits = stackalloc uint[Philox.BatchSize];
        Philox.Fill(seed, stream, step, index, bits);
        for (var i = 0; i < Philox.BatchSize; i += 4)
        {
            var block = (ulong)(index + i) / 4;
            Assert.Equal(
                Philox.Block(((uint)block, (uint)(block >> 32), (uint)step, 0), (uint)seed, (uint)stream),
                (bits[i], bits[i + 1], bits[i + 2], bits[i + 3]));
        }
    }
}
