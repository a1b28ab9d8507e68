using System.Runtime.InteropServices;

namespace Functional.Kernels.Parallelism;

/// <summary>Whether a thread's arithmetic gives zero where the result is too small for a normal exponent (a denormal).</summary>
/// <remarks>
/// Processors compute with denormals a hundred times slower than with other numbers, and training makes them: the
/// momentum of a weight that gets no gradient any more shrinks by a factor a step until it is one. Plans run with
/// flushing on, and threads of the team take over the mode of whoever they work for, so that results do not depend on
/// who computes a part. The runtime has no way to say this to the processor, the C library of Linux on x86-64 has.
/// Elsewhere nothing is flushed.
/// </remarks>
public static unsafe class DenormalFlushing
{
    // The floating-point environment of x86-64: 28 bytes of the old unit, then the control word of the vector unit.
    private const int EnvironmentSize = 32;
    private const int ControlWord = 7;

    // Results only. To take denormal operands as zero too (the bit 0x40, which Windows can only set together with this
    // one) breaks code that the runtime's compiler makes: a remainder, a minimum and a cast in one loop gave nonsense.
    private const uint FlushToZero = 0x8000;

    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<uint*, int> _getEnvironment;
    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<uint*, int> _setEnvironment;

    [ThreadStatic]
    private static bool _isOn;

    static DenormalFlushing()
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64
            || !OperatingSystem.IsLinux()
            || !NativeLibrary.TryLoad("libm.so.6", out var mathematics))
            return;
        _getEnvironment = (delegate* unmanaged[Cdecl, SuppressGCTransition]<uint*, int>)Export(mathematics, "fegetenv");
        _setEnvironment = (delegate* unmanaged[Cdecl, SuppressGCTransition]<uint*, int>)Export(mathematics, "fesetenv");
        IsSupported = _getEnvironment is not null && _setEnvironment is not null;
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
        var environment = stackalloc uint[EnvironmentSize / sizeof(uint)];
        _ = _getEnvironment(environment);
        environment[ControlWord] = on ? environment[ControlWord] | FlushToZero : environment[ControlWord] & ~FlushToZero;
        _ = _setEnvironment(environment);
    }

    private static nint Export(nint library, string name) =>
        NativeLibrary.TryGetExport(library, name, out var address) ? address : 0;
}
