using Functional.Kernels.Parallelism;

namespace Functional.Kernels.Blas.Simd;

/// <summary>How a product is cut in blocks and parts; follows from its sizes only.</summary>
internal readonly struct ProductBlocking
{
    // Measured: below this a second thread costs more than it saves.
    private const double MultiplicationsPerPart = 400_000;

    private const int MostParts = 64;

    // A panel of B of this many inner indices and a strip of A stay in the first-level cache together.
    private const int InnerLimitInBytes = 1_280;

    private const int PackedLimitInBytes = 4 << 20;

    /// <summary>Panels of B in all.</summary>
    public int Panels { get; private init; }

    /// <summary>Panels packed at a time.</summary>
    public int PanelsPerBlock { get; private init; }

    /// <summary>Inner indices packed at a time.</summary>
    public int InnerPerBlock { get; private init; }

    /// <summary>True when all panels are packed, false when B is read where it lies.</summary>
    public bool PackRight { get; private init; }

    /// <summary>True when each part copies its rows of A.</summary>
    public bool CopyLeft { get; private init; }

    /// <summary>How rows are divided into parts.</summary>
    public Partition RowParts { get; private init; }

    /// <summary>Panels that one part multiplies.</summary>
    public int PanelsPerPart { get; private init; }

    /// <summary>Panels that one part packs.</summary>
    public int PanelsPerPacking { get; private init; }

    /// <summary>True when a part writes whole rows of C.</summary>
    public bool RowsCompleteInParts => PanelsPerPart >= Panels;

    /// <summary>Decides about one product.</summary>
    public static ProductBlocking Of(in ProductShape shape, int elementSize, int panelWidth, int tileRows)
    {
        var panels = (shape.Columns + panelWidth - 1) / panelWidth;
        var tiles = (shape.Rows + tileRows - 1) / tileRows;
        var bytesOfRight = (long)shape.Inner * shape.Columns * elementSize;

        var packRight = shape.TransposeRight || (tiles > 4 && bytesOfRight > 64 << 10);
        var innerLimit = InnerLimitInBytes / elementSize;
        var innerBlocks = (shape.Inner + innerLimit - 1) / innerLimit;
        var inner = (shape.Inner + innerBlocks - 1) / innerBlocks;
        var panelsPerBlock = (int)Math.Clamp(PackedLimitInBytes / ((long)inner * panelWidth * elementSize), 1, panels);

        var parts = (int)Math.Clamp(shape.Multiplications / MultiplicationsPerPart, 1, MostParts);
        var rowParts = Math.Min(parts, Math.Max(1, tiles / 2));
        var panelParts = Math.Clamp(parts / rowParts, 1, panels);
        return new ProductBlocking
        {
            Panels = panels,
            PackRight = packRight,
            InnerPerBlock = inner,
            PanelsPerBlock = panelsPerBlock,
            CopyLeft = panels > 4 && tiles > 1,
            RowParts = Partition.IntoParts(shape.Rows, rowParts),
            PanelsPerPart = (panels + panelParts - 1) / panelParts,
            PanelsPerPacking = parts == 1 ? panels : Math.Max(1, panels / 16),
        };
    }

    /// <summary>Into how many parts a block of panels falls.</summary>
    public int PanelPartsOf(nint panels) => (int)((panels + PanelsPerPart - 1) / PanelsPerPart);
}
