namespace Functional.Kernels.Loops;

/// <summary>Where the interpreter finds the values of a register.</summary>
/// <param name="Space">The kind of memory.</param>
/// <param name="Offset">The offset in bytes within that memory, or the number of the operand.</param>
/// <param name="BytesOfElement">How far the values of neighbouring columns lie apart; 0 in tile memory, which holds one
/// tile only.</param>
internal readonly record struct TileAddress(TileSpace Space, int Offset, int BytesOfElement);
