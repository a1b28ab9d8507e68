using System.Diagnostics;
using Functional.Keras;
using Functional.Kernels.Parallelism;

namespace Functional.Benchmarks.Workloads;

/// <summary>
/// <c>overhead [--only W3,W5] [--threads N] [--blas auto|simd|mkl|mathnet]</c>: what a step costs besides training on rows that lie
/// in order: bringing shuffled rows together, and metrics. Each is the median of passes over the data that take turns.
/// </summary>
internal static class OverheadCommand
{
    private const int Turns = 9;
    private const int LeastSteps = 60;

    public static int Run(string[] options)
    {
        CommandLine.UseMachine(options);
        Console.WriteLine($"{ThreadTeam.ThreadCount} thread(s); microseconds a step");
        Console.WriteLine($"{"",-6} {"step",10} {"shuffled",10} {"",7} {"metrics",10} {"",7}");
        foreach (var workload in WorkloadTable.Chosen(options))
        {
            if (workload.Training is { } training)
                Print(workload, training);
        }

        return 0;
    }

    private static void Print(Workload workload, Training training)
    {
        var (x, y) = workload.Data();
        var (plain, judged) = (workload.CreateModel(), workload.Model());
        judged.Compile(
            training.Optimizer(), training.Loss, metrics: [training.Loss.EndsWith("crossentropy") ? "accuracy" : "mae"]);
        Func<double>[] passes =
        [
            () => Pass(plain, workload, x, y, shuffle: false),
            () => Pass(plain, workload, x, y, shuffle: true),
            () => Pass(judged, workload, x, y, shuffle: false),
        ];
        WorkloadMeasurement.WarmUp(() => Array.ForEach(passes, pass => pass()));
        var times = Array.ConvertAll(passes, _ => new List<double>());
        for (var turn = 0; turn < Turns; turn++)
        {
            for (var pass = 0; pass < passes.Length; pass++)
                times[pass].Add(passes[pass]());
        }

        var medians = Array.ConvertAll(times, list => list.Order().ElementAt(list.Count / 2));
        Console.WriteLine(
            $"{workload.Name,-6} {medians[0],10:F1} {medians[1],10:F1} {(medians[1] / medians[0]) - 1,7:+0.0%;-0.0%}"
            + $" {medians[2],10:F1} {(medians[2] / medians[0]) - 1,7:+0.0%;-0.0%}");
    }

    private static double Pass(Model model, Workload workload, Tensors x, Tensors y, bool shuffle)
    {
        var steps = ((x[0].Shape[0] ?? 0) + workload.BatchSize - 1) / workload.BatchSize;
        var epochs = (LeastSteps + steps - 1) / steps;
        var start = Stopwatch.GetTimestamp();
        model.Fit(x, y, batchSize: workload.BatchSize, epochs: epochs, verbose: 0, shuffle: shuffle);
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / (steps * epochs);
    }
}
