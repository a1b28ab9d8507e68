using System.Numerics;
using Functional.Kernels.Memory;
using Functional.Kernels.Parallelism;

namespace Functional.Kernels.Blas.Simd;

/// <summary>A product cut in blocks that fit the caches: packs panels of B, then fills C tile by tile.</summary>
/// <remarks>
/// B is cut in panels two vectors wide, the inner index in blocks. A block of panels is packed once, by all threads, and
/// then read by all. A is read where it lies: the few rows of a part stay in the first-level cache. In a large product whose
/// rows of A would push each other out of it, or are stored as columns, they are packed too. Each element of C is the same
/// chain of operations however rows and columns are dealt out.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
internal sealed unsafe class TiledProduct<T, TVector, TLanes> : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : struct, IVectorLanes<TVector, T>
{
    // Kept between calls, one per thread, so that a product allocates nothing.
    [ThreadStatic]
    private static TiledProduct<T, TVector, TLanes>? _idle;

    private readonly Workspace _packed = new();

    private ProductShape _shape;
    private ProductBlocking _blocking;
    private T* _left;
    private T* _right;
    private T* _result;
    private IRowsWritten? _rowsWritten;
    private int _batch;

    private bool _packing;
    private T* _panels;
    private int _firstPackedPanel;
    private nint _panelStart;
    private nint _panelEnd;
    private nint _innerStart;
    private nint _innerLength;
    private T _blockBeta;
    private bool _reporting;

    private static int PanelWidth => 2 * TLanes.Count;

    /// <summary>Computes one product.</summary>
    public static void Run(
        in ProductShape shape, int batch, T* left, T* right, T beta, T* result, IRowsWritten? rowsWritten)
    {
        // A callback may multiply matrices too: it then finds no idle product and makes one.
        var product = _idle ?? new TiledProduct<T, TVector, TLanes>();
        _idle = null;
        try
        {
            product._shape = shape;
            product._left = left;
            product._right = right;
            product._result = result;
            product._batch = batch;
            product._rowsWritten = rowsWritten;
            product.Multiply(beta);
        }
        finally
        {
            product._rowsWritten = null;
            _idle = product;
        }
    }

    /// <inheritdoc/>
    public void Run(int part)
    {
        if (_packing)
            PackPart(part);
        else
            MultiplyPart(part);
    }

    private void Multiply(T beta)
    {
        _blocking = ProductBlocking.Of(
            _shape, sizeof(T), PanelWidth, TLanes.TileRows, _rowsWritten?.RowsOfGroup ?? 1);
        var panels = (nint)_blocking.Panels;
        var lastWidth = _shape.Columns - ((panels - 1) * PanelWidth);

        // Kernels read whole vectors of B: a last panel that ends inside one is always packed, and filled with zeros.
        _firstPackedPanel = _blocking.PackRight ? 0 : (int)(lastWidth % TLanes.Count == 0 ? panels : panels - 1);

        for (nint panel = 0; panel < panels; panel += _blocking.PanelsPerBlock)
        {
            _panelStart = panel;
            _panelEnd = Math.Min(panels, panel + _blocking.PanelsPerBlock);
            for (nint inner = 0; inner < _shape.Inner; inner += _blocking.InnerPerBlock)
            {
                _innerStart = inner;
                _innerLength = Math.Min(_blocking.InnerPerBlock, _shape.Inner - inner);
                _blockBeta = inner == 0 ? beta : T.One;
                var last = inner + _innerLength == _shape.Inner && _panelEnd == panels;
                _reporting = last && _blocking.RowsCompleteInParts && _rowsWritten is not null;
                MultiplyBlock();
            }
        }

        if (!_blocking.RowsCompleteInParts)
            _rowsWritten?.RowsWritten(_batch, 0, _shape.Rows);
    }

    private void MultiplyBlock()
    {
        var firstPacked = Math.Max(_firstPackedPanel, _panelStart);
        if (firstPacked < _panelEnd)
        {
            _panels = _packed.Take<T>((_panelEnd - firstPacked) * PanelWidth * _innerLength);
            _packing = true;
            Share((int)((_panelEnd - firstPacked + _blocking.PanelsPerPacking - 1) / _blocking.PanelsPerPacking));
            _packing = false;
        }

        Share(_blocking.RowParts.Parts * _blocking.PanelPartsOf(_panelEnd - _panelStart));
    }

