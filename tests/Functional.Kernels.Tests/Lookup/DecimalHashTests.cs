using Functional.Kernels.Lookup;
using Xunit;

namespace Functional.Kernels.Tests.Lookup;

public sealed unsafe class DecimalHashTests
{
    /// <summary>What Keras's own tests of its Hashing layer state.</summary>
    [Fact]
    public void SmallNumbers_FallInKerasBins()
    {
        Assert.Equal([1, 0, 1, 0, 2], Run(new DecimalHash(5, 3), [0, 1, 2, 3, 4]));
        Assert.Equal([1, 1, 2, 0, 1], Run(new DecimalHash(5, 3, 133, 137), [0, 1, 2, 3, 4]));
    }

    /// <summary>Computed with the published algorithms, written a second time in Python.</summary>
    [Fact]
    public void EveryLengthOfText_HasTheBinOfThePublishedAlgorithm()
    {
        int[] numbers = [7, -42, 999, 1234, -12345, 1000000, 87654321, -87654321, int.MaxValue, int.MinValue];
        Assert.Equal(
            [1080489176, 1683818504, 73863083, 118103575, 1452535012, 655684316, 355255798, 1885643302, 1331686642, 1508909984],
            Run(new DecimalHash(numbers.Length, int.MaxValue), numbers));
        Assert.Equal(
            [513831912, 1631705714, 1979934397, 215036239, 1878718852, 1548017259, 1763848474, 991135168, 1458426351, 1057952790],
            Run(new DecimalHash(numbers.Length, int.MaxValue, 1, ulong.MaxValue), numbers));
    }

    [Fact]
    public void ManyNumbers_AreCutIntoParts()
    {
        var numbers = Enumerable.Range(-5_000, 10_000).ToArray();
        var hash = new DecimalHash(numbers.Length, 7);
        Assert.True(hash.Parts > 1);
        Assert.Equal(numbers.Select(number => Run(new DecimalHash(1, 7), [number])[0]), Run(hash, numbers));
    }

    private static int[] Run(DecimalHash hash, int[] numbers)
    {
        var result = new int[numbers.Length];
        fixed (int* from = numbers)
        fixed (int* to = result)
        {
            for (var part = hash.Parts - 1; part >= 0; part--)
                hash.Run(part, from, to);
        }

        return result;
    }
}
