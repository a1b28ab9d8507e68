using System.Collections.Immutable;

namespace Functional.Kernels.Loops;

/// <summary>An array that a <see cref="LoopProgram"/> reads or writes: at run time a pointer to its first
/// element.</summary>
/// <param name="Element">The type of its elements.</param>
/// <param name="Strides">For each dimension of the program, how many elements lie between neighbours. Any value: 0
/// repeats the same element, a negative one walks backwards.</param>
/// <param name="Access">Whether it is read, written or both.</param>
public sealed record LoopOperand(LoopElement Element, ImmutableArray<int> Strides, LoopAccess Access)
{
    /// <summary>The stride of the last dimension.</summary>
    public int ColumnStride => Strides[^1];

    /// <summary>A readable form such as <c>Float[0, 1] Read</c>.</summary>
    /// <returns>The type, the strides and the access.</returns>
    public override string ToString() => $"{Element}[{string.Join(", ", Strides)}] {Access}";
}
