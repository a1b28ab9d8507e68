using System.Diagnostics;
using Xunit;

namespace Functional.Hdf5.Tests;

/// <summary>
/// A test that needs the system's Python with h5py. It is skipped, with its reason, where they are missing; where the
/// environment variable CI is true they have to be there and the test fails without them.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Missing = new(Probe);

    public PythonFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("CI") != "true")
            Skip = Missing.Value;
    }

    private static string? Probe()
    {
        if (!File.Exists(Python.Interpreter))
            return $"{Python.Interpreter} is missing";
        using var process = Process.Start(new ProcessStartInfo(Python.Interpreter, ["-c", "import h5py"])
        {
            RedirectStandardError = true,
        })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : $"{Python.Interpreter} has no h5py (on Debian: python3-h5py)";
    }
}
