using System.Numerics;
using Functional.Kernels.Reductions;

namespace Functional.Kernels.Execution;

/// <summary>The positions of the first maxima along an axis.</summary>
/// <typeparam name="T">The type of an element.</typeparam>
/// <param name="argMax">The search.</param>
/// <param name="source">The array.</param>
/// <param name="result">Receives the positions.</param>
public sealed unsafe class BoundArgMax<T>(ArgMax<T> argMax, BufferOperand source, BufferOperand result)
    : BoundParts(argMax.Parts, [source, result])
    where T : unmanaged, INumber<T>
{
    private readonly ArgMax<T> _argMax = argMax;

    private protected override void RunPart(int part, void** pointers) =>
        _argMax.Run(part, (T*)pointers[0], (int*)pointers[1]);
}
