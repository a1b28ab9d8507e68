namespace Functional.Kernels.Blas.Simd;

/// <summary>How rows are dealt out to tiles: evenly, since a tile of few rows would leave the multipliers waiting.</summary>
internal readonly struct TileRowDivision
{
    private readonly nint _each;
    private readonly nint _longer;

    /// <summary>Divides rows.</summary>
    /// <param name="rows">How many rows there are; 1 or more.</param>
    /// <param name="tileRows">The most rows of a tile.</param>
    public TileRowDivision(nint rows, int tileRows)
    {
        Tiles = (rows + tileRows - 1) / tileRows;
        _each = rows / Tiles;
        _longer = rows - (_each * Tiles);
    }

    /// <summary>The number of tiles.</summary>
    public nint Tiles { get; }

    /// <summary>The rows of one tile.</summary>
    public nint RowsOf(nint tile) => tile < _longer ? _each + 1 : _each;
}
