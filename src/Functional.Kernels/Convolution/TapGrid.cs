namespace Functional.Kernels.Convolution;

/// <summary>
/// Results on a regular grid that all read the same taps, cut in blocks whose source lines, padded with zeros, fit the
/// second-level cache.
/// </summary>
internal sealed class TapGrid
{
    private const int LinesLimitInBytes = 1 << 16;

    // Blocks are large, so that few lines are copied twice, but as many as several threads need.
    private const double MultiplicationsOfBlock = 4_000_000;
    private const double FewestMultiplicationsOfBlock = 400_000;
    private const double BlocksForThreads = 32;
    private const int FewestColumns = 28;

    // So many inner indices of a strip of A stay in the first-level cache; the rows of the kernel that a tile meets in one
    // go stay in the second-level cache beside the lines.
    private const int LongestRunInBytes = 1_536;
    private const int LongestSumInBytes = 2_560;

    /// <summary>Results of one phase.</summary>
    /// <param name="batch">How many images there are.</param>
    /// <param name="depth">The outermost axis.</param>
    /// <param name="height">The middle axis.</param>
    /// <param name="width">The innermost axis.</param>
    /// <param name="channels">Channels of the source in one group.</param>
    /// <param name="columns">Channels of the result in one group.</param>
    /// <param name="elementSize">Bytes of an element.</param>
    public TapGrid(
        int batch, AxisTaps depth, AxisTaps height, AxisTaps width, int channels, int columns, int elementSize)
    {
        (Batch, Depth, Height, Width, Channels) = (batch, depth, height, width, channels);
        Runs = MakeRuns(LongestRunInBytes / elementSize);
        Inner = depth.Taps.Length * height.Taps.Length * width.Taps.Length * channels;
        RunsOfTile = Runs.Length == 0 ? 1 : Math.Max(1, LongestSumInBytes / elementSize / Runs.Max(run => run.Length));

        long results = (long)batch * depth.Count * height.Count * width.Count;
        Multiplications = (double)results * Inner * columns;
        var images = batch * depth.Count;
        var wanted = Math.Max(
            Multiplications / MultiplicationsOfBlock,
            Math.Min(BlocksForThreads, Multiplications / FewestMultiplicationsOfBlock));
        var blocks = Math.Max(1, wanted / images);

        WidthOfBlock = width.Count;
        while (WidthOfBlock > FewestColumns && LinesIn(1) * elementSize > LinesLimitInBytes)
            WidthOfBlock = (WidthOfBlock + 1) / 2;
        if (height.Count == 1)
            WidthOfBlock = Math.Min(WidthOfBlock, Math.Max(FewestColumns, (int)(width.Count / blocks)));

        HeightOfBlock = Math.Clamp((int)(height.Count / blocks), 1, height.Count);
        while (HeightOfBlock > 1 && LinesIn(HeightOfBlock) * elementSize > LinesLimitInBytes)
            HeightOfBlock = (HeightOfBlock + 1) / 2;
        WidthBlocks = (width.Count + WidthOfBlock - 1) / WidthOfBlock;
        HeightBlocks = (height.Count + HeightOfBlock - 1) / HeightOfBlock;
    }

    public int Batch { get; }

    public AxisTaps Depth { get; }

    public AxisTaps Height { get; }

    public AxisTaps Width { get; }

    /// <summary>Channels of the source in one group.</summary>
    public int Channels { get; }

    /// <summary>How many runs a tile sums in one go.</summary>
    public int RunsOfTile { get; }

    /// <summary>Rows of the kernel's matrix: taps and channels.</summary>
    public int Inner { get; }

    /// <summary>What of a line is read, tap after tap.</summary>
    public TapRun[] Runs { get; }

    /// <summary>The work, without groups.</summary>
    public double Multiplications { get; }

    public int WidthOfBlock { get; private set; }

    public int HeightOfBlock { get; private set; }

    public int WidthBlocks { get; }

    public int HeightBlocks { get; }

    /// <summary>How many blocks there are.</summary>
    public long Blocks => (long)Batch * Depth.Count * HeightBlocks * WidthBlocks;

    /// <summary>Elements of one line of a block.</summary>
    public int LineLength => Width.Span(WidthOfBlock) * Channels;

    /// <summary>Lines of one plane of a block.</summary>
    public int LinesOfPlane => Height.Span(HeightOfBlock);

    /// <summary>Elements of all lines of a block.</summary>
    public long LinesLength => LinesIn(HeightOfBlock);

    /// <summary>The block of a number.</summary>
    public TapBlock Block(long block)
    {
        var (rest, width) = Math.DivRem(block, WidthBlocks);
        (rest, var height) = Math.DivRem(rest, HeightBlocks);
        var (image, depth) = Math.DivRem(rest, Depth.Count);
        var widthStart = (int)width * WidthOfBlock;
        var heightStart = (int)height * HeightOfBlock;
        return new TapBlock(
            (int)image,
            (int)depth,
            heightStart,
            Math.Min(Height.Count, heightStart + HeightOfBlock),
            widthStart,
            Math.Min(Width.Count, widthStart + WidthOfBlock));
    }

    /// <summary>Whether a run lies inside of the source for a line of results.</summary>
    public bool IsInside(in TapRun run, int depth, int line) =>
        (uint)((depth * Depth.SourceStep) + Depth.FirstOffset + run.Depth) < (uint)Depth.SourceLength
        && (uint)((line * Height.SourceStep) + Height.FirstOffset + run.Height) < (uint)Height.SourceLength;

    private long LinesIn(int height) => (long)Depth.Span(1) * Height.Span(height) * Width.Span(WidthOfBlock) * Channels;

    private TapRun[] MakeRuns(int longest)
    {
        var runs = new List<TapRun>();
        var row = 0;
        foreach (var depth in Depth.Offsets)
        {
            foreach (var height in Height.Offsets)
            {
                for (var tap = 0; tap < Width.Offsets.Length;)
                {
                    var end = tap + 1;
                    while (end < Width.Offsets.Length && Width.Offsets[end] == Width.Offsets[end - 1] + 1)
                        end++;
                    var place = (Width.Offsets[tap] - Width.FirstOffset) * Channels;
                    var length = (end - tap) * Channels;
                    var pieces = (length + longest - 1) / longest;
                    for (var piece = 0; piece < pieces; piece++)
                    {
                        var start = (int)((long)length * piece / pieces);
                        var stop = (int)((long)length * (piece + 1) / pieces);
                        runs.Add(new TapRun(
                            depth - Depth.FirstOffset, height - Height.FirstOffset, place + start, row + start, stop - start));
                    }

                    row += length;
                    tap = end;
                }
            }
        }

        return [.. runs];
    }
}
