using System.Diagnostics;

namespace Functional.Benchmarks.Startup;

/// <summary>This program again, in a process of its own.</summary>
internal static class OwnProcess
{
    /// <summary>Starts this program with other arguments.</summary>
    public static ProcessStartInfo With(string[] arguments)
    {
        var program = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? new ProcessStartInfo(program, [Environment.GetCommandLineArgs()[0], .. arguments])
            : new ProcessStartInfo(program, arguments);
    }

    /// <summary>Runs this program with other arguments and gives what it wrote.</summary>
    public static string Output(string[] arguments)
    {
        var start = With(arguments);
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"'{string.Join(' ', arguments)}' ended with code {process.ExitCode}.");
    }
}
