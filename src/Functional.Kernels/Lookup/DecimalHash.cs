using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace Functional.Kernels.Lookup;

/// <summary>
/// The bins that whole numbers fall in by a hash of their decimal texts, as TensorFlow's to_hash_bucket has it: FarmHash's
/// Fingerprint64 (Geoff Pike 2014, farmhashna) without a key, SipHash-2-4 (Aumasson, Bernstein 2012) with one.
/// </summary>
public sealed unsafe class DecimalHash
{
    private const int NumbersOfPart = 1 << 12;
    private const int LongestText = 11;
    private const ulong K0 = 0xc3a5c85c97cb3127;
    private const ulong K2 = 0x9ae16a3b2f90404f;

    private readonly int count;
    private readonly uint bins;
    private readonly (ulong First, ulong Second)? key;

    /// <summary>Makes a hash without a key ready to run.</summary>
    /// <param name="count">How many numbers there are.</param>
    /// <param name="bins">How many bins, at least 1.</param>
    public DecimalHash(int count, int bins)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        (this.count, this.bins) = (count, (uint)bins);
        Parts = Math.Max(1, (count + NumbersOfPart - 1) / NumbersOfPart);
    }

    /// <summary>Makes a hash with a key ready to run.</summary>
    /// <param name="count">How many numbers there are.</param>
    /// <param name="bins">How many bins, at least 1.</param>
    /// <param name="key0">The first half of the key.</param>
    /// <param name="key1">The second half of the key.</param>
    public DecimalHash(int count, int bins, ulong key0, ulong key1)
        : this(count, bins) => key = (key0, key1);

    /// <summary>The number of independent parts; it depends on the count only.</summary>
    public int Parts { get; }

    /// <summary>Finds the bins of one part.</summary>
    /// <param name="part">The number of the part, from 0.</param>
    /// <param name="source">The numbers.</param>
    /// <param name="result">Receives the bins.</param>
    public void Run(int part, int* source, int* result)
    {
        Span<byte> text = stackalloc byte[LongestText];
        var last = Math.Min(count, (part + 1) * NumbersOfPart);
        for (var index = part * NumbersOfPart; index < last; index++)
        {
            source[index].TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
            var digits = text[..length];
            var hash = key is { } halves ? Keyed(digits, halves.First, halves.Second) : Fingerprint(digits);
            result[index] = (int)(hash % bins);
        }
    }

    private static ulong Fingerprint(ReadOnlySpan<byte> text)
    {
        var length = (ulong)text.Length;
        var factor = K2 + (length * 2);
        if (text.Length >= 8)
        {
            var a = BinaryPrimitives.ReadUInt64LittleEndian(text) + K2;
            var b = BinaryPrimitives.ReadUInt64LittleEndian(text[^8..]);
            var c = (BitOperations.RotateRight(b, 37) * factor) + a;
            var d = (BitOperations.RotateRight(a, 25) + b) * factor;
            return Combine(c, d, factor);
        }

        if (text.Length >= 4)
        {
            var first = length + ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(text) << 3);
            return Combine(first, BinaryPrimitives.ReadUInt32LittleEndian(text[^4..]), factor);
        }

        var y = text[0] + ((ulong)text[text.Length >> 1] << 8);
        var z = length + ((ulong)text[^1] << 2);
        return Mix((y * K2) ^ (z * K0)) * K2;
    }

    private static ulong Mix(ulong value) => value ^ (value >> 47);

    private static ulong Combine(ulong first, ulong second, ulong factor)
    {
        var inner = Mix((first ^ second) * factor);
        return Mix((second ^ inner) * factor) * factor;
    }

    private static ulong Keyed(ReadOnlySpan<byte> text, ulong key0, ulong key1)
    {
        Span<byte> padded = stackalloc byte[16];
        padded = padded[..((text.Length / 8 * 8) + 8)];
        padded.Clear();
        text.CopyTo(padded);
        padded[^1] = (byte)text.Length;
        var (v0, v1) = (key0 ^ 0x736f6d6570736575, key1 ^ 0x646f72616e646f6d);
        var (v2, v3) = (key0 ^ 0x6c7967656e657261, key1 ^ 0x7465646279746573);
        for (; !padded.IsEmpty; padded = padded[8..])
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(padded);
            v3 ^= word;
            Round(ref v0, ref v1, ref v2, ref v3);
            Round(ref v0, ref v1, ref v2, ref v3);
            v0 ^= word;
        }

        v2 ^= 0xff;
        for (var round = 0; round < 4; round++)
            Round(ref v0, ref v1, ref v2, ref v3);
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v0 += v1;
        v2 += v3;
        v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
        v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
        v0 = BitOperations.RotateLeft(v0, 32) + v3;
        v2 += v1;
        v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
        v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
        v2 = BitOperations.RotateLeft(v2, 32);
    }
}
