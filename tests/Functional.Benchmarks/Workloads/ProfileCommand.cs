using Functional.Keras;
using Functional.Kernels.Blas;
using Functional.Kernels.Parallelism;

namespace Functional.Benchmarks.Workloads;

/// <summary>
/// <c>profile [--only W3,W5] [--threads N] [--blas auto|simd|mkl|mathnet] [--plan]</c>: where the time of a training step or a
/// prediction goes, kernel by kernel; with the printed plan if it is asked for.
/// </summary>
internal static class ProfileCommand
{
    // About the work of a measured repeat, so that code has its final form when the clock runs.
    private const double MicrosecondsOfProfile = 2e6;

    public static int Run(string[] options)
    {
        CommandLine.UseMachine(options);
        foreach (var workload in WorkloadTable.Chosen(options))
        {
            var model = workload.CreateModel();
            var (x, y) = workload.Data();
            StepProfile Measure(int runs) => workload.Training is null
                ? model.ProfilePredict(x, workload.BatchSize, runs)
                : model.Profile(x, y, workload.BatchSize, runs);

            var step = Measure(10).Microseconds;
            var profile = Measure((int)Math.Clamp(MicrosecondsOfProfile / step, 5, 20_000));
            Console.WriteLine($"{workload.Name} with {ThreadTeam.ThreadCount} threads on {MatrixProducts.Current.Name}");
            Console.WriteLine(profile);
            if (options.Contains("--plan"))
                Console.WriteLine(profile.Plan);
        }

        return 0;
    }
}
