namespace Functional.Kernels.Loops;

/// <summary>
/// Consecutive rows along the last outer dimension, as a pointer to numbers that compiled code reads too. The layout:
/// rows, columns, first column, address of the row scratch, then the position of the first row in each outer dimension,
/// then for every operand the strides of a row and of a column in bytes.
/// </summary>
internal static class LoopSlab
{
    /// <summary>Where the number of rows is.</summary>
    public const int Rows = 0;

    /// <summary>Where the number of columns is.</summary>
    public const int Columns = 1;

    /// <summary>Where the first column is.</summary>
    public const int FirstColumn = 2;

    /// <summary>Where the address of the row scratch is.</summary>
    public const int Scratch = 3;

    /// <summary>Where the position of an outer dimension is.</summary>
    /// <param name="dimension">The dimension.</param>
    /// <returns>A place in the slab.</returns>
    public static int Position(int dimension) => 4 + dimension;

    /// <summary>Where the row stride of an operand is; its column stride follows.</summary>
    /// <param name="outerDimensions">The number of dimensions but the last.</param>
    /// <param name="operand">The operand.</param>
    /// <returns>A place in the slab.</returns>
    public static int RowStride(int outerDimensions, int operand) => 4 + outerDimensions + (2 * operand);

    /// <summary>The number of places of a slab.</summary>
    /// <param name="outerDimensions">The number of dimensions but the last.</param>
    /// <param name="operands">The number of operands.</param>
    /// <returns>The length.</returns>
    public static int Length(int outerDimensions, int operands) => 4 + outerDimensions + (2 * operands);
}
