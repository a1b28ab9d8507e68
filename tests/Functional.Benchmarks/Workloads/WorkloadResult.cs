namespace Functional.Benchmarks.Workloads;

/// <summary>What repeats of a workload took.</summary>
/// <param name="SamplesPerSecond">Of the median repeat.</param>
/// <param name="BestSamplesPerSecond">Of the fastest repeat.</param>
/// <param name="StepMicroseconds">The time of a step in the median repeat.</param>
/// <param name="Spread">The slowest repeat's time over the fastest one's.</param>
internal readonly record struct WorkloadResult(
    double SamplesPerSecond, double BestSamplesPerSecond, double StepMicroseconds, double Spread);