    private void Share(int parts)
    {
        if (_blocking.IsShared)
        {
            ThreadTeam.Run(parts, this);
            return;
        }

        for (var part = 0; part < parts; part++)
            Run(part);
    }

    private T* PackedPanel(nint panel) =>
        _panels + ((panel - Math.Max(_firstPackedPanel, _panelStart)) * PanelWidth * _innerLength);

    private int VectorsOf(nint panel) => _shape.Columns - (panel * PanelWidth) > TLanes.Count ? 2 : 1;

    private void PackPart(int part)
    {
        var start = Math.Max(_firstPackedPanel, _panelStart) + ((nint)part * _blocking.PanelsPerPacking);
        var end = Math.Min(_panelEnd, start + _blocking.PanelsPerPacking);
        for (var panel = start; panel < end; panel++)
            PanelPacking<T, TVector, TLanes>.Pack(_shape, _right, panel, _innerStart, _innerLength, PackedPanel(panel));
    }

    private void MultiplyPart(int part)
    {
        var (panelPart, rowPart) = Math.DivRem(part, _blocking.RowParts.Parts);
        var rowStart = (nint)_blocking.RowParts.Start(rowPart);
        var rowEnd = (nint)_blocking.RowParts.End(rowPart);
        var panelStart = _panelStart + ((nint)panelPart * _blocking.PanelsPerPart);
        var panelEnd = Math.Min(_panelEnd, panelStart + _blocking.PanelsPerPart);

        var rows = rowEnd - rowStart;
        nint tile = PanelTiles<T, TVector, TLanes>.ScratchLength;
        var packedLength = _blocking.PackLeft ? PackedStrips<T, TVector, TLanes>.LengthOfAll(rows, _innerLength) : 0;
        var scratch = Workspace.OfPart.Take<T>(tile + packedLength);
        nint aRow = _shape.TransposeLeft ? 1 : _shape.LeftStride;
        nint aStep = _shape.TransposeLeft ? _shape.LeftStride : 1;
        var a = _left + (rowStart * aRow) + (_innerStart * aStep);
        if (_blocking.PackLeft)
        {
            var strips = scratch + tile;
            if (_shape.TransposeLeft)
                PackedStrips<T, TVector, TLanes>.PackColumns(a, aStep, rows, _shape.Rows - rowStart, _innerLength, strips);
            else
                PackedStrips<T, TVector, TLanes>.PackRows(a, aRow, rows, _innerLength, strips);
            a = strips;
        }

        for (var panel = panelStart; panel < panelEnd; panel++)
            MultiplyPanel(panel, rowStart, rows, a, aRow, aStep, scratch);

        if (_reporting)
            _rowsWritten!.RowsWritten(_batch, (int)rowStart, (int)rowEnd);
    }

    private void MultiplyPanel(nint panel, nint rowStart, nint rows, T* a, nint aRow, nint aStep, T* scratch)
    {
        var column = panel * PanelWidth;
        var width = PanelTiles<T, TVector, TLanes>.WidthOf(panel, _shape.Columns);
        nint resultStride = _shape.ResultStride;
        var c = _result + (rowStart * resultStride) + column;

        T* b;
        nint bStep;
        if (panel < _firstPackedPanel)
        {
            b = _right + (_innerStart * _shape.RightStride) + column;
            bStep = _shape.RightStride;
        }
        else
        {
            b = PackedPanel(panel);
            bStep = VectorsOf(panel) * TLanes.Count;
        }

        if (_blocking.PackLeft)
        {
            PanelTiles<T, TVector, TLanes>.MultiplyPacked(
                rows, _innerLength, a, b, width, c, resultStride, _blockBeta, scratch);
            return;
        }

        PanelTiles<T, TVector, TLanes>.Multiply(
            rows, _innerLength, a, aRow, aStep, b, bStep, width, c, resultStride, _blockBeta, scratch);
    }
}
