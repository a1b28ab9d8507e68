using System.Numerics;

namespace Functional.Hdf5.Format;

/// <summary>How many bytes the fields take that a superblock gives a size to.</summary>
/// <param name="Address">Bytes of an address ("size of offsets").</param>
/// <param name="Length">Bytes of a length ("size of lengths").</param>
internal readonly record struct FieldSizes(int Address, int Length)
{
    /// <summary>What every file written today has.</summary>
    public static FieldSizes Eight { get; } = new(8, 8);

    /// <summary>How many bytes a number from 0 to <paramref name="limit"/> takes.</summary>
    public static int BytesFor(long limit) => limit <= 0 ? 1 : (BitOperations.Log2((ulong)limit) / 8) + 1;
}
