using Xunit;

namespace Functional.Hdf5.Tests;

public sealed class BuilderTests
{
    [Fact]
    public void AFileIsWrittenInOnePassWithoutSeeking()
    {
        using var forward = new ForwardStream();
        SampleFile.Build().Write(forward);
        using var file = Hdf5File.Open(forward.Written);
        Assert.Equal(3000, file.Root.Group("many").Datasets.Count);
    }

    [Fact]
    public void TheSameTreeIsAlwaysTheSameBytes()
    {
        using var first = new ForwardStream();
        using var second = new ForwardStream();
        SampleFile.Build().Write(first);
        SampleFile.Build().Write(second);
        Assert.Equal(first.Written, second.Written);
    }

    [Fact]
    public void ATextAttributeMayBeLongerThan64KiB()
    {
        var text = $"[\"{new string('x', 1 << 20)}\"]";
        var builder = new Hdf5FileBuilder();
        builder.Root.SetAttribute("model_config", text);
        using var stream = new ForwardStream();
        builder.Write(stream);
        using var file = Hdf5File.Open(stream.Written);
        Assert.Equal(text, file.Root.Attributes["model_config"].ReadString());
    }

    [Fact]
    public void AnAttributeThatDoesNotFitSaysWhatToDo()
    {
        var root = new Hdf5FileBuilder().Root;
        var error = Assert.Throws<ArgumentException>(() => root.SetAttribute<double>("a", [9000], new double[9000]));
        Assert.Contains("split it, or store text with variable length", error.Message, StringComparison.Ordinal);
        var text = new string('x', 70000);
        Assert.Throws<ArgumentException>(() => root.SetAttribute("a", text, Hdf5TextStorage.FixedLength));
    }

    [Fact]
    public void AShapeMustHoldTheElements()
    {
        var root = new Hdf5FileBuilder().Root;
        var error = Assert.Throws<ArgumentException>(() => root.AddDataset<float>("x", [2, 3], new float[5]));
        Assert.Contains("shape (2, 3) does not hold the 5 elements given", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void APathIsTakenOnce()
    {
        var root = new Hdf5FileBuilder().Root;
        root.AddDataset<int>("a/b", [], new int[1]);
        Assert.Same(root.AddGroup("a"), root.AddGroup("/a/"));
        Assert.Throws<ArgumentException>(() => root.AddDataset<int>("a/b", [], new int[1]));
        Assert.Throws<ArgumentException>(() => root.AddGroup("a/b/c"));
    }

    [Fact]
    public void TypesThatHdf5FilesOfKerasDoNotHaveAreRefused()
    {
        var root = new Hdf5FileBuilder().Root;
        Assert.Throws<ArgumentException>(() => root.AddDataset<decimal>("x", [1], new decimal[1]));
        Assert.Throws<ArgumentException>(() => root.SetAttribute("x", "a\0b"));
        Assert.Throws<ArgumentException>(() => root.SetAttribute("x", "\ud800"));
    }

    /// <summary>A stream that can only be written, from start to end.</summary>
    private sealed class ForwardStream : Stream
    {
        private readonly MemoryStream memory = new();

        public byte[] Written => memory.ToArray();

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => memory.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => memory.Write(buffer, offset, count);
    }
}
