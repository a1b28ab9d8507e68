namespace Functional.Kernels.Loops;

/// <summary>A block of the iteration space: some rows and some columns.</summary>
/// <param name="FirstRow">The first row.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="FirstColumn">The first column.</param>
/// <param name="Columns">How many columns.</param>
internal readonly record struct LoopPart(long FirstRow, long Rows, int FirstColumn, int Columns);
