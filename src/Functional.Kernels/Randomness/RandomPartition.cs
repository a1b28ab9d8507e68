namespace Functional.Kernels.Randomness;

/// <summary>Cuts an array into parts of whole batches, by its size only.</summary>
internal readonly record struct RandomPartition
{
    private const int MostParts = 64;

    private readonly long count;
    private readonly long elementsOfPart;

    public RandomPartition(long count, long fewestElements)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        this.count = count;
        var wanted = Math.Clamp(count / fewestElements, 1, MostParts);
        var batches = (count + (wanted * Philox.BatchSize) - 1) / (wanted * Philox.BatchSize);
        elementsOfPart = Math.Max(1, batches) * Philox.BatchSize;
        Parts = (int)Math.Max(1, (count + elementsOfPart - 1) / elementsOfPart);
    }

    /// <summary>The number of parts.</summary>
    public int Parts { get; }

    /// <summary>The first element of a part and the one after its last.</summary>
    public (long First, long Last) this[int part] =>
        (part * elementsOfPart, Math.Min(count, (part + 1) * elementsOfPart));
}
