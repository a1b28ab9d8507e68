namespace Functional.Kernels.Convolution;

/// <summary>Rows of a kernel's matrix that one tile computes.</summary>
/// <param name="Row">The first row.</param>
/// <param name="Rows">How many rows there are.</param>
/// <param name="Offset">Elements from a place's first source to that of the first row.</param>
/// <param name="Third">Elements of the source from one row to the third one behind it; neighbours lie side by side.</param>
internal readonly record struct TileStrip(int Row, int Rows, nint Offset, nint Third)
{
    /// <summary>Rows whose sources lie side by side, dealt out to tiles evenly.</summary>
    /// <param name="row">The first row.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="offset">Elements from a place's first source to that of the first row.</param>
    /// <param name="tileRows">Rows of the greatest tile.</param>
    public static IEnumerable<TileStrip> Divide(int row, int rows, nint offset, int tileRows)
    {
        var tiles = (rows + tileRows - 1) / tileRows;
        for (var tile = 0; tile < tiles; tile++)
        {
            var start = (int)((long)rows * tile / tiles);
            var end = (int)((long)rows * (tile + 1) / tiles);
            yield return new TileStrip(row + start, end - start, offset + start, 3);
        }
    }
}
