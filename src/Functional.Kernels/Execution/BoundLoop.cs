using System.Collections.Immutable;
using Functional.Kernels.Loops;

namespace Functional.Kernels.Execution;

/// <summary>A fused loop on the buffers of a plan.</summary>
/// <param name="kernel">The loop; it is given back with this object.</param>
/// <param name="operands">For each operand of the program where it lies.</param>
public sealed unsafe class BoundLoop(LoopKernel kernel, ImmutableArray<BufferOperand> operands)
    : BoundParts(kernel.Parts, operands)
{
    private readonly LoopKernel _kernel = kernel;
    private readonly bool _needsCombine = kernel.NeedsCombine;

    private protected override void RunPart(int part, void** pointers) => _kernel.Run(part, pointers);

    private protected override void Finish(void** pointers)
    {
        if (_needsCombine)
            _kernel.Combine(pointers);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _kernel.Dispose();
        base.Dispose(disposing);
    }
}
