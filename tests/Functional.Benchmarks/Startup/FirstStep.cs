using System.Diagnostics;
using System.Runtime;
using Functional.Benchmarks.Workloads;
using Functional.Keras;

namespace Functional.Benchmarks.Startup;

/// <summary>Times the first step of a workload, cold: it is the first thing that this process does.</summary>
internal static class FirstStep
{
    /// <summary>
    /// What is measured. Milliseconds from the process's start to the program's first line ("runtime"); of making the
    /// model, of compiling it, of the first step, of the second; their sum without the second ("total"); what of it the
    /// JIT compiler took, and how many methods it compiled; and all from the process's start without the data ("process").
    /// </summary>
    public static string[] Columns { get; } =
        ["runtime", "model", "compile", "first step", "total", "jit", "methods", "second step", "process"];

    public static Dictionary<string, double> Measure(Workload workload)
    {
        var runtime = (DateTime.Now - Process.GetCurrentProcess().StartTime).TotalMilliseconds;
        var phases = new Dictionary<string, double>();
        var methods = 0L;
        var jit = TimeSpan.Zero;
        void Time(string phase, Action run)
        {
            methods -= JitInfo.GetCompiledMethodCount();
            jit -= JitInfo.GetCompilationTime();
            var start = Stopwatch.GetTimestamp();
            run();
            phases[phase] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            methods += JitInfo.GetCompiledMethodCount();
            jit += JitInfo.GetCompilationTime();
        }

        Model? model = null;
        Time("model", () => model = workload.Model());
        Time("compile", () => workload.Training?.Compile(model!));
        var (x, y) = workload.Data();
        (x, y) = (Rows(x, workload.BatchSize), Rows(y, workload.BatchSize));
        Time("first step", () => Step(workload, model!, x, y));
        phases["jit"] = jit.TotalMilliseconds;
        phases["methods"] = methods;
        Time("second step", () => Step(workload, model!, x, y));

        phases["runtime"] = runtime;
        phases["total"] = phases["model"] + phases["compile"] + phases["first step"];
        phases["process"] = runtime + phases["total"];
        return phases;
    }

    private static void Step(Workload workload, Model model, Tensors x, Tensors y)
    {
        if (workload.Training is null)
            model.PredictOnBatch(x);
        else
            model.TrainOnBatch(x, y);
    }

    private static Tensors Rows(Tensors tensors, int count) => Tensors.Create([.. tensors.Select(tensor => tensor[..count])]);
}
