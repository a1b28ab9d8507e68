namespace Functional.Hdf5.Reading;

/// <summary>A file that is in memory.</summary>
internal sealed class MemoryBytes(ReadOnlyMemory<byte> bytes) : FileBytes
{
    public override long Length => bytes.Length;

    public override ReadOnlyMemory<byte> Slice(long offset, int lengthInBytes) =>
        bytes.Slice((int)offset, lengthInBytes);

    public override void CopyTo(long offset, Span<byte> destination) =>
        bytes.Span.Slice((int)offset, destination.Length).CopyTo(destination);

    public override void Dispose()
    {
    }

    /// <summary>Reads the rest of a stream, up to a limit.</summary>
    public static MemoryBytes Copy(Stream stream, long maximumInBytes)
    {
        var limit = Math.Min(maximumInBytes, Hdf5Options.LongestRead);
        using var copy = new MemoryStream();
        var block = new byte[81920];
        for (var count = stream.Read(block); count > 0; count = stream.Read(block))
        {
            if (copy.Length + count > limit)
                throw new Hdf5FormatException("stream", limit, $"it is longer than the {limit} bytes allowed");
            copy.Write(block, 0, count);
        }

        return new MemoryBytes(copy.GetBuffer().AsMemory(0, (int)copy.Length));
    }
}
