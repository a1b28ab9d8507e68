namespace Functional.Keras;

/// <summary>Reads so many bytes of a stream, taking memory only as bytes really come.</summary>
internal static class BoundedStream
{
    private const int Block = 1 << 20;

    /// <summary>The most that is read of one file or archive unless a caller says otherwise.</summary>
    public const long DefaultLimitInBytes = 1L << 31;

    public static byte[] Read(Stream stream, long length, string format)
    {
        if (length > Array.MaxLength)
            throw new ArrayFormatException(format, $"{length} bytes do not fit in one array");
        var bytes = new byte[Math.Min(length, Block)];
        var count = 0;
        while (count < length)
        {
            if (count == bytes.Length)
                Array.Resize(ref bytes, (int)Math.Min(length, 2L * bytes.Length));
            var read = Decoded(stream, bytes.AsSpan(count), format);
            if (read == 0)
                throw new ArrayFormatException(format, $"{length} bytes expected, but the data end after {count}");
            count += read;
        }

        return bytes;
    }

    /// <summary>Whether the stream has come to its end.</summary>
    public static bool IsAtEnd(Stream stream, string format) => Decoded(stream, new byte[1], format) == 0;

    private static int Decoded(Stream stream, Span<byte> buffer, string format)
    {
        try
        {
            return stream.Read(buffer);
        }
        catch (InvalidDataException failure)
        {
            throw new ArrayFormatException(format, "the data cannot be decompressed", failure);
        }
    }
}
