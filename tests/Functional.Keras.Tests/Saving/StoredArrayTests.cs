using Xunit;

namespace Functional.Keras.Tests;

public sealed class StoredArrayTests
{
    [Fact]
    public void AShapeMustTakeTheBytesGiven()
    {
        var error = Assert.Throws<ArgumentException>(() =>
            new StoredArray("x", [2, 3], StoredElementType.Float32, new byte[20]));
        Assert.Contains("shape (2, 3) of Float32 does not take 20 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadingAsAnotherTypeNamesBoth()
    {
        var array = StoredArray.Of<float>("kernel", [1], [1f]);
        var error = Assert.Throws<ArrayFormatException>(() => array.Read<int>());
        Assert.Equal("array: 'kernel' holds Float32, not Int32", error.Message);
    }

    [Fact]
    public void NumbersConvertToTheNearestThatFits()
    {
        Assert.Equal([255, 0, 7], StoredArray.Of<float>("x", [3], [300f, -1f, 7.9f]).ReadAs<byte>());
        Assert.Equal([1f, 0f], StoredArray.Of<bool>("x", [2], [true, false]).ReadAs<float>());
    }

    [Fact]
    public void AnyByteButZeroIsTrue()
    {
        var values = new StoredArray("x", [3], StoredElementType.Boolean, new byte[] { 0, 1, 200 }).Read<bool>();
        Assert.Equal([false, true, true], values);
        Assert.True(values[1] == values[2]);
    }

    [Fact]
    public void TypesThatFilesDoNotHaveAreRefused() =>
        Assert.Throws<ArgumentException>(() => StoredArray.Of<decimal>("x", [1], [1m]));
}
