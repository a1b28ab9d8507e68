using System.Runtime.InteropServices;

namespace Functional.Kernels.Memory;

/// <summary>A block of native memory whose address is a multiple of 64, a cache line and the widest vector.</summary>
/// <remarks>The block lives until it is disposed of or, failing that, until nothing refers to this object.</remarks>
public sealed unsafe class AlignedMemory : IDisposable
{
    /// <summary>The alignment of every block, in bytes.</summary>
    public const int Alignment = 64;

    private void* _address;

    /// <summary>Takes a block from the system.</summary>
    /// <param name="sizeInBytes">The length of the block; 0 or more.</param>
    /// <param name="zeroed">True when the block has to hold zeros; otherwise it holds anything.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative.</exception>
    /// <exception cref="OutOfMemoryException">The system has no such block.</exception>
    public AlignedMemory(long sizeInBytes, bool zeroed = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeInBytes);
        SizeInBytes = sizeInBytes;

        // A large block begins on a large page, so that the system can back all of it with such pages.
        var size = (nuint)Math.Max(sizeInBytes, Alignment);
        var isLarge = size >= 2 * LargePages.Size;
        _address = NativeMemory.AlignedAlloc(size, isLarge ? LargePages.Size : Alignment);
        if (isLarge)
            LargePages.Advise(_address, size);
        GC.AddMemoryPressure((long)size);
        if (zeroed)
            NativeMemory.Clear(_address, size);
    }

    /// <summary>Gives the block back to the system when nobody disposed of it.</summary>
    ~AlignedMemory() => Free();

    /// <summary>The length of the block in bytes.</summary>
    public long SizeInBytes { get; }

    /// <summary>The first byte of the block, valid while this object is referred to and not disposed of.</summary>
    /// <exception cref="ObjectDisposedException">The block has been given back.</exception>
    public byte* Start
    {
        get
        {
            ObjectDisposedException.ThrowIf(_address is null, this);
            return (byte*)_address;
        }
    }

    /// <summary>The address of the first byte.</summary>
    /// <exception cref="ObjectDisposedException">The block has been given back.</exception>
    public nint Address => (nint)Start;

    /// <summary>Part of the block as elements of one type.</summary>
    /// <typeparam name="T">The type of an element.</typeparam>
    /// <param name="offsetInBytes">Where the part begins.</param>
    /// <param name="length">How many elements it has.</param>
    /// <returns>The elements, valid while this object is referred to and not disposed of.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The part is not inside the block.</exception>
    public Span<T> AsSpan<T>(long offsetInBytes, int length)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offsetInBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(((long)length * sizeof(T)) + offsetInBytes, SizeInBytes, nameof(length));
        return new Span<T>(Start + offsetInBytes, length);
    }

    /// <summary>Gives the block back to the system; its pointer and spans are dead from then on.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_address is null)
            return;
        NativeMemory.AlignedFree(_address);
        _address = null;
        GC.RemoveMemoryPressure(Math.Max(SizeInBytes, Alignment));
    }
}
