using Functional.Kernels.Lookup;

namespace Functional.Kernels.Execution;

/// <summary>The bins of whole numbers.</summary>
/// <param name="hash">The hash.</param>
/// <param name="source">The numbers.</param>
/// <param name="result">Receives the bins.</param>
public sealed unsafe class BoundDecimalHash(DecimalHash hash, BufferOperand source, BufferOperand result)
    : BoundParts(hash.Parts, [source, result])
{
    private readonly DecimalHash _hash = hash;

    private protected override void RunPart(int part, void** pointers) =>
        _hash.Run(part, (int*)pointers[0], (int*)pointers[1]);
}
