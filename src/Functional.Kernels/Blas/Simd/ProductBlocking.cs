using Functional.Kernels.Parallelism;

namespace Functional.Kernels.Blas.Simd;

/// <summary>How a product is cut in blocks and parts.</summary>
/// <remarks>
/// Every element of C is computed by the same operations whatever its part, so parts may follow the number of threads.
/// Numbers were found with the benchmark `gemm`.
/// </remarks>
internal readonly struct ProductBlocking
{
    // Below two of these a second thread costs more than it saves, for it may be asleep. A panel with few columns takes as long as
    // a whole one.
    private const double MultiplicationsPerPart = 600_000;

    // Parts enough for each thread to have several, so that one that was interrupted can be helped out.
    private const int PartsPerThread = 4;

    // A read where it lies: two or so tiles of so many inner indices stay in the first-level cache while panels of B stream
    // by, which lie in the order of addresses.
    private const int RowsPerPart = 28;
    private const int InnerLimitInBytes = 1_536;

    // A packed: a panel of B of so many inner indices stays in the first-level cache while the strips of a part stream by
    // from the second-level cache. With more rows strips would push the packed panels out of it; with more inner indices
    // the panel would not stay, with fewer C is read and written more often.
    private const int RowsPerPackedPart = 112;
    private const int PackedInnerLimit = 256;

    // The packed panels stay in the second-level cache.
    private const int PackedLimitInBytes = 1 << 20;

    // Rows so many bytes apart, or a multiple, all fall into one set of the first-level cache, which a tile has more of than
    // the set has room for.
    private const int CollidingRowsInBytes = 4_096;

    // A is packed when B has panels enough that read it, and A tiles enough that read B; each thread then needs a few.
    private const int PanelsWorthPackingFor = 12;
    private const int TilesWorthPackingFor = 8;
    private const int PackedTilesPerThread = 2;

    private const int TilesWorthPackingRowsFor = 32;
    private const int TilesWorthPackingDistantRowsFor = 8;
    private const long WorthPackingInBytes = 16 << 10;

    // Tiles and panels of vectors of 64 bytes.
    private const int RowsOfWidestTile = 14;
    private const int BytesOfWidestPanel = 128;

    // Rows of a stored matrix this far apart fall into few sets of the first-level cache and each on a page of its own.
    private const int DistantRowsInBytes = 3_072;

    /// <summary>Panels of B in all.</summary>
    public int Panels { get; private init; }

    /// <summary>Panels packed at a time.</summary>
    public int PanelsPerBlock { get; private init; }

    /// <summary>Inner indices packed at a time.</summary>
    public int InnerPerBlock { get; private init; }

    /// <summary>True when all panels are packed, false when B is read where it lies.</summary>
    public bool PackRight { get; private init; }

    /// <summary>True when the rows of a part are copied into strips before they are multiplied.</summary>
    public bool PackLeft { get; private init; }

    /// <summary>How rows are divided into parts.</summary>
    public Partition RowParts { get; private init; }

    /// <summary>Panels that one part multiplies.</summary>
    public int PanelsPerPart { get; private init; }

    /// <summary>Panels that one part packs.</summary>
    public int PanelsPerPacking { get; private init; }

    /// <summary>False when the parts are too small to be worth another thread.</summary>
    public bool IsShared { get; private init; }

    /// <summary>True when a part writes whole rows of C.</summary>
    public bool RowsCompleteInParts => PanelsPerPart >= Panels;

    /// <summary>Decides about one product.</summary>
    /// <param name="shape">Its sizes.</param>
    /// <param name="elementSize">Bytes of an element.</param>
    /// <param name="panelWidth">Columns of a panel of B.</param>
    /// <param name="tileRows">Rows of a tile.</param>
    /// <param name="rowsOfGroup">Parts begin at multiples of so many rows.</param>
    public static ProductBlocking Of(
        in ProductShape shape, int elementSize, int panelWidth, int tileRows, int rowsOfGroup)
    {
        var panels = (shape.Columns + panelWidth - 1) / panelWidth;
        var tiles = (shape.Rows + tileRows - 1) / tileRows;
        var bytesOfRight = (long)shape.Inner * shape.Columns * elementSize;

        // Packing pays when panels are used by many tiles, sooner when B's rows lie far apart.
        var distant = shape.RightStride * elementSize >= DistantRowsInBytes;
        var tilesWorthPacking = distant ? TilesWorthPackingDistantRowsFor : TilesWorthPackingRowsFor;
        var packRight = shape.TransposeRight || (bytesOfRight > WorthPackingInBytes && tiles >= tilesWorthPacking);

        // Where sums are cut follows from sizes alone: an element must depend neither on the number of threads nor on the
        // width of vectors.
        var large = packRight && tiles >= TilesWorthPackingFor && panels >= PanelsWorthPackingFor;
        var tilesWorthCutting = shape.TransposeRight ? TilesWorthPackingFor : tilesWorthPacking;
        var isCutMore = (shape.TransposeRight || bytesOfRight > WorthPackingInBytes)
            && shape.Rows > (tilesWorthCutting - 1) * RowsOfWidestTile
            && (long)shape.Columns * elementSize > (PanelsWorthPackingFor - 1) * BytesOfWidestPanel;
        var innerLimit = isCutMore ? PackedInnerLimit : InnerLimitInBytes / elementSize;
        var innerBlocks = (shape.Inner + innerLimit - 1) / innerLimit;
        var inner = (shape.Inner + innerBlocks - 1) / innerBlocks;
        var panelLimit = (int)Math.Clamp(PackedLimitInBytes / ((long)inner * panelWidth * elementSize), 1, panels);
        var panelBlocks = (panels + panelLimit - 1) / panelLimit;

        var threads = shape.IsPiece ? 1 : ThreadTeam.ThreadCount;
        var parts = threads == 1
            ? 1
            : (int)Math.Clamp(
                (double)shape.Rows * panels * panelWidth * shape.Inner / MultiplicationsPerPart, 1, PartsPerThread * threads);
        var inconvenient = shape.TransposeLeft || shape.LeftStride * elementSize % CollidingRowsInBytes == 0;
        var packLeft = large && inconvenient && tiles >= PackedTilesPerThread * threads;
        var rowsPerPart = (packLeft ? RowsPerPackedPart : RowsPerPart) / tileRows * tileRows;
        var rowParts = Math.Max((shape.Rows + rowsPerPart - 1) / rowsPerPart, Math.Min(parts, Math.Max(1, tiles / 2)));

        // Each thread gets as many parts as the others, or all would wait for the one with more.
        if (parts > 1 && rowParts > threads)
            rowParts = (rowParts + threads - 1) / threads * threads;

        // Every part of the same rows would pack them anew.
        var panelParts = packLeft ? 1 : Math.Clamp(parts / rowParts, 1, panels);
        return new ProductBlocking
        {
            Panels = panels,
            IsShared = parts > 1,
            PackRight = packRight,
            PackLeft = packLeft,
            InnerPerBlock = inner,
            PanelsPerBlock = (panels + panelBlocks - 1) / panelBlocks,
            RowParts = Partition.IntoParts(shape.Rows, rowParts, rowsOfGroup),
            PanelsPerPart = (panels + panelParts - 1) / panelParts,
            PanelsPerPacking = parts == 1 ? panels : Math.Max(1, panels / (2 * PartsPerThread * threads)),
        };
    }

    /// <summary>Into how many parts a block of panels falls.</summary>
    public int PanelPartsOf(nint panels) => (int)((panels + PanelsPerPart - 1) / PanelsPerPart);
}
