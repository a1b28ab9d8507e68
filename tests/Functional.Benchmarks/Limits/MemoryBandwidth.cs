using System.Numerics.Tensors;
using Functional.Kernels.Memory;
using Functional.Kernels.Parallelism;

namespace Functional.Benchmarks.Limits;

/// <summary>How fast memory beyond the caches is read and copied.</summary>
internal static class MemoryBandwidth
{
    private const int Elements = 64 << 20;
    private const int Parts = 64;

    /// <summary>Reading in GB/s with the team's current number of threads.</summary>
    public static double MeasureReading()
    {
        using var memory = new AlignedMemory((long)Elements * sizeof(float), zeroed: true);
        var work = new Reading(memory);
        return Stopwatches.Best(() => ThreadTeam.Run(Parts, work)) * Elements * sizeof(float) / 1e9;
    }

    /// <summary>Copying in GB/s, bytes read and bytes written both counted, with the team's current number of threads.</summary>
    public static double MeasureCopying()
    {
        using var memory = new AlignedMemory((long)Elements * sizeof(float), zeroed: true);
        var work = new Copying(memory);
        return Stopwatches.Best(() => ThreadTeam.Run(Parts, work)) * Elements * sizeof(float) / 1e9;
    }

    private sealed class Reading(AlignedMemory memory) : IPartitionedWork
    {
        private readonly float[] _sums = new float[Parts];

        public void Run(int part) => _sums[part] = TensorPrimitives.Sum<float>(
            memory.AsSpan<float>((long)part * (Elements / Parts) * sizeof(float), Elements / Parts));
    }

    private sealed class Copying(AlignedMemory memory) : IPartitionedWork
    {
        public void Run(int part)
        {
            const int length = Elements / 2 / Parts;
            var source = memory.AsSpan<float>((long)part * length * sizeof(float), length);
            source.CopyTo(memory.AsSpan<float>((long)(part + Parts) * length * sizeof(float), length));
        }
    }
}
