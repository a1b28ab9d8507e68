using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Functional.Kernels.Parallelism;

namespace Functional.Kernels.Execution;

/// <summary>A kernel that is cut into independent parts by sizes only, run on the thread team.</summary>
public abstract unsafe class BoundParts : BoundKernel, IPartitionedWork
{
    private readonly ImmutableArray<BufferOperand> _operands;
    private readonly int _parts;
    private void** _pointers;

    private protected BoundParts(int parts, ImmutableArray<BufferOperand> operands)
    {
        _parts = parts;
        _operands = operands;
        _pointers = (void**)NativeMemory.Alloc((nuint)Math.Max(1, operands.Length), (nuint)sizeof(void*));
    }

    /// <summary>For each operand its address.</summary>
    private protected void** Pointers => _pointers;

    /// <summary>Gives the memory of the addresses back.</summary>
    ~BoundParts() => Dispose(false);

    /// <inheritdoc/>
    public sealed override void Bind(ReadOnlySpan<nint> addresses)
    {
        for (var operand = 0; operand < _operands.Length; operand++)
            _pointers[operand] = (void*)_operands[operand].In(addresses);
    }

    /// <inheritdoc/>
    public sealed override void Run()
    {
        RunParts();
        Finish(_pointers);
    }

    /// <summary>Runs all parts on the thread team.</summary>
    private protected void RunParts()
    {
        if (_parts == 1)
            RunPart(0, _pointers);
        else
            ThreadTeam.Run(_parts, this);
    }

    void IPartitionedWork.Run(int part) => RunPart(part, _pointers);

    /// <summary>Runs one part.</summary>
    /// <param name="part">The number of the part, from 0.</param>
    /// <param name="pointers">For each operand its address.</param>
    private protected abstract void RunPart(int part, void** pointers);

    /// <summary>Does what is left to do when all parts have run.</summary>
    /// <param name="pointers">For each operand its address.</param>
    private protected virtual void Finish(void** pointers)
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        NativeMemory.Free(_pointers);
        _pointers = null;
        base.Dispose(disposing);
    }
}
