using System.Runtime.InteropServices;
using Functional.Kernels.Memory;
using Xunit;

namespace Functional.Kernels.Tests.Memory;

public class HostTensorTests
{
    [Fact]
    public void Values_AreCopied_SoThatTheirOwnerMayChangeThem()
    {
        float[] values = [1, 2, 3, 4, 5, 6];
        var tensor = HostTensor.Create<float>([2, 3], values);
        values[0] = 99;
        Assert.Equal([1f, 2f, 3f, 4f, 5f, 6f], tensor.AsSpan<float>().ToArray());
        Assert.Equal([2, 3], tensor.Shape.ToArray());
        Assert.Equal(24, tensor.SizeInBytes);
    }

    [Fact]
    public void Address_IsWhereTheElementsAre_AlsoAfterACollection()
    {
        var tensor = HostTensor.Create<double>([3], [1.5, 2.5, 3.5]);
        GC.Collect();
        var copy = new double[3];
        Marshal.Copy(tensor.Address, copy, 0, 3);
        Assert.Equal([1.5, 2.5, 3.5], copy);
    }

    [Fact]
    public void NumberOfValues_MustFitTheShape()
    {
        var error = Assert.Throws<ArgumentException>(() => HostTensor.Create<int>([2, 2], [1, 2, 3]));
        Assert.StartsWith("Shape (2, 2) has 4 elements, but 3 values were given.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Elements_AreReadAsTheTypeTheyHave()
    {
        var tensor = HostTensor.Create<int>([1], [7]);
        Assert.Throws<InvalidOperationException>(() => tensor.AsSpan<float>().Length);
    }

    [Fact]
    public void Reshape_SharesTheElements_AndKeepsTheirNumber()
    {
        var tensor = HostTensor.Create<bool>([4], [true, false, true, true]);
        Assert.Equal(tensor.Address, tensor.Reshape([2, 2]).Address);
        Assert.Throws<ArgumentException>(() => tensor.Reshape([3]));
    }

    [Theory]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(1_000)]
    [InlineData(300_000)]
    public void ElementsThatFillACacheLine_BeginOnOne(int length)
    {
        var values = Enumerable.Range(0, length).ToArray();
        var tensor = HostTensor.Create<int>([length], values);
        Assert.Equal(0, tensor.Address % AlignedMemory.Alignment);
        Assert.Equal(0, HostTensor.Create<double>([length], new double[length]).Address % AlignedMemory.Alignment);
        Assert.Equal(length, tensor.Length);
        Assert.Equal(values, tensor.AsSpan<int>().ToArray());
    }
}
