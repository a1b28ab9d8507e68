using System.IO.Compression;
using Functional.Hdf5.Format;
using Functional.Hdf5.Reading;
using Functional.Hdf5.Writing;
using Xunit;

namespace Functional.Hdf5.Tests;

public sealed class HostileFileTests
{
    private static Hdf5FormatException Refused(byte[] bytes, Hdf5Options? options = null) =>
        Assert.Throws<Hdf5FormatException>(() => Hdf5File.Open(bytes, options));

    private static void AssertSays(string expected, Hdf5FormatException error) =>
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);

    [Fact]
    public void SomethingElseIsNotAnHdf5File()
    {
        AssertSays("this is not an HDF5 file", Refused(new byte[10000]));
        AssertSays("this is not an HDF5 file", Refused([]));
    }

    [Fact]
    public void AnIncompleteFileSaysSo()
    {
        var bytes = TestFiles.Bytes("cnn_small.weights.h5");
        AssertSays("it is incomplete", Refused(bytes[..^100]));
    }

    [Fact]
    public void AnErrorNamesTheStructureAndItsOffset()
    {
        var bytes = TestFiles.Bytes("logistic_regression.legacy.h5");
        var heap = bytes.AsSpan().IndexOf("HEAP"u8);
        bytes[heap] = (byte)'h';
        var error = Refused(bytes);
        Assert.Equal("local heap", error.Structure);
        Assert.Equal(heap + 4, error.Offset);
        AssertSays("the signature 'HEAP' is missing", error);
    }

    [Fact]
    public void AWrongChecksumIsNoticed()
    {
        var file = new CraftedFile();
        var bytes = file.Bytes(file.AddGroup());
        bytes[^6] ^= 1;
        AssertSays("the checksum is", Refused(bytes));
    }

    [Fact]
    public void AGroupCannotContainItself()
    {
        var file = new CraftedFile();
        var root = file.AddGroup(new Link("again", file.NextAddress));
        AssertSays("'/again' contains itself", Refused(file.Bytes(root)));
    }

    [Fact]
    public void AHeaderCannotContinueIntoItself()
    {
        var file = new CraftedFile();
        var root = file.Add((MessageType.Continuation, CraftedFile.Encode(writer =>
        {
            writer.UInt64(Superblock.WrittenLengthInBytes);
            writer.UInt64(30);
        })));
        AssertSays("it continues into itself", Refused(file.Bytes(root)));
    }

    [Fact]
    public void GroupsThatShareMembersManyTimesOverAreRefusedInLinearTime()
    {
        var file = new CraftedFile();
        var address = file.AddGroup();
        for (var i = 0; i < 60; i++)
            address = file.AddGroup(new Link("left", address), new Link("right", address));
        AssertSays("the structures refer to more than 8 times the file", Refused(file.Bytes(address)));
    }

    [Fact]
    public void GroupsNestedTooDeepAreRefusedUnlessTheLimitIsRaised()
    {
        var file = new CraftedFile();
        var address = file.AddGroup();
        for (var i = 0; i < 200; i++)
            address = file.AddGroup(new Link("x", address));
        var bytes = file.Bytes(address);
        AssertSays("groups are nested more than 128 deep", Refused(bytes));
        using var opened = Hdf5File.Open(bytes, new Hdf5Options { MaximumDepth = 200 });
        Assert.NotNull(opened.Root.Find(string.Join('/', Enumerable.Repeat("x", 200))));
    }

    [Fact]
    public void ANameCannotBeThereTwice()
    {
        var file = new CraftedFile();
        var member = file.AddGroup();
        var root = file.AddGroup(new Link("x", member), new Link("x", member));
        AssertSays("'x' is there twice", Refused(file.Bytes(root)));
    }

    [Fact]
    public void ANameCannotBeAPath()
    {
        var file = new CraftedFile();
        var root = file.AddGroup(new Link("../x", file.AddGroup()));
        AssertSays("'../x' cannot be the name of a member", Refused(file.Bytes(root)));
    }

    [Fact]
    public void AShapeLargerThanTheLimitIsRefusedBeforeMemoryIsTaken()
    {
        using var file = WithDataset([1L << 40], writer => DataLayout.WriteContiguous(writer, 0, 1L << 42));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<Hdf5FormatException>(() => file.Root.Dataset("x").Read<float>());
        AssertSays("takes more than the", error);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void ASmallFileCannotPromiseMuchMoreThanItsLength()
    {
        using var file = WithDataset([1 << 26], writer => DataLayout.WriteContiguous(writer, 0, 0));
        var error = Assert.Throws<Hdf5FormatException>(() => file.Root.Dataset("x").Read<float>());
        AssertSays("takes more than the", error);
        using var patient = WithDataset(
            [1 << 20],
            writer => DataLayout.WriteContiguous(writer, 0, 0),
            new Hdf5Options { MaximumExpansion = 1 << 20 });
        Assert.Equal(new float[1 << 20], patient.Root.Dataset("x").Read<float>());
    }

    [Fact]
    public void AShapeWithTooManyElementsToCountIsRefused()
    {
        var file = new CraftedFile();
        var dataset = file.AddDataset([1L << 40, 1L << 40], Hdf5ElementType.Float32, writer =>
            DataLayout.WriteContiguous(writer, 0, 0));
        AssertSays("has too many elements", Refused(file.Bytes(file.AddGroup(new Link("x", dataset)))));
    }

    [Fact]
    public void DataOutsideTheFileIsRefused()
    {
        using var file = WithDataset([100], writer => DataLayout.WriteContiguous(writer, 1L << 50, 400));
        var error = Assert.Throws<Hdf5FormatException>(() => file.Root.Dataset("x").Read<float>());
        AssertSays("its 400 bytes are not within the file", error);
    }

    [Fact]
    public void DataShorterThanTheShapeIsRefused()
    {
        using var file = WithDataset([100], writer => DataLayout.WriteContiguous(writer, 48, 8));
        var error = Assert.Throws<Hdf5FormatException>(() => file.Root.Dataset("x").Read<float>());
        AssertSays("the shape takes 400 bytes, but 8 are stored", error);
    }

    [Fact]
    public void AChunkThatInflatesToMoreThanItsSizeIsRefused()
    {
        using var compressed = new MemoryStream();
        using (var deflate = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            deflate.Write(new byte[1 << 20]);
        var error = Assert.Throws<Hdf5FormatException>(() => FilterDecoder.Decode(
            compressed.ToArray(), [new Filter(Filter.Deflate, [])], 0, expectedLength: 400, address: 48));
        AssertSays("it is longer than the", error);
    }

    [Fact]
    public void AStreamLongerThanTheLimitIsRefused()
    {
        using var stream = new MemoryStream(new byte[1000]);
        var options = new Hdf5Options { MaximumStreamInBytes = 999 };
        var error = Assert.Throws<Hdf5FormatException>(() => Hdf5File.Open(stream, options));
        AssertSays("it is longer than the 999 bytes allowed", error);
    }

    [Fact]
    public void TextThatIsNotUtf8IsRefused()
    {
        var builder = new Hdf5FileBuilder();
        builder.Root.SetAttribute("text", "abcdefgh");
        using var stream = new MemoryStream();
        builder.Write(stream);
        var bytes = stream.ToArray();
        bytes[bytes.AsSpan().IndexOf("abcdefgh"u8)] = 0xff;
        using var file = Hdf5File.Open(bytes);
        var error = Assert.Throws<Hdf5FormatException>(() => file.Root.Attributes["text"].ReadString());
        AssertSays("not valid UTF-8", error);
    }

    private static Hdf5File WithDataset(long[] shape, Action<ByteWriter> layout, Hdf5Options? options = null)
    {
        var file = new CraftedFile();
        var dataset = file.AddDataset(shape, Hdf5ElementType.Float32, layout);
        return Hdf5File.Open(file.Bytes(file.AddGroup(new Link("x", dataset))), options);
    }
}
