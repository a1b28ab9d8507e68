using System.Runtime.InteropServices;

namespace Functional.Kernels.Memory;

/// <summary>Asks the system to back memory with large pages, which saves address look-ups in large matrices.</summary>
internal static unsafe partial class LargePages
{
    /// <summary>The size of a large page on the systems that are asked.</summary>
    public const nuint Size = 2 << 20;

    // From the kernel's asm-generic/mman-common.h.
    private const int AdviseLargePages = 14;

    /// <summary>Asks for large pages; nothing happens where they cannot be had.</summary>
    /// <param name="address">The first byte, on the boundary of a large page.</param>
    /// <param name="sizeInBytes">How many bytes.</param>
    public static void Advise(void* address, nuint sizeInBytes)
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = Advise(address, sizeInBytes, AdviseLargePages);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // Only a wish: a C library that does not offer it changes no result.
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint sizeInBytes, int advice);
}
