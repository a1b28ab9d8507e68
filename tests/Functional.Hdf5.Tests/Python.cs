using System.Diagnostics;

namespace Functional.Hdf5.Tests;

/// <summary>Runs the scripts in the folder Python.</summary>
internal static class Python
{
    public const string Interpreter = "/usr/bin/python3";

    /// <summary>What a script prints, by lines.</summary>
    public static string[] Run(string script, params string[] arguments)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Python", script);
        using var process = Process.Start(new ProcessStartInfo(Interpreter, [path, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            : throw new InvalidOperationException($"{script} failed: {errors.GetAwaiter().GetResult()}");
    }
}
