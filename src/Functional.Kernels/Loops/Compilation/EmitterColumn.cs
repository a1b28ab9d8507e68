namespace Functional.Kernels.Loops;

/// <summary>Which columns a copy of the loop body is for.</summary>
/// <param name="Offset">How many columns it is ahead of the loop variable.</param>
/// <param name="Copy">The number of the copy in an unrolled loop.</param>
/// <param name="IsRest">Whether it is for what is left after the whole vectors.</param>
internal readonly record struct EmitterColumn(int Offset, int Copy, bool IsRest);
