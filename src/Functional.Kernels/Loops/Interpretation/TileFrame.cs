namespace Functional.Kernels.Loops;

/// <summary>Where the interpreter is: the row, the tile of columns, and the memory that registers live in.</summary>
internal unsafe struct TileFrame
{
    /// <summary>For each operand the address of its first element in the row.</summary>
    public byte** Pointers;

    /// <summary>Sizes and strides: <see cref="LoopSlab"/>.</summary>
    public long* Slab;

    /// <summary>The row scratch of the part.</summary>
    public byte* Scratch;

    /// <summary>The tiles and row values of the part.</summary>
    public byte* Tiles;

    /// <summary>The number of dimensions but the last.</summary>
    public int Outer;

    /// <summary>The row, counted from the first of the slab.</summary>
    public long Row;

    /// <summary>The first column of the tile, counted from the first of the part.</summary>
    public int Column;

    /// <summary>The number of columns in the tile; 1 for values per row.</summary>
    public int Count;

    /// <summary>Finds the values of a register in the current tile.</summary>
    /// <param name="address">The place of the register.</param>
    /// <returns>The address of its first value.</returns>
    public readonly byte* Resolve(TileAddress address) => address.Space switch
    {
        TileSpace.Tile => Tiles + address.Offset,
        TileSpace.Scratch => Scratch + address.Offset + ((long)Column * address.BytesOfElement),
        TileSpace.Operand => Pointers[address.Offset] + ((long)Column * address.BytesOfElement),
        _ => null,
    };

    /// <summary>The column stride of an operand in bytes.</summary>
    /// <param name="operand">The operand.</param>
    /// <returns>The stride.</returns>
    public readonly long ColumnStride(int operand) => Slab[LoopSlab.RowStride(Outer, operand) + 1];
}
