namespace Functional.Kernels.Execution;

/// <summary>Where a kernel reads or writes: a buffer of its plan, and a place in it.</summary>
/// <param name="Buffer">The number of the buffer.</param>
/// <param name="OffsetInBytes">The distance from the start of the buffer.</param>
public readonly record struct BufferOperand(int Buffer, long OffsetInBytes)
{
    /// <summary>The address of the place.</summary>
    /// <param name="addresses">For each buffer the address of its first element.</param>
    /// <returns>The address.</returns>
    public nint In(ReadOnlySpan<nint> addresses) => addresses[Buffer] + (nint)OffsetInBytes;
}
