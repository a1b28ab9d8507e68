using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Functional.Kernels.Loops;
using Functional.Kernels.Parallelism;

namespace Functional.Kernels.Execution;

/// <summary>A fused loop on the buffers of a plan.</summary>
public sealed unsafe class BoundLoop : BoundKernel, IPartitionedWork
{
    private readonly LoopKernel _kernel;
    private readonly ImmutableArray<BufferOperand> _operands;
    private void** _pointers;

    /// <summary>Names the operands of a prepared loop.</summary>
    /// <param name="kernel">The loop; it is given back with this object.</param>
    /// <param name="operands">For each operand of the program where it lies.</param>
    public BoundLoop(LoopKernel kernel, ImmutableArray<BufferOperand> operands)
    {
        _kernel = kernel;
        _operands = operands;
        _pointers = (void**)NativeMemory.Alloc((nuint)Math.Max(1, operands.Length), (nuint)sizeof(void*));
    }

    /// <summary>Gives the memory of the addresses back.</summary>
    ~BoundLoop() => Dispose(false);

    /// <inheritdoc/>
    public override void Bind(ReadOnlySpan<nint> addresses)
    {
        for (var operand = 0; operand < _operands.Length; operand++)
            _pointers[operand] = (void*)_operands[operand].In(addresses);
    }

    /// <inheritdoc/>
    public override void Run()
    {
        var parts = _kernel.Parts;
        if (parts == 1)
            _kernel.Run(0, _pointers);
        else
            ThreadTeam.Run(parts, this);
        if (_kernel.NeedsCombine)
            _kernel.Combine(_pointers);
    }

    void IPartitionedWork.Run(int part) => _kernel.Run(part, _pointers);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _kernel.Dispose();
        NativeMemory.Free(_pointers);
        _pointers = null;
    }
}
