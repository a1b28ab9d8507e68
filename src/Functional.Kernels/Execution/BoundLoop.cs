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

    /// <summary>The groups of rows that are the parts, if they are.</summary>
    internal RowGroups? Groups => _kernel.Groups;

    /// <summary>Runs one group of rows on the memory last bound; groups may run at the same time.</summary>
    /// <param name="group">The number of the group.</param>
    internal void RunGroup(int group) => _kernel.Run(group, Pointers);

    /// <summary>Runs all parts, without what is left to do then.</summary>
    internal void RunAllParts() => RunParts();

    /// <summary>Does what is left to do when all parts, or all groups, have run.</summary>
    internal void Complete() => Finish(Pointers);

    /// <summary>Whether blocks of rows can be run one by one.</summary>
    /// <param name="rows">All dimensions but the last of the program.</param>
    /// <param name="columns">Its last dimension.</param>
    /// <returns>True when running all rows does what running the kernel does.</returns>
    internal bool CanRunRows(long rows, int columns) => _kernel.CanRunRows(rows, columns);

    /// <summary>Runs a block of rows on the memory last bound; blocks may run at the same time.</summary>
    /// <param name="rows">All dimensions but the last of the program.</param>
    /// <param name="columns">Its last dimension.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many rows.</param>
    internal void RunRows(long rows, int columns, long first, long count) =>
        _kernel.RunRows(rows, columns, first, count, Pointers);

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
