using System.Globalization;
using System.Text.Json;
using Functional.Benchmarks.Workloads;

namespace Functional.Benchmarks.Startup;

/// <summary>
/// <c>startup [--only W3,W10]</c>: the way of a workload from its first line to the end of its first step, in milliseconds;
/// the median of three fresh processes. All but the data counts: that would be read from somewhere.
/// </summary>
internal static class StartupCommand
{
    private const int Processes = 3;
    private const string InProcess = "--in-process";

    public static int Run(string[] options)
    {
        var chosen = WorkloadTable.Chosen(options).ToArray();

        if (options.Contains(InProcess))
        {
            Console.WriteLine(JsonSerializer.Serialize(FirstStep.Measure(chosen[0])));
            return 0;
        }

        Console.WriteLine($"{"",-5}{string.Concat(FirstStep.Columns.Select(column => $"{column,12}"))}");
        foreach (var workload in chosen)
        {
            var runs = Enumerable.Range(0, Processes).Select(_ => Alone(workload)).ToArray();
            var cells = FirstStep.Columns.Select(column => Median([.. runs.Select(run => run[column])]));
            Console.WriteLine($"{workload.Name,-5}{string.Concat(cells.Select(Cell))}");
        }

        return 0;
    }

    private static string Cell(double value) => value.ToString("F0", CultureInfo.InvariantCulture).PadLeft(12);

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }

    private static Dictionary<string, double> Alone(Workload workload) =>
        JsonSerializer.Deserialize<Dictionary<string, double>>(
            OwnProcess.Output(["startup", CommandLine.Only, workload.Name, InProcess]))!;
}
