using System.Numerics;
using Functional.Kernels.Loops;
using Functional.Kernels.Memory;
using Functional.Kernels.Parallelism;

namespace Functional.Kernels.Reductions;

/// <summary>An array that is the sum of what parts contribute, added as doubles in the order of the parts.</summary>
/// <remarks>Memory for the parts is that of the run: an instance keeps none.</remarks>
/// <typeparam name="T">float or double.</typeparam>
internal sealed unsafe class PartialSums<T> : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double MultiplicationsOfPart = 1_000_000;
    private const int MostParts = 32;
    private const long LimitInBytes = 1 << 25;
    private const int ElementsOfAddition = 1 << 13;
    private const int ElementsAtOnce = 256;

    private readonly int _parts;
    private readonly int _size;
    private readonly Partition _additions;
    private T* _others;
    private T* _result;

    /// <summary>Plans how sums are added; those of the first part are the result.</summary>
    /// <param name="parts">How many parts there are.</param>
    /// <param name="size">Elements of the array.</param>
    public PartialSums(int parts, long size)
    {
        _parts = parts;
        _size = checked((int)size);
        _additions = Partition.BySize(size, ElementsOfAddition, block: 16);
    }

    /// <summary>How many parts are worth their sums; it depends on sizes only.</summary>
    /// <param name="size">Elements of the array.</param>
    /// <param name="multiplications">The work in all.</param>
    public static int PartsFor(long size, double multiplications)
    {
        var affordable = Math.Clamp(LimitInBytes / (size * sizeof(T)), 1, MostParts);
        // Adding sums costs memory traffic, a few multiplications per element.
        return (int)Math.Clamp(multiplications / Math.Max(MultiplicationsOfPart, 32.0 * size), 1, affordable);
    }

    /// <summary>How many parts are worth a thread's while.</summary>
    /// <param name="multiplications">The work in all.</param>
    public static int PartsOf(double multiplications) => (int)Math.Clamp(multiplications / MultiplicationsOfPart, 1, MostParts);

    /// <summary>Where a part adds to, zeros at first.</summary>
    /// <param name="part">The part.</param>
    public T* OfPart(int part)
    {
        var sums = WithoutClearing(part);
        new Span<T>(sums, _size).Clear();
        return sums;
    }

    /// <summary>Where a part adds to, holding anything: several that share one clear what is theirs.</summary>
    /// <param name="part">The part.</param>
    public T* WithoutClearing(int part) => part == 0 ? _result : _others + ((part - 1L) * _size);

    /// <summary>Runs all parts and adds up what they have put into their sums.</summary>
    /// <param name="work">The parts.</param>
    /// <param name="result">Receives the array.</param>
    public void Collect(IPartitionedWork work, T* result) => Collect(work, _parts, result);

    /// <summary>Runs work of which several parts may share their sums, and adds the sums up.</summary>
    /// <param name="work">The work.</param>
    /// <param name="workParts">How many parts it has.</param>
    /// <param name="result">Receives the array.</param>
    public void Collect(IPartitionedWork work, int workParts, T* result) =>
        Collect(work, workParts, result, Workspace.OfRun.Take<T>((_parts - 1) * (nint)_size));

    /// <summary>Runs all parts and adds up what they have put into their sums.</summary>
    /// <param name="work">The parts.</param>
    /// <returns>The array, in memory of the run.</returns>
    public T* Collect(IPartitionedWork work)
    {
        var sums = Workspace.OfRun.Take<T>(_parts * (nint)_size);
        Collect(work, _parts, sums, sums + _size);
        return sums;
    }

    /// <inheritdoc/>
    public void Run(int part)
    {
        var sums = stackalloc double[ElementsAtOnce];
        for (var start = _additions.Start(part); start < _additions.End(part); start += ElementsAtOnce)
        {
            var count = Math.Min(ElementsAtOnce, _additions.End(part) - start);
            new Span<double>(sums, ElementsAtOnce).Clear();
            for (var place = 0; place < _parts; place++)
                WideSums<T>.Add(WithoutClearing(place) + start, sums, count);
            WideSums<T>.Round(sums, _result + start, 1, count);
        }
    }

    private void Collect(IPartitionedWork work, int workParts, T* result, T* others)
    {
        _result = result;
        _others = others;
        ThreadTeam.Run(workParts, work);
        if (_parts > 1)
            ThreadTeam.Run(_additions.Parts, this);
    }
}
