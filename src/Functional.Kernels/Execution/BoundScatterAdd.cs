using System.Numerics;
using Functional.Kernels.Lookup;

namespace Functional.Kernels.Execution;

/// <summary>Slices added up where indices say.</summary>
/// <typeparam name="T">The type of an element.</typeparam>
/// <param name="scatterAdd">The sums.</param>
/// <param name="axis">The size of the axis, for messages.</param>
/// <param name="indices">The indices.</param>
/// <param name="updates">The slices.</param>
/// <param name="target">Receives the sums.</param>
public sealed unsafe class BoundScatterAdd<T>(
    ScatterAdd<T> scatterAdd, int axis, BufferOperand indices, BufferOperand updates, BufferOperand target)
    : BoundParts(scatterAdd.Parts, [indices, updates, target])
    where T : unmanaged, INumber<T>
{
    private readonly ScatterAdd<T> _scatterAdd = scatterAdd;
    private readonly int _axis = axis;
    private readonly IndexFault _fault = new();

    private protected override void RunPart(int part, void** pointers) =>
        _fault.Report(_scatterAdd.Run(part, (T*)pointers[1], (int*)pointers[0], (T*)pointers[2]));

    private protected override void Finish(void** pointers) => _fault.Check("ScatterAdd", _axis, (int*)pointers[0]);
}
