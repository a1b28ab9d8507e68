namespace Functional.Kernels.Movement;

/// <summary>One dimension of a strided copy; strides are in elements.</summary>
/// <param name="Extent">How many positions it has.</param>
/// <param name="Source">How far neighbours lie apart in the source; 0 repeats, a negative stride walks
/// backwards.</param>
/// <param name="Target">How far neighbours lie apart in the target; never 0.</param>
internal readonly record struct CopyDimension(int Extent, int Source, int Target);
