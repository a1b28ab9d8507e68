using System.Diagnostics;
using System.Text.Json;
using Functional.Kernels.Blas;
using Functional.Kernels.Parallelism;

namespace Functional.Benchmarks.Workloads;

/// <summary><c>workloads [--only W1,W3] [--threads N] [--blas auto|simd|mkl|mathnet]</c>: one JSON line a workload.</summary>
internal static class WorkloadsCommand
{
    private const string InProcess = "--in-process";

    public static int Run(string[] options)
    {
        var only = Value(options, "--only")?.Split(',');
        var chosen = WorkloadTable.All
            .Where(workload => only is null || only.Any(name => workload.Name.StartsWith(name, StringComparison.Ordinal)));
        foreach (var workload in chosen)
        {
            if (options.Contains(InProcess))
                Measure(workload, options);
            else if (RunAlone(workload, options) is var code and not 0)
                return code;
        }

        return 0;
    }

    private static string? Value(string[] options, string name)
    {
        var position = Array.IndexOf(options, name);
        return position >= 0 && position + 1 < options.Length ? options[position + 1] : null;
    }

    // Every workload has a process of its own, so that its peak memory is its own.
    private static int RunAlone(Workload workload, string[] options)
    {
        string[] kept = ["workloads", .. Pair(options, "--threads"), .. Pair(options, "--blas"), "--only", workload.Name, InProcess];
        var program = Environment.ProcessPath!;
        var start = Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? new ProcessStartInfo(program, [Environment.GetCommandLineArgs()[0], .. kept])
            : new ProcessStartInfo(program, kept);
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private static string[] Pair(string[] options, string name) => Value(options, name) is { } value ? [name, value] : [];

    private static void Measure(Workload workload, string[] options)
    {
        if (Value(options, "--threads") is { } threads)
            ThreadTeam.ThreadCount = int.Parse(threads);
        Backend.Use(Enum.Parse<BlasProvider>(Value(options, "--blas") ?? "auto", ignoreCase: true));

        var (step, samples, spread) = WorkloadMeasurement.Run(workload);
        Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["peer"] = "functional",
            ["config"] = Backend.Current.Name,
            ["workload"] = workload.Name,
            ["samples_per_s"] = Math.Round(samples, 1),
            ["step_us"] = Math.Round(step, 2),
            ["peak_rss_mb"] = Math.Round(Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0, 1),
            ["threads"] = ThreadTeam.ThreadCount,
            ["spread"] = Math.Round(spread, 2),
        }));
    }
}
