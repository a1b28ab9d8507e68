namespace Functional.Kernels.Loops;

/// <summary>The kinds of memory that registers of the interpreter live in.</summary>
internal enum TileSpace
{
    /// <summary>The register is not used.</summary>
    None,

    /// <summary>Memory of the part that holds one value per row, or one tile of columns.</summary>
    Tile,

    /// <summary>Row scratch, all columns.</summary>
    Scratch,

    /// <summary>The operand itself.</summary>
    Operand,
}
