namespace Functional.Kernels.Parallelism;

/// <summary>A division of n items into consecutive parts that follows from sizes only, never from threads.</summary>
/// <remarks>Parts differ in length by one block at most; the longer ones come first.</remarks>
public readonly record struct Partition
{
    private readonly long _items;
    private readonly int _block;

    private Partition(long items, int parts, int block)
    {
        _items = items;
        _block = block;
        Parts = parts;
    }

    /// <summary>The number of parts; 0 when there are no items.</summary>
    public int Parts { get; }

    /// <summary>Divides items into parts of about a wanted length.</summary>
    /// <param name="items">How many items there are; 0 or more.</param>
    /// <param name="itemsPerPart">The wanted length of a part; 1 or more. Parts are this long or a little shorter.</param>
    /// <param name="block">Every boundary between parts is a multiple of this; 1 or more.</param>
    /// <returns>The partition.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below its least value.</exception>
    public static Partition BySize(long items, long itemsPerPart, int block = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(items);
        ArgumentOutOfRangeException.ThrowIfLessThan(itemsPerPart, 1);
        return IntoParts(items, (int)Math.Min(int.MaxValue, (items + itemsPerPart - 1) / itemsPerPart), block);
    }

    /// <summary>Divides items into a number of parts of nearly one length.</summary>
    /// <param name="items">How many items there are; 0 or more.</param>
    /// <param name="parts">The wanted number of parts; there are fewer when there are not so many blocks.</param>
    /// <param name="block">Every boundary between parts is a multiple of this; 1 or more.</param>
    /// <returns>The partition.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below its least value.</exception>
    public static Partition IntoParts(long items, int parts, int block = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(items);
        ArgumentOutOfRangeException.ThrowIfNegative(parts);
        ArgumentOutOfRangeException.ThrowIfLessThan(block, 1);
        var blocks = (items + block - 1) / block;
        return new Partition(items, (int)Math.Min(blocks, Math.Max(parts, 1)), block);
    }

    /// <summary>The first item of a part.</summary>
    /// <param name="part">A part's number; the count of parts itself gives the count of items.</param>
    /// <returns>The item's index.</returns>
    public long Start(int part)
    {
        if (Parts == 0)
            return 0;
        var blocks = (_items + _block - 1) / _block;
        var (each, longer) = Math.DivRem(blocks, Parts);
        return Math.Min(_items, ((part * each) + Math.Min(part, longer)) * _block);
    }

    /// <summary>The item behind the last one of a part.</summary>
    /// <param name="part">A part's number.</param>
    /// <returns>The item's index.</returns>
    public long End(int part) => Start(part + 1);
}
