using Functional.Benchmarks.Models;
using Functional.Benchmarks.Workloads;
using Functional.Kernels.Parallelism;

namespace Functional.Benchmarks.Plans;

/// <summary>
/// <c>plans DIRECTORY</c>: the plans of all workloads and large models as text files, one for a training step and one for
/// a prediction of each. <c>.ci/plans</c> compares those of two commits: a change that is only about the compiler's own
/// form leaves them as they were.
/// </summary>
internal static class PlansCommand
{
    public static int Run(string directory)
    {
        // Only what a plan says counts here, not how fast it runs.
        ThreadTeam.ThreadCount = 1;
        Directory.CreateDirectory(directory);
        foreach (var workload in WorkloadTable.All.Concat(LargeModels.All))
        {
            var (x, y) = workload.Data();
            var model = workload.CreateModel();
            Write(workload.Name, "predict", model.ProfilePredict(x, workload.BatchSize, 1).Plan);
            if (workload.Training is not null)
                Write(workload.Name, "train", model.Profile(x, y, workload.BatchSize, 1).Plan);
        }

        return 0;

        void Write(string name, string kind, string plan) =>
            File.WriteAllText(Path.Combine(directory, $"{name}.{kind}.txt"), plan);
    }
}
