using System.Diagnostics.CodeAnalysis;

namespace Functional.Kernels.Memory;

/// <summary>Memory that grows to what was asked of it and is kept for the next time.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Lives as long as its thread; the memory has a finalizer.")]
internal sealed unsafe class Workspace
{
    [ThreadStatic]
    private static Workspace? _ofPart;

    [ThreadStatic]
    private static Workspace? _ofRun;

    private AlignedMemory? _memory;

    /// <summary>For memory that the calling thread does not need beyond the part that it works on.</summary>
    public static Workspace OfPart => _ofPart ??= new Workspace();

    /// <summary>
    /// For memory that a kernel needs while it runs. All kernels that the calling thread runs share it, one after the other.
    /// </summary>
    public static Workspace OfRun => _ofRun ??= new Workspace();

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
