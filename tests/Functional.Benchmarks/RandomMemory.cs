using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Kernels.Memory;

namespace Functional.Benchmarks;

/// <summary>Memory for kernels to work on.</summary>
internal static class RandomMemory
{
    /// <summary>So many numbers between -0.5 and 0.5, the same every time.</summary>
    public static AlignedMemory Of<T>(long count)
        where T : unmanaged, INumber<T>
    {
        var memory = new AlignedMemory(count * Unsafe.SizeOf<T>());
        var random = new Random(1);
        foreach (ref var element in memory.AsSpan<T>(0, (int)count))
            element = T.CreateChecked(random.NextDouble() - 0.5);
        return memory;
    }
}
