using System.Numerics;
using Functional.Kernels.Randomness;

namespace Functional.Kernels.Execution;

/// <summary>Random numbers of one stream, from a key of seed and step.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="fill">The numbers.</param>
/// <param name="stream">The stream, a number of the place in the plan.</param>
/// <param name="key">Two int32: seed and step.</param>
/// <param name="target">Receives the numbers.</param>
public sealed unsafe class BoundRandom<T>(RandomFill<T> fill, int stream, BufferOperand key, BufferOperand target)
    : BoundParts(fill.Parts, [key, target])
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly RandomFill<T> _fill = fill;
    private readonly int _stream = stream;

    private protected override void RunPart(int part, void** pointers)
    {
        var key = (int*)pointers[0];
        _fill.Run(part, key[0], _stream, key[1], (T*)pointers[1]);
    }
}
