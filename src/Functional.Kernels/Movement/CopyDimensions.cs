namespace Functional.Kernels.Movement;

/// <summary>Brings the dimensions of a copy into the order in which memory is walked best.</summary>
internal static class CopyDimensions
{
    /// <summary>
    /// Drops dimensions of extent 1, orders the rest so that the target is written front to back, and joins neighbours
    /// that both sides walk through in one stride. If the innermost one is not dense in the source but another is, that
    /// one comes next to it, so that the two can be transposed block by block.
    /// </summary>
    /// <param name="extents">The size of each dimension.</param>
    /// <param name="sourceStrides">The strides of the source.</param>
    /// <param name="targetStrides">The strides of the target.</param>
    /// <returns>At least two dimensions.</returns>
    public static CopyDimension[] Canonicalize(
        ReadOnlySpan<int> extents, ReadOnlySpan<int> sourceStrides, ReadOnlySpan<int> targetStrides)
    {
        if (sourceStrides.Length != extents.Length || targetStrides.Length != extents.Length)
            throw new ArgumentException(
                $"A copy over {extents.Length} dimensions needs as many strides, "
                + $"but found {sourceStrides.Length} and {targetStrides.Length}.");
        var dimensions = new List<CopyDimension>();
        for (var dimension = 0; dimension < extents.Length; dimension++)
        {
            if (extents[dimension] < 1)
                throw new ArgumentException(
                    $"Extent {dimension} is {extents[dimension]}, but an extent is at least 1.");
            if (extents[dimension] > 1)
            {
                if (targetStrides[dimension] == 0)
                {
                    throw new ArgumentException(
                        $"The target has stride 0 in dimension {dimension}: "
                        + $"its elements would be written {extents[dimension]} times.");
                }

                dimensions.Add(
                    new CopyDimension(extents[dimension], sourceStrides[dimension], targetStrides[dimension]));
            }
        }

        dimensions = [.. dimensions.OrderByDescending(dimension => Math.Abs((long)dimension.Target))];
        Join(dimensions);
        BringDenseSourceInward(dimensions);
        while (dimensions.Count < 2)
            dimensions.Insert(0, new CopyDimension(1, 0, 1));
        return [.. dimensions];
    }

    private static void Join(List<CopyDimension> dimensions)
    {
        for (var inner = dimensions.Count - 1; inner > 0; inner--)
        {
            var (low, high) = (dimensions[inner], dimensions[inner - 1]);
            if (high.Source != (long)low.Source * low.Extent || high.Target != (long)low.Target * low.Extent
                || (long)low.Extent * high.Extent > int.MaxValue)
                continue;
            dimensions[inner - 1] = low with { Extent = low.Extent * high.Extent };
            dimensions.RemoveAt(inner);
        }
    }

    private static void BringDenseSourceInward(List<CopyDimension> dimensions)
    {
        if (dimensions.Count < 3 || dimensions[^1].Source is 0 or 1)
            return;
        var dense = dimensions.FindIndex(dimension => dimension.Source == 1);
        if (dense < 0)
            return;
        var moved = dimensions[dense];
        dimensions.RemoveAt(dense);
        dimensions.Insert(dimensions.Count - 1, moved);
    }
}
