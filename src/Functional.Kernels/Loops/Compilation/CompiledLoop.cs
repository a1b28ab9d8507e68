namespace Functional.Kernels.Loops;

/// <summary>Runs a program as compiled code.</summary>
internal sealed unsafe class CompiledLoop(LoopPreparation preparation, LoopCode code) : LoopKernel(preparation)
{
    private protected override void RunSlab(byte** pointers, long* slab) => code(pointers, slab);
}
