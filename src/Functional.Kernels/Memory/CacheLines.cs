using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Functional.Kernels.Memory;

/// <summary>Asks the processor for memory before it is read or written.</summary>
internal static unsafe class CacheLines
{
    /// <summary>Has the line of an address brought into the first-level cache; any address will do.</summary>
    /// <param name="address">The address.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(void* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }

    /// <summary>Has the line of an address brought into the second-level cache; any address will do.</summary>
    /// <param name="address">The address.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FetchNear(void* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch1(address);
    }
}
