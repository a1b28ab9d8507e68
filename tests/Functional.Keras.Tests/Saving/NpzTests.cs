using System.IO.Compression;
using Xunit;

namespace Functional.Keras.Tests;

public sealed class NpzTests
{
    public static TheoryData<string> Archives => ["stored.npz", "compressed.npz"];

    [Theory]
    [MemberData(nameof(Archives))]
    public void EveryTypeInEveryOrderHasTheElementsNumPyGaveIt(string name)
    {
        var arrays = Npz.Read(new MemoryStream(SavingFiles.Bytes(name))).ToDictionary(array => array.Name);
        var cases = arrays.Values.Where(array => array.Shape.Length == 3).ToList();
        Assert.Equal(30, cases.Count);
        foreach (var array in cases)
        {
            var position = int.Parse(array.Name.Split('_')[1], System.Globalization.CultureInfo.InvariantCulture);
            var values = Enumerable.Range(0, 24).Select(i => (double)(((i * 7) + position) % 100));
            var isTruth = array.ElementType == StoredElementType.Boolean;
            Assert.Equal(isTruth ? values.Select(x => x == 0 ? 0.0 : 1) : values, array.ReadAs<double>());
        }

        Assert.Equal(0, arrays["empty"].Count);
        Assert.Equal([120L, 7L], arrays["matrix_120_7"].Shape.AsEnumerable());
        Assert.Equal(Enumerable.Range(0, 840), arrays["matrix_120_7"].Read<int>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WhatIsWrittenIsReadAndIsAlwaysTheSameBytes(bool compress)
    {
        var arrays = Npz.Read(new MemoryStream(SavingFiles.Bytes("stored.npz")));
        byte[][] written = [Write(arrays, compress), Write(arrays, compress)];
        Assert.Equal(written[0], written[1]);
        var read = Npz.Read(new MemoryStream(written[0]));
        Assert.Equal(arrays.Select(array => array.ToString()), read.Select(array => array.ToString()));
        Assert.All(arrays.Zip(read), pair => Assert.Equal(pair.First.Bytes.ToArray(), pair.Second.Bytes.ToArray()));
    }

    [Fact]
    public void AnArchiveThatUnpacksToMoreThanTheLimitIsRefused()
    {
        var bomb = Write([new StoredArray("x", [1 << 22], StoredElementType.UInt8, new byte[1 << 22])], compress: true);
        Assert.InRange(bomb.Length, 0, 1 << 14);
        var error = Assert.Throws<ArrayFormatException>(() => Npz.Read(new MemoryStream(bomb), maximumInBytes: 1000));
        Assert.Contains("takes more than 1000 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnArchiveOfOtherFilesIsRefused()
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            archive.CreateEntry("readme.txt");
        var error = Assert.Throws<ArrayFormatException>(() => Npz.Read(stream));
        Assert.Equal("npz: 'readme.txt' is not an array", error.Message);
    }

    [Fact]
    public void TwoArraysCannotHaveOneName()
    {
        var array = StoredArray.Of<float>("x", [1], [1f]);
        Assert.Throws<ArgumentException>(() => Npz.Write(new MemoryStream(), [array, array]));
    }

    private static byte[] Write(IEnumerable<StoredArray> arrays, bool compress)
    {
        using var stream = new MemoryStream();
        Npz.Write(stream, arrays, compress);
        return stream.ToArray();
    }
}
