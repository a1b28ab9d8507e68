using System.Diagnostics.CodeAnalysis;
using Functional.Kernels.Memory;

namespace Functional.Kernels.Blas.Simd;

/// <summary>Memory that grows to what was asked of it and is kept for the next time.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Lives as long as its thread; the memory has a finalizer.")]
internal sealed unsafe class Workspace
{
    [ThreadStatic]
    private static Workspace? _ofThread;

    private AlignedMemory? _memory;

    /// <summary>The workspace of the calling thread, for memory that is not needed beyond the current part.</summary>
    public static Workspace OfThread => _ofThread ??= new Workspace();

    /// <summary>Gives memory that holds anything, valid until the next call.</summary>
    /// <typeparam name="T">The type of an element.</typeparam>
    /// <param name="count">How many elements are needed.</param>
    /// <returns>The first element, on a cache line's boundary.</returns>
    public T* Take<T>(nint count)
        where T : unmanaged
    {
        var size = count * sizeof(T);
        if (_memory is null || _memory.SizeInBytes < size)
        {
            _memory?.Dispose();
            _memory = null;
            _memory = new AlignedMemory(Math.Max(size, 1 << 14));
        }

        return (T*)_memory.Start;
    }
}
