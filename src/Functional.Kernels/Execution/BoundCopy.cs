using Functional.Kernels.Movement;

namespace Functional.Kernels.Execution;

/// <summary>A copy between strided views of buffers.</summary>
/// <param name="copy">The copy.</param>
/// <param name="source">The element of the source at position 0 of every dimension.</param>
/// <param name="target">The element of the target at position 0 of every dimension.</param>
public sealed unsafe class BoundCopy(StridedCopy copy, BufferOperand source, BufferOperand target)
    : BoundParts(copy.Parts, [source, target])
{
    private readonly StridedCopy _copy = copy;

    private protected override void RunPart(int part, void** pointers) => _copy.Run(part, pointers[0], pointers[1]);
}
