namespace Functional.Kernels.Convolution;

/// <summary>Elements that follow each other in a line of the source and in the rows of the kernel's matrix.</summary>
/// <param name="Depth">The plane of the block, counted from its first one.</param>
/// <param name="Height">The line of the block for its first line of results.</param>
/// <param name="Place">The first element in the line, for the first result of the line.</param>
/// <param name="Row">The first row of the kernel's matrix.</param>
/// <param name="Length">How many elements there are.</param>
internal readonly record struct TapRun(int Depth, int Height, int Place, int Row, int Length);
