using Functional.Kernels.Memory;
using Xunit;

namespace Functional.Kernels.Tests.Memory;

public sealed unsafe class AlignedMemoryTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(10_000_000)]
    public void EveryBlockBeginsOnACacheLine(long size)
    {
        using var memory = new AlignedMemory(size);
        Assert.Equal(0, (long)memory.Start % AlignedMemory.Alignment);
        Assert.Equal(size, memory.SizeInBytes);
    }

    [Theory]
    [InlineData(257)]
    [InlineData(5_000_000)]
    public void ABlockHoldsZerosWhenAsked(int size)
    {
        for (var repetition = 0; repetition < 3; repetition++)
        {
            using var memory = new AlignedMemory(size, zeroed: true);
            var bytes = memory.AsSpan<byte>(0, size);
            Assert.Equal(-1, bytes.IndexOfAnyExcept((byte)0));
            bytes.Fill(7);
        }
    }

    [Fact]
    public void SpansReachTheEndAndNotFurther()
    {
        using var memory = new AlignedMemory(64);
        Assert.Equal(14, memory.AsSpan<float>(8, 14).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => memory.AsSpan<float>(8, 15));
        Assert.Throws<ArgumentOutOfRangeException>(() => memory.AsSpan<float>(-4, 1));
    }

    [Fact]
    public void ADisposedBlockRefusesItsPointer()
    {
        var memory = new AlignedMemory(64);
        memory.Dispose();
        memory.Dispose();
        Assert.Throws<ObjectDisposedException>(() => (nint)memory.Start);
    }
}
