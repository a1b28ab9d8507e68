using System.Numerics;
using System.Numerics.Tensors;

namespace Functional.Kernels.Lookup;

/// <summary>
/// Sums slices into the places that indices name: <c>target[o, indices[j], i] += updates[o, j, i]</c> for arrays seen
/// as [outer, axis, inner]. Slices of one place are added in the order of j, so the sum is the same in every run.
/// </summary>
/// <typeparam name="T">The element type: float, double or int.</typeparam>
public sealed unsafe class ScatterAdd<T>
    where T : unmanaged, INumber<T>
{
    /// <summary>What <see cref="Run"/> returns when every index is in range.</summary>
    public const int NoFault = -1;

    private const int ElementsOfPart = 1 << 15;
    private const int MostParts = 8;

    private readonly int outer;
    private readonly int axis;
    private readonly int inner;
    private readonly int count;
    private readonly bool keepsTarget;
    private readonly int axisOfPart;

    /// <summary>Makes a scatter ready to run.</summary>
    /// <param name="outer">The product of the dimensions before the axis.</param>
    /// <param name="axis">The size of the axis in the target.</param>
    /// <param name="inner">The product of the dimensions after the axis.</param>
    /// <param name="count">The number of indices, the size of the axis in the updates.</param>
    /// <param name="keepsTarget">Whether what the target holds is added to; otherwise it starts at zero.</param>
    public ScatterAdd(int outer, int axis, int inner, int count, bool keepsTarget)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(outer);
        ArgumentOutOfRangeException.ThrowIfNegative(axis);
        ArgumentOutOfRangeException.ThrowIfNegative(inner);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        (this.outer, this.axis, this.inner, this.count, this.keepsTarget) = (outer, axis, inner, count, keepsTarget);
        var work = (double)outer * inner * ((long)axis + count);
        var wanted = (int)Math.Clamp(work / ElementsOfPart, 1, Math.Max(1, Math.Min(MostParts, axis)));
        axisOfPart = Math.Max(1, (axis + wanted - 1) / wanted);
        Parts = Math.Max(1, (axis + axisOfPart - 1) / axisOfPart);
    }

    /// <summary>The number of independent parts, each a range of the axis; it depends on sizes only.</summary>
    public int Parts { get; }

    /// <summary>Sums the slices of one part. A slice whose index is out of range is left out.</summary>
    /// <param name="part">The number of the part, from 0.</param>
    /// <param name="updates">The slices, outer * count * inner elements.</param>
    /// <param name="indices">The indices, count of them.</param>
    /// <param name="target">The target, outer * axis * inner elements; it must not overlap the updates.</param>
    /// <returns>The place in <paramref name="indices"/> of the first index that is below 0 or not below the size of the
    /// axis, or <see cref="NoFault"/>; every part finds the same.</returns>
    public int Run(int part, T* updates, int* indices, T* target)
    {
        var first = part * axisOfPart;
        var extent = Math.Min(axisOfPart, axis - first);
        var fault = NoFault;
        for (long block = 0; block < outer; block++)
        {
            var ofBlock = target + (((block * axis) + first) * inner);
            if (!keepsTarget)
                new Span<T>(ofBlock, checked(extent * inner)).Clear();
            for (long place = 0; place < count; place++)
            {
                var index = indices[place];
                if ((uint)index >= (uint)axis)
                {
                    if (fault == NoFault)
                        fault = (int)place;
                }
                else if ((uint)(index - first) < (uint)extent)
                {
                    Add(updates + (((block * count) + place) * inner), ofBlock + ((long)(index - first) * inner));
                }
            }
        }

        return fault;
    }

    private void Add(T* update, T* sum)
    {
        if (inner == 1)
            *sum += *update;
        else
            TensorPrimitives.Add(
                new ReadOnlySpan<T>(sum, inner), new ReadOnlySpan<T>(update, inner), new Span<T>(sum, inner));
    }
}
