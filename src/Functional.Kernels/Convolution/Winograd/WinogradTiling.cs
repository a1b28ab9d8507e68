namespace Functional.Kernels.Convolution.Winograd;

/// <summary>
/// How the results of a 3x3 convolution fall into tiles of 2x2, and these into blocks that are computed together.
/// </summary>
/// <remarks>
/// A block is some lines of tiles of one image or, of small images, all tiles of several: it ends where rows of the result
/// are complete. It follows from sizes only. The sources of a tile are the 4x4 positions from its first window's start.
/// </remarks>
internal sealed class WinogradTiling
{
    /// <summary>Points of a tile.</summary>
    public const int Points = 16;

    /// <summary>Lines of the source that a line of tiles reads.</summary>
    public const int SourcesOfTile = 4;

    // Points of sources and results of a block, which with those of the kernel stay in a second-level cache.
    private const int BytesOfBlock = 1 << 20;

    // Enough to fill the registers with rows of a product twice, and to read the points of the kernel seldom.
    private const int FewestTiles = 28;
    private const int MostTiles = 224;
    private const int FewestBlocks = 8;
    private const int ResultsOfTile = 2;

    private readonly int _blocksOfImage;
    private readonly int _linesOfBlock;
    private readonly int _imagesOfBlock;

    /// <summary>Cuts results into blocks.</summary>
    /// <param name="batch">How many images there are.</param>
    /// <param name="height">Windows from line to line.</param>
    /// <param name="width">Windows along a line.</param>
    /// <param name="sourceChannels">Channels of the source.</param>
    /// <param name="resultChannels">Channels of the result.</param>
    /// <param name="bytesOfElement">The size of an element.</param>
    public WinogradTiling(
        int batch, WindowAxis height, WindowAxis width, int sourceChannels, int resultChannels, int bytesOfElement)
    {
        (Batch, Height, Width) = (batch, height, width);
        (SourceChannels, ResultChannels) = (sourceChannels, resultChannels);
        Lines = TilesAlong(height.Output);
        Columns = TilesAlong(width.Output);
        var channels = sourceChannels + resultChannels;
        var inCache = BytesOfBlock / (Points * channels * bytesOfElement);
        var tiles = (int)Math.Clamp(Math.Max(Math.Min(inCache, Tiles / FewestBlocks), channels / 8), FewestTiles, MostTiles);
        _blocksOfImage = Math.Min(Lines, ((Lines * Columns) + tiles - 1) / tiles);
        _linesOfBlock = (Lines + _blocksOfImage - 1) / _blocksOfImage;
        _blocksOfImage = (Lines + _linesOfBlock - 1) / _linesOfBlock;
        _imagesOfBlock = _blocksOfImage > 1 ? 1 : Math.Clamp(tiles / (Lines * Columns), 1, batch);
    }

    /// <summary>The tiles that hold so many results along one axis.</summary>
    /// <param name="results">How many results there are.</param>
    public static int TilesAlong(int results) => (results + ResultsOfTile - 1) / ResultsOfTile;

    /// <summary>How many images there are.</summary>
    public int Batch { get; }

    /// <summary>Windows from line to line.</summary>
    public WindowAxis Height { get; }

    /// <summary>Windows along a line.</summary>
    public WindowAxis Width { get; }

    /// <summary>Channels of the source.</summary>
    public int SourceChannels { get; }

    /// <summary>Channels of the result.</summary>
    public int ResultChannels { get; }

    /// <summary>Elements of a line of the source.</summary>
    public int SourceLineLength => Width.Input * SourceChannels;

    /// <summary>Lines of tiles of one image.</summary>
    public int Lines { get; }

    /// <summary>Tiles of a line.</summary>
    public int Columns { get; }

    /// <summary>Tiles of all images.</summary>
    public long Tiles => (long)Batch * Lines * Columns;

    /// <summary>How many blocks there are.</summary>
    public int Blocks => (Batch + _imagesOfBlock - 1) / _imagesOfBlock * _blocksOfImage;

    /// <summary>The most tiles of a block.</summary>
    public int TilesOfBlock => _imagesOfBlock * _linesOfBlock * Columns;

    /// <summary>Elements from one point of a block's tiles to the next: a little more than they take, since points at equal
    /// places of a page would drive each other out of the first-level cache.</summary>
    /// <param name="channels">Channels of a tile.</param>
    public nint PlaneLength(int channels) => ((nint)TilesOfBlock * channels) + 16;

    /// <summary>Positions of the result in one image.</summary>
    public int Results => Height.Output * Width.Output;

    /// <summary>The most results of an image that are finished together.</summary>
    public int ResultsOfBlock => _blocksOfImage == 1 ? Results : _linesOfBlock * ResultsOfTile * Width.Output;

    /// <summary>The lines of tiles of one block.</summary>
    /// <param name="index">The block.</param>
    /// <returns>Lines counted over all images, and the one behind them.</returns>
    public (long Start, long End) Block(long index)
    {
        var (images, ofImage) = Math.DivRem(index, _blocksOfImage);
        var image = images * _imagesOfBlock;
        if (_blocksOfImage == 1)
            return (image * Lines, Math.Min(image + _imagesOfBlock, Batch) * (long)Lines);
        var line = ofImage * _linesOfBlock;
        return ((image * Lines) + line, (image * Lines) + Math.Min(Lines, line + _linesOfBlock));
    }

    /// <summary>The results of an image that lie above a line of tiles.</summary>
    /// <param name="line">The line of tiles.</param>
    public int ResultsAbove(long line) => (int)Math.Min(Height.Output, line * ResultsOfTile) * Width.Output;

    /// <summary>The first of the source's lines that a line of tiles reads, which may lie before the input.</summary>
    /// <param name="line">The line of tiles.</param>
    public int FirstSourceLine(long line) => Height.Place((int)line * ResultsOfTile, 0);
}
