namespace Functional.Hdf5;

/// <summary>Limits that keep a damaged or hostile file from costing more than the reader agreed to.</summary>
public sealed record Hdf5Options
{
    /// <summary>The limits used when none are given.</summary>
    public static Hdf5Options Default { get; } = new();

    /// <summary>How deep groups may be nested.</summary>
    /// <value>128 unless set.</value>
    public int MaximumDepth { get; init; } = 128;

    /// <summary>
    /// The most memory, in bytes, that one read of a dataset or attribute may ask for. Shapes are known before
    /// anything is read, so a caller that knows the shape it wants can refuse a larger one for nothing.
    /// </summary>
    /// <value>2 GiB less 64 KiB unless set; that is also the most it can be.</value>
    public long MaximumReadInBytes { get; init; } = LongestRead;

    /// <summary>
    /// How much larger than the whole file one read may be, so that a small file cannot promise much. Deflate packs at
    /// most about 1,030 bytes into one.
    /// </summary>
    /// <value>1,100 unless set.</value>
    public int MaximumExpansion { get; init; } = 1100;

    /// <summary>
    /// How many bytes of structure one operation may look at, as a multiple of the length of the file. A sound file
    /// needs each byte about once; a file whose structures refer to each other again and again runs into this limit.
    /// </summary>
    /// <value>8 unless set.</value>
    public int MaximumStructureFactor { get; init; } = 8;

    /// <summary>The longest file, in bytes, that is copied into memory when a stream is opened.</summary>
    /// <value>2 GiB less 64 KiB unless set, also the most it can be. Files opened by path are not copied.</value>
    public long MaximumStreamInBytes { get; init; } = LongestRead;

    /// <summary>What one read of a file of some length may ask for.</summary>
    internal long ReadLimitInBytes(long fileLength)
    {
        const long SmallFileAllowanceInBytes = 1 << 20;
        var expanded = (Math.Max(1L, MaximumExpansion) * Math.Min(fileLength, LongestRead)) + SmallFileAllowanceInBytes;
        return Math.Min(Math.Min(MaximumReadInBytes, LongestRead), expanded);
    }

    /// <summary>Whether checksums of metadata are compared; fuzz tests switch this off to get past them.</summary>
    internal bool VerifyChecksums { get; init; } = true;

    /// <summary>What fits in one array and in one span of bytes.</summary>
    internal const long LongestRead = int.MaxValue - 65535L;
}
