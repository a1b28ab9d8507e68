using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Functional.Kernels.Randomness;

/// <summary>
/// The counter-based generator Philox 4x32-10 of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1,
/// 2, 3" (2011). The bits of element <c>index</c> depend on seed, stream, step and index only, never on what was drawn
/// before.
/// </summary>
/// <remarks>
/// <para>One block takes four counter words c0..c3 and two key words k0, k1 to four words of random bits. Ten times it
/// does, with 32-bit unsigned arithmetic and full 64-bit products,
/// <c>p = 0xD2511F53 * c0; q = 0xCD9E8D57 * c2; (c0, c1, c2, c3) = (high(q) ^ c1 ^ k0, low(q), high(p) ^ c3 ^ k1,
/// low(p))</c>, and between two rounds <c>k0 += 0x9E3779B9; k1 += 0xBB67AE85</c>.</para>
/// <para>Key word 0 is the seed and key word 1 the stream, both as the unsigned integer of the same bits. The counter
/// words are the low 32 bits of index / 4, the high 32 bits of index / 4, the step as an unsigned integer, and 0. The
/// bits of element index are word index % 4 of the block.</para>
/// </remarks>
public static unsafe class Philox
{
    private const uint FirstMultiplier = 0xD2511F53;
    private const uint SecondMultiplier = 0xCD9E8D57;
    private const uint FirstIncrement = 0x9E3779B9;
    private const uint SecondIncrement = 0xBB67AE85;
    private const int Rounds = 10;

    /// <summary>The number of elements that <see cref="Fill"/> makes at a time.</summary>
    internal const int BatchSize = 32;

    /// <summary>Makes one block of four words.</summary>
    /// <param name="counter">The four counter words.</param>
    /// <param name="firstKey">Key word 0.</param>
    /// <param name="secondKey">Key word 1.</param>
    /// <returns>Four words of random bits.</returns>
    public static (uint First, uint Second, uint Third, uint Fourth) Block(
        (uint First, uint Second, uint Third, uint Fourth) counter, uint firstKey, uint secondKey)
    {
        var (c0, c1, c2, c3) = counter;
        for (var round = 0; round < Rounds; round++)
        {
            var p = (ulong)FirstMultiplier * c0;
            var q = (ulong)SecondMultiplier * c2;
            (c0, c1, c2, c3) = ((uint)(q >> 32) ^ c1 ^ firstKey, (uint)q, (uint)(p >> 32) ^ c3 ^ secondKey, (uint)p);
            firstKey = unchecked(firstKey + FirstIncrement);
            secondKey = unchecked(secondKey + SecondIncrement);
        }

        return (c0, c1, c2, c3);
    }

    /// <summary>Makes the bits of 32 neighbouring elements: eight blocks, one in each lane of a vector.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="step">The step.</param>
    /// <param name="index">The first element, a multiple of 4.</param>
    /// <param name="bits">Receives 32 words.</param>
    internal static void Fill(int seed, int stream, int step, long index, uint* bits)
    {
        var low = Vector512.Create((ulong)uint.MaxValue);
        var blocks = Vector512.Create((ulong)index / 4) + Vector512.Create(0ul, 1, 2, 3, 4, 5, 6, 7);
        var (c0, c1) = (blocks & low, blocks >>> 32);
        var (c2, c3) = (Vector512.Create((ulong)(uint)step), Vector512<ulong>.Zero);
        var (firstKey, secondKey) = ((uint)seed, (uint)stream);
        for (var round = 0; round < Rounds; round++)
        {
            var p = Multiply(c0, FirstMultiplier);
            var q = Multiply(c2, SecondMultiplier);
            c0 = (q >>> 32) ^ c1 ^ Vector512.Create((ulong)firstKey);
            c1 = q & low;
            c2 = (p >>> 32) ^ c3 ^ Vector512.Create((ulong)secondKey);
            c3 = p & low;
            firstKey = unchecked(firstKey + FirstIncrement);
            secondKey = unchecked(secondKey + SecondIncrement);
        }

        var firstTwo = c0 | (c1 << 32);
        var lastTwo = c2 | (c3 << 32);
        Interleave(firstTwo, lastTwo, (ulong*)bits);
    }

    /// <summary>Stores lane 0 of both vectors, then lane 1 of both, and so on.</summary>
    private static void Interleave(Vector512<ulong> first, Vector512<ulong> second, ulong* target)
    {
        if (Avx512F.IsSupported)
        {
            var lowLanes = Vector512.Create(0ul, 8, 1, 9, 2, 10, 3, 11);
            var highLanes = Vector512.Create(4ul, 12, 5, 13, 6, 14, 7, 15);
            Avx512F.PermuteVar8x64x2(first, lowLanes, second).Store(target);
            Avx512F.PermuteVar8x64x2(first, highLanes, second).Store(target + 8);
            return;
        }

        var lanes = stackalloc ulong[16];
        first.Store(lanes);
        second.Store(lanes + 8);
        for (var lane = 0; lane < 8; lane++)
        {
            target[2 * lane] = lanes[lane];
            target[(2 * lane) + 1] = lanes[8 + lane];
        }
    }

    /// <summary>The 64-bit products of a 32-bit number with the low halves of the lanes, whose high halves are
    /// 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Multiply(Vector512<ulong> values, uint factor)
    {
        if (Avx512F.IsSupported)
            return Avx512F.Multiply(values.AsUInt32(), Vector512.Create((ulong)factor).AsUInt32());
        if (Avx2.IsSupported)
        {
            var factors = Vector256.Create((ulong)factor).AsUInt32();
            return Vector512.Create(
                Avx2.Multiply(values.GetLower().AsUInt32(), factors),
                Avx2.Multiply(values.GetUpper().AsUInt32(), factors));
        }

        return values * Vector512.Create((ulong)factor);
    }
}
