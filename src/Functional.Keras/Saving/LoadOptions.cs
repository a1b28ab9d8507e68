namespace Functional.Keras;

/// <summary>Limits that keep a damaged or hostile model file from costing more than the reader agreed to.</summary>
public sealed record LoadOptions
{
    /// <summary>The limits used when none are given.</summary>
    public static LoadOptions Default { get; } = new();

    /// <summary>The most bytes that the parts of a .keras file may take together once they are decompressed.</summary>
    /// <value>2 GiB less 64 KiB unless set, also the most one part can have.</value>
    public long MaximumInBytes { get; init; } = int.MaxValue - 65535L;

    /// <summary>
    /// How much larger than the whole file its decompressed parts may be, besides 16 MiB that are always allowed. Keras
    /// stores its files without compression; trained weights hardly compress.
    /// </summary>
    /// <value>20 unless set.</value>
    public int MaximumExpansion { get; init; } = 20;

    /// <summary>What the parts of a file of some length may take.</summary>
    internal long LimitInBytes(long fileLength)
    {
        const long Allowance = 16 << 20;
        return Math.Min(MaximumInBytes, Allowance + (Math.Max(1L, MaximumExpansion) * fileLength));
    }
}
