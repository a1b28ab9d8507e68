namespace Functional.Kernels.Loops;

/// <summary>A pass over the columns of a row, ready for the interpreter.</summary>
/// <param name="RowSteps">What runs once before the pass.</param>
/// <param name="Reductions">The Reduces of the pass; they start neutral and are complete after it.</param>
/// <param name="ColumnSteps">What runs for every tile.</param>
internal sealed record TilePhase(TileStep[] RowSteps, TileStep[] Reductions, TileStep[] ColumnSteps);
