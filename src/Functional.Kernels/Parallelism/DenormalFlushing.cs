using System.Runtime.InteropServices;

namespace Functional.Kernels.Parallelism;

/// <summary>Whether a thread's arithmetic takes numbers too small for a normal exponent (denormals) as zero.</summary>
/// <remarks>
/// Processors compute with denormals a hundred times slower than with other numbers, and training makes them: the
/// momentum of a weight that gets no gradient any more shrinks by a factor a step until it is one. Plans run with
/// flushing on, and threads of the team take over the mode of whoever they work for, so that results do not depend on
/// who computes a part. The runtime has no way to say this to the processor, the C library has: glibc on Linux and the
/// Universal C Runtime on Windows, both on x86-64. Elsewhere nothing is flushed.
/// </remarks>
public static unsafe class DenormalFlushing
{
    // The floating-point environment of x86-64: 28 bytes of the old unit, then the control word of the vector unit.
    private const int EnvironmentSize = 32;
    private const int ControlWord = 7;

    // Flush to zero what comes out, take as zero what comes in.
    private const uint FlushBits = 0x8040;

    private const uint WindowsFlush = 0x0100_0000;
    private const uint WindowsMask = 0x0300_0000;

    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<uint*, int> _getEnvironment;
    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<uint*, int> _setEnvironment;
    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<uint*, uint, uint, int> _control;

    [ThreadStatic]
    private static bool _isOn;

    static DenormalFlushing()
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
            return;
        if (OperatingSystem.IsWindows() && NativeLibrary.TryLoad("ucrtbase.dll", out var runtime))
        {
            _control = (delegate* unmanaged[Cdecl, SuppressGCTransition]<uint*, uint, uint, int>)Export(runtime, "_controlfp_s");
            IsSupported = _control is not null;
        }
        else if (OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libm.so.6", out var mathematics))
        {
            _getEnvironment = (delegate* unmanaged[Cdecl, SuppressGCTransition]<uint*, int>)Export(mathematics, "fegetenv");
            _setEnvironment = (delegate* unmanaged[Cdecl, SuppressGCTransition]<uint*, int>)Export(mathematics, "fesetenv");
            IsSupported = _getEnvironment is not null && _setEnvironment is not null;
        }
    }

    /// <summary>Whether this machine can be told.</summary>
    public static bool IsSupported { get; }

    /// <summary>Whether the calling thread flushes.</summary>
    internal static bool IsOn => _isOn;

    /// <summary>Sets the mode of the calling thread.</summary>
    /// <param name="on">Whether it flushes; without effect where that is not supported.</param>
    /// <returns>The mode before, to be set again afterwards.</returns>
    public static bool Switch(bool on)
    {
        var before = _isOn;
        if (before == on || !IsSupported)
            return before;
        Apply(on);
        _isOn = on;
        return before;
    }

    private static void Apply(bool on)
    {
        if (_control is not null)
        {
            uint current;
            _ = _control(&current, on ? WindowsFlush : 0, WindowsMask);
            return;
        }

        var environment = stackalloc uint[EnvironmentSize / sizeof(uint)];
        _ = _getEnvironment(environment);
        environment[ControlWord] = on ? environment[ControlWord] | FlushBits : environment[ControlWord] & ~FlushBits;
        _ = _setEnvironment(environment);
    }

    private static nint Export(nint library, string name) =>
        NativeLibrary.TryGetExport(library, name, out var address) ? address : 0;
}
