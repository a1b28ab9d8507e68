namespace Functional.Kernels.Randomness;

/// <summary>
/// Fills an array with integers that are uniform in [low, high), from <see cref="Philox"/>: with range = high - low as
/// an unsigned number, an element is low plus the high 32 bits of the 64-bit product of its bits with range.
/// </summary>
public sealed unsafe class RandomIntegerFill
{
    private readonly RandomPartition partition;
    private readonly int low;
    private readonly uint range;

    /// <summary>Makes a fill ready to run.</summary>
    /// <param name="count">The number of elements.</param>
    /// <param name="low">The smallest value.</param>
    /// <param name="high">One above the largest value.</param>
    public RandomIntegerFill(long count, int low, int high)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(high, low);
        this.low = low;
        range = unchecked((uint)(high - low));
        partition = new RandomPartition(count, 1 << 15);
    }

    /// <summary>The number of independent parts; it depends on sizes only.</summary>
    public int Parts => partition.Parts;

    /// <summary>Fills one part.</summary>
    /// <param name="part">The number of the part, from 0.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">The stream: what the numbers are for.</param>
    /// <param name="step">The step: when they are drawn.</param>
    /// <param name="target">The whole array.</param>
    public void Run(int part, int seed, int stream, int step, int* target)
    {
        var bits = stackalloc uint[Philox.BatchSize];
        var (first, last) = partition[part];
        for (var index = first; index < last; index += Philox.BatchSize)
        {
            Philox.Fill(seed, stream, step, index, bits);
            var batch = (int)Math.Min(Philox.BatchSize, last - index);
            for (var i = 0; i < batch; i++)
                target[index + i] = unchecked(low + (int)(((ulong)bits[i] * range) >> 32));
        }
    }
}
