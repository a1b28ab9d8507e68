using System.Collections.Immutable;

namespace Functional.Kernels.Loops;

/// <summary>One pass over the columns of a row.</summary>
/// <param name="RowInstructions">Instructions with one value per row that the pass needs and that run before
/// it.</param>
/// <param name="Restored">Registers of earlier passes that are read back from the row scratch.</param>
/// <param name="ColumnInstructions">What runs for every column, in order, Stores last.</param>
/// <param name="Saved">Registers computed here that a later pass reads back.</param>
internal sealed record LoopPhase(
    ImmutableArray<int> RowInstructions,
    ImmutableArray<int> Restored,
    ImmutableArray<int> ColumnInstructions,
    ImmutableArray<int> Saved);
