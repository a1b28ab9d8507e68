using System.Collections.Immutable;
using Functional.Hdf5.Reading;
using Functional.Hdf5.Writing;

namespace Functional.Hdf5.Format;

/// <summary>
/// The shape of a dataset or attribute. HDF5 File Format Specification version 3.0, section IV.A.2.b, The Dataspace
/// Message (versions 1 and 2; version 2 is written).
/// </summary>
/// <param name="Dimensions">The length of each axis; none for a scalar.</param>
/// <param name="MaximumDimensions">The most each axis may grow to, or <see cref="Unlimited"/>.</param>
/// <param name="IsNull">Whether there are no elements at all, not even one.</param>
internal sealed record Dataspace(
    ImmutableArray<long> Dimensions, ImmutableArray<long> MaximumDimensions, bool IsNull)
{
    /// <summary>The maximum of an axis without one.</summary>
    public const long Unlimited = -1;

    private const int HighestRank = 32;
    private const int NullType = 2;

    /// <summary>The number of elements.</summary>
    public long Count => IsNull ? 0 : CountOf(Dimensions)!.Value;

    /// <summary>A dataspace that will not grow.</summary>
    public static Dataspace Fixed(ReadOnlySpan<long> dimensions)
    {
        var axes = ImmutableArray.Create(dimensions);
        return new Dataspace(axes, axes, false);
    }

    public static Dataspace Read(ByteCursor cursor)
    {
        var version = cursor.Version(1, 2);
        int rank = cursor.Byte();
        var hasMaximum = (cursor.Byte() & 1) != 0;
        var isNull = cursor.Byte() == NullType && version == 2;
        if (version == 1)
            cursor.Skip(4);
        if (rank > HighestRank)
            throw cursor.Error($"at most {HighestRank} dimensions expected, {rank} found");
        var dimensions = ImmutableArray.CreateBuilder<long>(rank);
        for (var i = 0; i < rank; i++)
            dimensions.Add(cursor.Length());
        var maximum = ImmutableArray.CreateBuilder<long>(rank);
        for (var i = 0; i < rank && hasMaximum; i++)
            maximum.Add(MaximumOf(cursor, dimensions[i]));
        var axes = dimensions.ToImmutable();
        if (CountOf(axes) is null)
            throw cursor.Error($"the shape ({string.Join(", ", axes)}) has too many elements");
        return new Dataspace(axes, hasMaximum ? maximum.ToImmutable() : axes, isNull);
    }

    public void Write(ByteWriter writer)
    {
        writer.Byte(2);
        writer.Byte((byte)Dimensions.Length);
        writer.Byte(0);
        writer.Byte((byte)(IsNull ? NullType : Dimensions.IsEmpty ? 0 : 1));
        foreach (var dimension in Dimensions)
            writer.UInt64((ulong)dimension);
    }

    /// <summary>The product of some dimensions, or null if it is too large to be counted.</summary>
    public static long? CountOf(ImmutableArray<long> dimensions)
    {
        if (dimensions.Contains(0))
            return 0;
        long count = 1;
        foreach (var dimension in dimensions)
        {
            if (count > long.MaxValue / dimension)
                return null;
            count *= dimension;
        }

        return count;
    }

    // An unlimited axis has all bits set; its length as a signed 64-bit number does not fit, so it is read as bytes.
    private static long MaximumOf(ByteCursor cursor, long dimension)
    {
        var bytes = cursor.Part(cursor.Sizes.Length, "Dataspace message");
        if (bytes.Bytes(cursor.Sizes.Length).Span.IndexOfAnyExcept((byte)0xff) < 0)
            return Unlimited;
        bytes.MoveTo(0);
        var maximum = bytes.Length();
        return maximum >= dimension
            ? maximum
            : throw bytes.Error($"the maximum {maximum} of an axis is less than its length {dimension}");
    }
}
