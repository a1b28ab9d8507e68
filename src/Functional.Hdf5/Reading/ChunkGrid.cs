using System.Collections.Immutable;
using Functional.Hdf5.Format;

namespace Functional.Hdf5.Reading;

/// <summary>How chunks of one shape tile a dataset.</summary>
internal sealed class ChunkGrid
{
    private readonly ImmutableArray<long> dimensions;
    private readonly IReadOnlyList<long> chunk;
    private readonly long elementSize;
    private readonly long[] counts;

    public ChunkGrid(Dataspace dataspace, DataLayout.Chunked layout, long elementSize, ByteCursor message, long limit)
    {
        dimensions = dataspace.Dimensions;
        chunk = layout.ChunkDimensions;
        this.elementSize = elementSize;
        if (chunk.Count != dimensions.Length || layout.ElementSizeInBytes != elementSize)
        {
            throw message.Error(
                $"chunks ({string.Join(", ", chunk)}) of {layout.ElementSizeInBytes}-byte elements do not tile "
                + $"a dataset ({string.Join(", ", dimensions)}) of {elementSize}-byte elements");
        }

        var bytes = Dataspace.CountOf([.. chunk, elementSize]);
        if (bytes is null || bytes > limit)
            throw message.Error($"a chunk ({string.Join(", ", chunk)}) is larger than the {limit} bytes allowed");
        ChunkLengthInBytes = (int)bytes;
        counts = [.. dimensions.Select((dimension, axis) => CountOf(dimension, axis))];
        MaximumCounts =
        [
            .. dataspace.MaximumDimensions.Select((dimension, axis) =>
                dimension == Dataspace.Unlimited ? Dataspace.Unlimited : CountOf(dimension, axis)),
        ];
    }

    public int Rank => dimensions.Length;

    public IReadOnlyList<long> ChunkDimensions => chunk;

    public int ChunkLengthInBytes { get; }

    /// <summary>How many chunks there can be along each axis when the dataset has grown as far as it may.</summary>
    public ImmutableArray<long> MaximumCounts { get; }

    public bool Contains(long[] position)
    {
        for (var axis = 0; axis < Rank; axis++)
        {
            if (position[axis] < 0 || position[axis] >= counts[axis])
                return false;
        }

        return true;
    }

    /// <summary>Whether a chunk reaches beyond the dataset.</summary>
    public bool IsPartial(long[] position)
    {
        for (var axis = 0; axis < Rank; axis++)
        {
            if (Extent(position, axis) < chunk[axis])
                return true;
        }

        return false;
    }

    /// <summary>Copies the part of a chunk that is within the dataset to its place there.</summary>
    public void Copy(ReadOnlySpan<byte> source, long[] position, Span<byte> destination)
    {
        var last = Rank - 1;
        var runInBytes = (int)(Extent(position, last) * elementSize);
        var within = new long[Rank];
        while (true)
        {
            long from = 0, to = 0;
            for (var axis = 0; axis < Rank; axis++)
            {
                from = (from * chunk[axis]) + within[axis];
                to = (to * dimensions[axis]) + (position[axis] * chunk[axis]) + within[axis];
            }

            source.Slice((int)(from * elementSize), runInBytes)
                .CopyTo(destination.Slice((int)(to * elementSize), runInBytes));
            if (!Advance(within, position))
                return;
        }
    }

    // Moves to the next run of elements: every axis but the last counts up like a digit.
    private bool Advance(long[] within, long[] position)
    {
        for (var axis = Rank - 2; axis >= 0; axis--)
        {
            if (++within[axis] < Extent(position, axis))
                return true;
            within[axis] = 0;
        }

        return false;
    }

    private long Extent(long[] position, int axis) =>
        Math.Min(chunk[axis], dimensions[axis] - (position[axis] * chunk[axis]));

    private long CountOf(long dimension, int axis) =>
        (dimension / chunk[axis]) + (dimension % chunk[axis] == 0 ? 0 : 1);
}
