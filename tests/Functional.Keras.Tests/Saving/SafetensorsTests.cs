using System.Buffers.Binary;
using System.Text;
using Xunit;

namespace Functional.Keras.Tests;

public sealed class SafetensorsTests
{
    private static byte[] File(string header, int dataLength) =>
        [.. Length(Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header), .. new byte[dataLength]];

    private static byte[] Length(long length)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        return bytes;
    }

    [Fact]
    public void AFileMadeFromTheDescriptionOfTheFormatIsRead()
    {
        var file = Safetensors.Read(new MemoryStream(SavingFiles.Bytes("arrays.safetensors")));
        Assert.Equal("pt", file.Metadata["format"]);
        var arrays = file.Arrays.ToDictionary(array => array.Name);
        Assert.Equal([0f, 1f, 2f, 3f], arrays["a"].Read<float>());
        Assert.Equal([1f, -2.5f], arrays["b/c"].ReadAs<float>());
        Assert.Equal([true, false, true], arrays["flags"].Read<bool>());
        Assert.Equal([0L, 2L], arrays["none"].Shape.AsEnumerable());
    }

    [Fact]
    public void WhatIsWrittenIsReadWithLongElementsFirst()
    {
        StoredArray[] arrays =
        [
            StoredArray.Of<byte>("z", [3], [1, 2, 3]),
            StoredArray.Of<double>("é\"", [], [0.1]),
            StoredArray.Of<float>("b", [1, 2], [1f, 2f]),
            StoredArray.Of<float>("a", [0], []),
        ];
        using var stream = new MemoryStream();
        Safetensors.Write(stream, arrays, new Dictionary<string, string> { ["format"] = "functional" });
        stream.Position = 0;
        var file = Safetensors.Read(stream);
        Assert.Equal(["é\" Float64 ()", "a Float32 (0)", "b Float32 (1, 2)", "z UInt8 (3)"],
            file.Arrays.Select(array => array.ToString()));
        Assert.Equal("functional", file.Metadata["format"]);
        Assert.Equal([1f, 2f], file.Arrays[2].Read<float>());
        Assert.Equal(0, BinaryPrimitives.ReadInt64LittleEndian(stream.GetBuffer()) % 8);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "bytes follow the last array")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 3, "the data end after 3")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "has not that length")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "does not follow at 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "'a' has no 'data_offsets'")]
    [InlineData("""{"a":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}}""", 1, "'F8_E4M3', which is not")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "is negative")]
    [InlineData("""{"a":[]}""", 0, "the header is not the JSON")]
    [InlineData("""{"a":{},"a":{}}""", 0, "the header is not the JSON")]
    [InlineData("""[]""", 0, "the header is not the JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""", 0, "has not that")]
    public void AHeaderThatContradictsTheDataIsRefused(string header, int dataLength, string expected)
    {
        var bytes = File(header, dataLength);
        var error = Assert.Throws<ArrayFormatException>(() => Safetensors.Read(new MemoryStream(bytes)));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AHeaderLongerThanTheFormatAllowsIsRefused()
    {
        var error = Assert.Throws<ArrayFormatException>(() => Safetensors.Read(new MemoryStream(Length(-1))));
        Assert.Contains("a header of at most 100000000 bytes expected", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoArraysCannotHaveOneName()
    {
        var array = StoredArray.Of<float>("x", [1], [1f]);
        Assert.Throws<ArgumentException>(() => Safetensors.Write(new MemoryStream(), [array, array]));
    }
}
