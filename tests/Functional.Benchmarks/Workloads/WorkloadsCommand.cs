using System.Diagnostics;
using System.Text.Json;
using Functional.Benchmarks.Startup;
using Functional.Kernels.Blas;
using Functional.Kernels.Parallelism;

namespace Functional.Benchmarks.Workloads;

/// <summary>
/// <c>workloads [--only W1,W3] [--threads N] [--blas auto|simd|mkl|mathnet] [--baseline FILE]</c>: one JSON line a workload.
/// With a file of earlier lines each new line says how many times as fast it is as the fastest earlier one.
/// </summary>
internal static class WorkloadsCommand
{
    private const string InProcess = "--in-process";
    private const string Baseline = "--baseline";

    public static int Run(string[] options)
    {
        if (Value(options, Baseline) is { } file && !File.Exists(file))
        {
            Console.Error.WriteLine($"There is no file '{file}' to compare with. A run without {Baseline} prints its lines.");
            return 2;
        }

        var only = Value(options, "--only")?.Split(',');
        var chosen = WorkloadTable.All
            .Where(workload => only is null || only.Contains(workload.Name) || only.Contains(workload.Name.TrimEnd('a', 'b')));
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
        string[] kept = ["workloads", .. Pair(options, "--threads"), .. Pair(options, "--blas"), .. Pair(options, Baseline), "--only", workload.Name, InProcess];
        using var process = Process.Start(OwnProcess.With(kept))!;
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
        var line = new Dictionary<string, object>
        {
            ["peer"] = "functional",
            ["config"] = Backend.Current.Name,
            ["workload"] = workload.Name,
            ["samples_per_s"] = Math.Round(samples, 1),
            ["step_us"] = Math.Round(step, 2),
            ["peak_rss_mb"] = Math.Round(Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0, 1),
            ["threads"] = ThreadTeam.ThreadCount,
            ["spread"] = Math.Round(spread, 2),
        };
        if (Value(options, Baseline) is { } file && BaselineFile.SamplesPerSecond(file, workload.Name, ThreadTeam.ThreadCount) is { } earlier)
            line["ratio_to_baseline"] = Math.Round(samples / earlier, 3);
        Console.WriteLine(JsonSerializer.Serialize(line));
    }
}
