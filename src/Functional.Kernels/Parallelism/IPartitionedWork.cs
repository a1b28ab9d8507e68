namespace Functional.Kernels.Parallelism;

/// <summary>Work that is cut in numbered parts, each of which may run on any thread and at any time.</summary>
/// <remarks>
/// Parts write disjoint memory and none waits for another. Where one part ends and the next begins follows from sizes
/// alone, so that results do not depend on the number of threads.
/// </remarks>
public interface IPartitionedWork
{
    /// <summary>Carries out one part.</summary>
    /// <param name="part">The number of the part, from 0 to one less than the count given to the team.</param>
    void Run(int part);
}
