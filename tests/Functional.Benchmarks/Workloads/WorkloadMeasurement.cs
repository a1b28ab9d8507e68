using System.Diagnostics;
using Functional.Keras;

namespace Functional.Benchmarks.Workloads;

/// <summary>Times one workload: a warm-up of a second and a half or of one pass over the data, then three repeats, of which the median counts.</summary>
internal static class WorkloadMeasurement
{
    private const int Repeats = 3;

    // What is measured is the steady state: the runtime compiles hot methods again in the first second or so, and the
    // repeats of the short workloads take some hundredths. A peer's code has its final form from the start.
    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(1.5);

    /// <summary>Times a workload.</summary>
    public static WorkloadResult Run(Workload workload)
    {
        var model = workload.CreateModel();
        var (x, y) = workload.Data();
        return workload.Training is null ? Predict(workload, model, x) : Train(workload, model, x, y);
    }

    private static WorkloadResult Train(Workload workload, Model model, Tensors x, Tensors y)
    {
        var rows = x[0].Shape[0] ?? 0;
        var stepsPerEpoch = (rows + workload.BatchSize - 1) / workload.BatchSize;
        void Fit(int epochs) => model.Fit(x, y, batchSize: workload.BatchSize, epochs: epochs, verbose: 0, shuffle: false);

        WarmUp(() => Fit(1));
        var times = new double[Repeats];
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var start = Stopwatch.GetTimestamp();
            Fit(workload.Epochs);
            times[repeat] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return Median(times, workload.Epochs * stepsPerEpoch, (double)rows / stepsPerEpoch);
    }

    private static WorkloadResult Predict(Workload workload, Model model, Tensors x)
    {
        var isLatency = workload.BatchSize == 1;
        WarmUp(() => model.PredictOnBatch(x));

        if (isLatency)
        {
            var calls = new double[workload.Epochs];
            for (var call = 0; call < calls.Length; call++)
                calls[call] = Seconds(model, x, calls: 1);
            return Median(calls, callsPerTime: 1, workload.BatchSize);
        }

        var times = new double[Repeats];
        for (var repeat = 0; repeat < Repeats; repeat++)
            times[repeat] = Seconds(model, x, workload.Epochs);
        return Median(times, workload.Epochs, workload.BatchSize);
    }

    /// <summary>Runs something until code has its final form.</summary>
    public static void WarmUp(Action pass)
    {
        var start = Stopwatch.GetTimestamp();
        do
            pass();
        while (Stopwatch.GetElapsedTime(start) < _warmUp);
    }

    private static double Seconds(Model model, Tensors x, int calls)
    {
        var start = Stopwatch.GetTimestamp();
        for (var call = 0; call < calls; call++)
            model.PredictOnBatch(x);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static WorkloadResult Median(double[] times, int callsPerTime, double rows)
    {
        Array.Sort(times);
        var rowsPerTime = callsPerTime * rows;
        return new WorkloadResult(
            rowsPerTime / times[times.Length / 2],
            rowsPerTime / times[0],
            times[times.Length / 2] / callsPerTime * 1e6,
            times[^1] / times[0]);
    }
}
