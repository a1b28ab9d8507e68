using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Functional.Benchmarks.Startup;
using Functional.Kernels.Blas;
using Functional.Kernels.Parallelism;

namespace Functional.Benchmarks.Workloads;

/// <summary>
/// <c>workloads [--only W1,W3] [--threads N] [--blas auto|simd|mkl|mathnet] [--baseline FILE]</c>: one JSON line a workload.
/// Memory is in megabytes: the peak of the process, that of the library alone, and what the workload adds, data included.
/// With a file of earlier lines each new line says how many times as fast it is as the fastest earlier one.
/// </summary>
internal static class WorkloadsCommand
{
    private const string InProcess = "--in-process";
    private const string Baseline = "--baseline";
    private const string LibraryAlone = "--library-alone";

    public static int Run(string[] options)
    {
        if (options is [LibraryAlone])
        {
            Console.WriteLine(PeakMemory.OfLibraryAlone().ToString(CultureInfo.InvariantCulture));
            return 0;
        }

        if (CommandLine.Value(options, Baseline) is { } file && !File.Exists(file))
        {
            Console.Error.WriteLine($"There is no file '{file}' to compare with. A run without {Baseline} prints its lines.");
            return 2;
        }

        // Another process tells what the library takes: a model trained before a workload would change its speed.
        if (!options.Contains(InProcess))
            options = [.. options, LibraryAlone, OwnProcess.Output(["workloads", LibraryAlone]).Trim()];
        foreach (var workload in WorkloadTable.Chosen(options))
        {
            if (options.Contains(InProcess))
                Measure(workload, options);
            else if (RunAlone(workload, options) is var code and not 0)
                return code;
        }

        return 0;
    }

    // Every workload has a process of its own, so that its peak memory is its own.
    private static int RunAlone(Workload workload, string[] options)
    {
        string[] kept =
        [
            "workloads",
            .. CommandLine.Pair(options, CommandLine.Threads), .. CommandLine.Pair(options, CommandLine.Blas),
            .. CommandLine.Pair(options, Baseline), .. CommandLine.Pair(options, LibraryAlone), CommandLine.Only, workload.Name, InProcess,
        ];
        using var process = Process.Start(OwnProcess.With(kept))!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private static void Measure(Workload workload, string[] options)
    {
        CommandLine.UseMachine(options);
        var result = WorkloadMeasurement.Run(workload);
        var peak = PeakMemory.Megabytes;
        var line = new Dictionary<string, object>
        {
            ["peer"] = "functional",
            ["config"] = MatrixProducts.Current.Name,
            ["workload"] = workload.Name,
            ["samples_per_s"] = Math.Round(result.SamplesPerSecond, 1),
            ["best_samples_per_s"] = Math.Round(result.BestSamplesPerSecond, 1),
            ["step_us"] = Math.Round(result.StepMicroseconds, 2),
            ["peak_rss_mb"] = Math.Round(peak, 1),
            ["threads"] = ThreadTeam.ThreadCount,
            ["spread"] = Math.Round(result.Spread, 2),
        };
        if (CommandLine.Value(options, LibraryAlone) is { } alone)
        {
            var baseline = double.Parse(alone, CultureInfo.InvariantCulture);
            line["baseline_rss_mb"] = Math.Round(baseline, 1);
            line["memory"] = Math.Round(peak - baseline, 1);
        }

        if (CommandLine.Value(options, Baseline) is { } file && BaselineFile.SamplesPerSecond(file, workload.Name, ThreadTeam.ThreadCount) is { } earlier)
            line["ratio_to_baseline"] = Math.Round(result.SamplesPerSecond / earlier, 3);
        Console.WriteLine(JsonSerializer.Serialize(line));
    }
}
