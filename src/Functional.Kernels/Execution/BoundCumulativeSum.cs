using System.Numerics;
using Functional.Kernels.Reductions;

namespace Functional.Kernels.Execution;

/// <summary>Sums along an axis up to each place.</summary>
/// <typeparam name="T">The type of an element.</typeparam>
/// <param name="sum">The sums.</param>
/// <param name="source">The array.</param>
/// <param name="result">Receives the sums.</param>
public sealed unsafe class BoundCumulativeSum<T>(CumulativeSum<T> sum, BufferOperand source, BufferOperand result)
    : BoundParts(sum.Parts, [source, result])
    where T : unmanaged, INumber<T>
{
    private readonly CumulativeSum<T> _sum = sum;

    private protected override void RunPart(int part, void** pointers) =>
        _sum.Run(part, (T*)pointers[0], (T*)pointers[1]);
}
