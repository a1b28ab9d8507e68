using System.Numerics;
using Functional.Kernels.Memory;
using Functional.Kernels.Parallelism;

namespace Functional.Kernels.Blas.Simd;

/// <summary>The built-in kernels on a right factor that was packed before.</summary>
/// <remarks>
/// Parts are rows before they are panels, so that a thread reads and writes the same rows as in the loops around the product.
/// Each element of C is one chain of multiply-adds, as in <see cref="TiledProduct{T, TVector, TLanes}"/>.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
internal sealed unsafe class SimdPackedRightProduct<T, TVector, TLanes> : PackedRightProduct, IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : struct, IVectorLanes<TVector, T>
{
    private const int RowsOfBlock = 32;
    private const double MultiplicationsOfPart = 250_000;
    private const long ElementsOfPacking = 16_384;
    private const int MostParts = 64;

    private readonly ProductShape _shape;
    private readonly nint _panels;
    private readonly Partition _rows;
    private readonly Partition _parts;
    private readonly Partition _packings;
    private readonly AlignedMemory _packed;

    private bool _isPacking;
    private T* _left;
    private T* _right;
    private T* _result;
    private T _beta;

    /// <summary>Takes memory for the packed factor.</summary>
    /// <param name="shape">A single product.</param>
    public SimdPackedRightProduct(in ProductShape shape)
    {
        _shape = shape;
        _panels = PanelTiles<T, TVector, TLanes>.CountOf(shape.Columns);
        _rows = Partition.BySize(shape.Rows, RowsOfBlock);
        _parts = Partition.IntoParts(
            _panels * _rows.Parts, (int)Math.Clamp(shape.Multiplications / MultiplicationsOfPart, 1, MostParts));
        _packings = Partition.IntoParts(_panels, (int)Math.Min(_panels, (long)shape.Columns * shape.Inner / ElementsOfPacking));
        _packed = new AlignedMemory((long)_panels * PanelWidth * shape.Inner * sizeof(T));
    }

    private static int PanelWidth => PanelTiles<T, TVector, TLanes>.PanelWidth;

    /// <inheritdoc/>
    public override void Pack(void* right)
    {
        _right = (T*)right;
        _isPacking = true;
        ThreadTeam.Run(_packings.Parts, this);
        _isPacking = false;
    }

    /// <inheritdoc/>
    public override void Run(void* left, double beta, void* result, IRowsWritten? rowsWritten)
    {
        _left = (T*)left;
        _result = (T*)result;
        _beta = T.CreateTruncating(beta);
        ThreadTeam.Run(_parts.Parts, this);
        rowsWritten?.RowsWritten(0, 0, _shape.Rows);
    }

    /// <inheritdoc/>
    public void Run(int part)
    {
        if (_isPacking)
        {
            for (var panel = (nint)_packings.Start(part); panel < (nint)_packings.End(part); panel++)
                PanelPacking<T, TVector, TLanes>.Pack(_shape, _right, panel, 0, _shape.Inner, Panel(panel));
            return;
        }

        var scratch = Workspace.OfPart.Take<T>(PanelTiles<T, TVector, TLanes>.ScratchLength);
        for (var unit = _parts.Start(part); unit < _parts.End(part); unit++)
        {
            var (rows, panel) = Math.DivRem(unit, _panels);
            Multiply((nint)panel, (nint)_rows.Start((int)rows), (nint)_rows.End((int)rows), scratch);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _packed.Dispose();
    }

    private T* Panel(nint panel) => (T*)_packed.Start + (panel * PanelWidth * _shape.Inner);

    private void Multiply(nint panel, nint rowStart, nint rowEnd, T* scratch)
    {
        var column = panel * PanelWidth;
        var width = PanelTiles<T, TVector, TLanes>.WidthOf(panel, _shape.Columns);
        nint aRow = _shape.TransposeLeft ? 1 : _shape.LeftStride;
        nint aStep = _shape.TransposeLeft ? _shape.LeftStride : 1;
        PanelTiles<T, TVector, TLanes>.Multiply(
            rowEnd - rowStart,
            _shape.Inner,
            _left + (rowStart * aRow),
            aRow,
            aStep,
            Panel(panel),
            PanelTiles<T, TVector, TLanes>.VectorsOf(width) * TLanes.Count,
            width,
            _result + (rowStart * _shape.ResultStride) + column,
            _shape.ResultStride,
            _beta,
            scratch);
    }
}
