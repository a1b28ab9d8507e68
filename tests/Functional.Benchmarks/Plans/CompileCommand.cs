using System.Diagnostics;
using System.Globalization;
using Functional.Benchmarks.Models;
using Functional.Benchmarks.Workloads;
using Functional.Kernels.Parallelism;

namespace Functional.Benchmarks.Plans;

/// <summary>
/// <c>compile [--only chain,resnet18]</c>: what the first training step of large models costs, in processor time and garbage; the
/// least of several models in one process, so that the code that compiles them has its final form. For chains of layers
/// also the exponents with which both grow with the number of layers.
/// </summary>
internal static class CompileCommand
{
    private const int Turns = 5;
    private static readonly int[] ChainLengths = [100, 200, 400, 800];

    public static int Run(string[] options)
    {
        ThreadTeam.ThreadCount = 1;
        var only = CommandLine.Value(options, CommandLine.Only)?.Split(',');
        bool IsChosen(Workload workload) => only is null || only.Any(workload.Name.StartsWith);

        Console.WriteLine($"{"",-12} {"CPU ms",10} {"garbage MB",11}");
        var chains = Array.ConvertAll(ChainLengths, LargeModels.Perceptron).Where(IsChosen).Select(Measure).ToArray();
        foreach (var workload in new[] { LargeModels.ResNet18(), LargeModels.Encoder(blocks: 12) }.Where(IsChosen))
            Measure(workload);
        foreach (var (shorter, longer) in chains.Zip(chains.Skip(1)))
        {
            var layers = longer.Layers / shorter.Layers;
            Console.WriteLine(
                $"exponents to {longer.Layers} layers: {Text(Math.Log(longer.Milliseconds / shorter.Milliseconds, layers), "F2")}"
                + $" in time, {Text(Math.Log(longer.Megabytes / shorter.Megabytes, layers), "F2")} in garbage");
        }

        return 0;
    }

    private static (double Layers, double Milliseconds, double Megabytes) Measure(Workload workload)
    {
        var (x, y) = workload.Data();
        var layers = 0;
        var (milliseconds, megabytes) = (double.PositiveInfinity, double.PositiveInfinity);
        for (var turn = 0; turn < Turns; turn++)
        {
            var model = workload.CreateModel();
            layers = model.Layers.Count - 1;
            GC.Collect();
            var time = Process.GetCurrentProcess().TotalProcessorTime;
            var bytes = GC.GetTotalAllocatedBytes(precise: true);
            model.TrainOnBatch(x, y);
            megabytes = Math.Min(megabytes, (GC.GetTotalAllocatedBytes(precise: true) - bytes) / 1e6);
            milliseconds = Math.Min(milliseconds, (Process.GetCurrentProcess().TotalProcessorTime - time).TotalMilliseconds);
        }

        Console.WriteLine($"{workload.Name,-12} {Text(milliseconds, "F0"),10} {Text(megabytes, "F1"),11}");
        return (layers, milliseconds, megabytes);
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
