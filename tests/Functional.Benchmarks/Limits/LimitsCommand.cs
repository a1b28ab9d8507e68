using Functional.Kernels.Parallelism;

namespace Functional.Benchmarks.Limits;

/// <summary>Prints what the machine can do: multiply-adds in registers and bytes from memory.</summary>
internal static class LimitsCommand
{
    public static int Run()
    {
        var all = ThreadTeam.ThreadCount;
        foreach (var threads in new[] { 1, all }.Distinct())
        {
            Print("float", threads, MultiplyAddPeak.Measure512<float>(threads), MultiplyAddPeak.Measure256<float>(threads), MultiplyAddPeak.Measure128<float>(threads));
            Print("double", threads, MultiplyAddPeak.Measure512<double>(threads), MultiplyAddPeak.Measure256<double>(threads), MultiplyAddPeak.Measure128<double>(threads));
        }

        foreach (var threads in new[] { 1, all }.Distinct())
        {
            ThreadTeam.ThreadCount = threads;
            Console.WriteLine(
                $"memory, {threads} thread(s): {MemoryBandwidth.MeasureReading():F1} GB/s read, {MemoryBandwidth.MeasureCopying():F1} GB/s copied");
        }

        return 0;
    }

    private static void Print(string type, int threads, double bits512, double bits256, double bits128) => Console.WriteLine(
        $"multiply-add, {type}, {threads} thread(s), Gflop/s: {bits512:F1} (512 bits) {bits256:F1} (256 bits) {bits128:F1} (128 bits)");
}
