using Functional.Kernels.Lookup;

namespace Functional.Kernels.Execution;

/// <summary>The slices of an axis that indices name.</summary>
/// <param name="gather">The look-up.</param>
/// <param name="axis">The size of the axis, for messages.</param>
/// <param name="source">The array.</param>
/// <param name="indices">The indices.</param>
/// <param name="target">Receives the slices.</param>
public sealed unsafe class BoundGather(
    Gather gather, int axis, BufferOperand source, BufferOperand indices, BufferOperand target)
    : BoundParts(gather.Parts, [source, indices, target])
{
    private readonly Gather _gather = gather;
    private readonly int _axis = axis;
    private readonly IndexFault _fault = new();

    private protected override void RunPart(int part, void** pointers) =>
        _fault.Report(_gather.Run(part, pointers[0], (int*)pointers[1], pointers[2]));

    private protected override void Finish(void** pointers) => _fault.Check("Gather", _axis, (int*)pointers[1]);
}
