using Xunit;

namespace Functional.Keras.Tests;

public sealed class NpyTests
{
    private static StoredArray Read(string name) => Npy.Read(new MemoryStream(SavingFiles.Bytes(name)), name);

    [Theory]
    [InlineData("row.npy", false)]
    [InlineData("column.npy", true)]
    [InlineData("scalar.npy", false)]
    public void WhatIsWrittenIsByteForByteWhatNumPyWrites(string name, bool columnMajor)
    {
        using var written = new MemoryStream();
        Npy.Write(written, Read(name), columnMajor);
        Assert.Equal(SavingFiles.Bytes(name), written.ToArray());
    }

    [Fact]
    public void BothOrdersHoldTheSameElements()
    {
        var expected = Enumerable.Range(0, 24).Select(i => (float)(((i * 7) + 10) % 100));
        Assert.Equal(expected, Read("row.npy").Read<float>());
        Assert.Equal(expected, Read("column.npy").Read<float>());
        Assert.Equal([2L, 3L, 4L], Read("column.npy").Shape.AsEnumerable());
    }

    [Fact]
    public void AScalarHasNoAxesAndOneElement()
    {
        var scalar = Read("scalar.npy");
        Assert.Empty(scalar.Shape);
        Assert.Equal([2.5f], scalar.Read<float>());
    }

    [Fact]
    public void TheLongerHeaderOfVersion2IsRead() =>
        Assert.Equal([0.0, 1, 2, 3, 4], Read("version2.npy").Read<double>());

    [Theory]
    [InlineData("objects.npy", "type '|O' is not supported; pickled objects are never read")]
    [InlineData("structured.npy", "structured arrays are not supported")]
    public void ArraysThatAreNotNumbersAreRefused(string name, string expected)
    {
        var error = Assert.Throws<ArrayFormatException>(() => Read(name));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnArrayThatIsCutShortIsRefused()
    {
        var bytes = SavingFiles.Bytes("row.npy");
        var error = Assert.Throws<ArrayFormatException>(() => Npy.Read(new MemoryStream(bytes[..^1])));
        Assert.Equal("npy: 96 bytes expected, but the data end after 95", error.Message);
    }

    [Fact]
    public void AnArrayOverTheLimitIsRefused()
    {
        var bytes = SavingFiles.Bytes("row.npy");
        var error = Assert.Throws<ArrayFormatException>(() => Npy.Read(new MemoryStream(bytes), maximumInBytes: 95));
        Assert.Contains("the shape (2, 3, 4) takes more than 95 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AShapeThatPromisesMoreThanComesTakesNoMemory()
    {
        const string Header = "{'descr': '<f4', 'fortran_order': False, 'shape': (500000000,), }";
        byte[] bytes =
        [
            0x93, .. "NUMPY"u8, 1, 0, (byte)Header.Length, 0, .. System.Text.Encoding.ASCII.GetBytes(Header), 1, 2, 3,
        ];
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ArrayFormatException>(() => Npy.Read(new MemoryStream(bytes)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False}", "'shape' is missing")]
    [InlineData("{'descr': '<f4', 'descr': '<f4'}", "the key 'descr' is not expected")]
    [InlineData("{'descr': __import__('os')}", "a text in quotes expected")]
    [InlineData("{'fortran_order': 1}", "True or False expected")]
    [InlineData("{'shape': (-1,)}", "the length of an axis expected")]
    [InlineData("{'shape': (99999999999999999999,)}", "the length of an axis expected")]
    [InlineData("{'shape': (1 2)}", "',' or ')' expected")]
    [InlineData("{'descr': '<f4", "a text does not end")]
    public void AHeaderIsParsedAndNotEvaluated(string header, string expected)
    {
        var error = Assert.Throws<ArrayFormatException>(() => NpyHeader.Parse(header));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BFloat16CannotBeWritten()
    {
        var array = new StoredArray("x", [1], StoredElementType.BFloat16, new byte[2]);
        Assert.Throws<ArgumentException>(() => Npy.Write(new MemoryStream(), array));
    }
}
