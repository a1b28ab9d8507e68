using System.Numerics;
using Functional.Kernels.Pooling;

namespace Functional.Kernels.Execution;

/// <summary>A pool or one of its gradients on the buffers of a plan.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="pool">The pool.</param>
/// <param name="first">The first or only input.</param>
/// <param name="second">The second input; where there is but one, that one again.</param>
/// <param name="result">Receives the result.</param>
public sealed unsafe class BoundPool<T>(Pool<T> pool, BufferOperand first, BufferOperand second, BufferOperand result)
    : BoundParts(pool.Parts, [first, second, result])
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Pool<T> _pool = pool;

    private protected override void RunPart(int part, void** pointers) =>
        _pool.Run(part, (T*)pointers[0], (T*)pointers[1], (T*)pointers[2]);
}
