namespace Functional.Kernels.Loops;

/// <summary>A compiled loop: runs the rows of a slab.</summary>
/// <param name="pointers">For each operand the address of its first element in the first row.</param>
/// <param name="slab">Sizes and strides: <see cref="LoopSlab"/>.</param>
internal unsafe delegate void LoopCode(byte** pointers, long* slab);
