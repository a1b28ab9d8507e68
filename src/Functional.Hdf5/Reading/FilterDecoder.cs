using System.Buffers.Binary;
using System.IO.Compression;
using Functional.Hdf5.Format;

namespace Functional.Hdf5.Reading;

/// <summary>Undoes the filters of a chunk, last first.</summary>
internal static class FilterDecoder
{
    private const int ChecksumLength = 4;

    /// <summary>The chunk as it was before filtering; exactly as long as expected.</summary>
    public static ReadOnlyMemory<byte> Decode(
        ReadOnlyMemory<byte> stored, IReadOnlyList<Filter> filters, uint filterMask, int expectedLength, long address)
    {
        var longest = expectedLength + (ChecksumLength * filters.Count);
        for (var i = filters.Count - 1; i >= 0; i--)
        {
            if ((filterMask & (1u << i)) != 0)
                continue;
            var filter = filters[i];
            stored = filter.Id switch
            {
                Filter.Deflate => Inflate(stored, longest, address),
                Filter.Shuffle => Unshuffle(stored.Span, filter.ClientData is [var size, ..] ? size : 1),
                Filter.Fletcher32 => WithoutChecksum(stored, address),
                _ => throw Error(address, $"filter {filter.Id} is not supported"),
            };
        }

        return stored.Length == expectedLength
            ? stored
            : throw Error(address, $"{expectedLength} bytes expected, {stored.Length} found");
    }

    private static Hdf5FormatException Error(long address, string problem, Exception? cause = null) =>
        new("chunk", address, problem, cause);

    private static ReadOnlyMemory<byte> Inflate(ReadOnlyMemory<byte> compressed, int longest, long address)
    {
        var result = new byte[longest];
        try
        {
            using var stream = new ZLibStream(new MemoryStream(compressed.ToArray()), CompressionMode.Decompress);
            var length = stream.ReadAtLeast(result, longest, throwOnEndOfStream: false);
            if (length == longest && stream.ReadByte() >= 0)
                throw Error(address, $"it is longer than the {longest} bytes expected");
            return result.AsMemory(0, length);
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException)
        {
            throw Error(address, "it cannot be decompressed", failure);
        }
    }

    // Shuffling puts the first bytes of all elements first, then the second bytes, and so on.
    private static ReadOnlyMemory<byte> Unshuffle(ReadOnlySpan<byte> shuffled, uint elementSize)
    {
        var result = shuffled.ToArray();
        if (elementSize <= 1 || elementSize > shuffled.Length)
            return result;
        var size = (int)elementSize;
        var count = shuffled.Length / size;
        for (var place = 0; place < size; place++)
        {
            var bytes = shuffled.Slice(place * count, count);
            for (var i = 0; i < count; i++)
                result[(i * size) + place] = bytes[i];
        }

        return result;
    }

    private static ReadOnlyMemory<byte> WithoutChecksum(ReadOnlyMemory<byte> checkedBytes, long address)
    {
        if (checkedBytes.Length < ChecksumLength)
            throw Error(address, "it is shorter than its checksum");
        var content = checkedBytes[..^ChecksumLength];
        var stored = BinaryPrimitives.ReadUInt32LittleEndian(checkedBytes.Span[^ChecksumLength..]);
        var computed = Fletcher32(content.Span);
        return stored == computed
            ? content
            : throw Error(address, $"the checksum is {stored:x8}, but the bytes give {computed:x8}");
    }

    // Fletcher's checksum over big-endian 16-bit words, an odd last byte as the high half of a word.
    private static uint Fletcher32(ReadOnlySpan<byte> bytes)
    {
        uint first = 0, second = 0;
        for (var i = 0; i < bytes.Length; i += 2)
        {
            var word = (uint)(bytes[i] << 8) | (i + 1 < bytes.Length ? bytes[i + 1] : 0u);
            first = Fold(first + word);
            second = Fold(second + first);
        }

        return (Fold(second) << 16) | Fold(first);
    }

    private static uint Fold(uint sum) => (sum & 0xffff) + (sum >> 16);
}
