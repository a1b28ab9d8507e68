using System.Diagnostics;
using Xunit;

namespace Functional.Conformance;

/// <summary>
/// A test that needs the system's Python with h5py: skipped, with its reason, where they are missing; required where the
/// environment variable CI is true.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonFactAttribute : FactAttribute
{
    internal const string Interpreter = "/usr/bin/python3";

    private static readonly Lazy<string?> Missing = new(Probe);

    public PythonFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("CI") != "true")
            Skip = Missing.Value;
    }

    private static string? Probe()
    {
        if (!File.Exists(Interpreter))
            return $"{Interpreter} is missing";
        using var process = Process.Start(new ProcessStartInfo(Interpreter, ["-c", "import h5py"])
        {
            RedirectStandardError = true,
        })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : $"{Interpreter} has no h5py (on Debian: python3-h5py)";
    }
}
