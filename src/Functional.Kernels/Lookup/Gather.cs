using System.Runtime.CompilerServices;

namespace Functional.Kernels.Lookup;

/// <summary>
/// Picks slices along an axis: <c>target[o, j, i] = source[o, indices[j], i]</c> for arrays seen as [outer, axis,
/// inner].
/// </summary>
public sealed unsafe class Gather
{
    /// <summary>What <see cref="Run"/> returns when every index is in range.</summary>
    public const int NoFault = -1;

    private const int BytesOfPart = 1 << 18;
    private const int MostParts = 64;

    private readonly int axis;
    private readonly int count;
    private readonly long bytesOfSlice;
    private readonly long slices;
    private readonly long slicesOfPart;

    private Gather(int outer, int axis, int inner, int count, int bytesOfElement)
    {
        this.axis = axis;
        this.count = count;
        bytesOfSlice = (long)inner * bytesOfElement;
        slices = (long)outer * count;
        var wanted = (long)Math.Clamp(
            (double)slices * bytesOfSlice / BytesOfPart, 1, Math.Max(1, Math.Min(MostParts, slices)));
        slicesOfPart = Math.Max(1, (slices + wanted - 1) / wanted);
        Parts = (int)Math.Max(1, (slices + slicesOfPart - 1) / slicesOfPart);
    }

    /// <summary>The number of independent parts; it depends on sizes only.</summary>
    public int Parts { get; }

    /// <summary>Makes a gather ready to run.</summary>
    /// <param name="outer">The product of the dimensions before the axis.</param>
    /// <param name="axis">The size of the axis in the source.</param>
    /// <param name="inner">The product of the dimensions after the axis.</param>
    /// <param name="count">The number of indices, the size of the axis in the target.</param>
    /// <param name="bytesOfElement">The size of an element.</param>
    /// <returns>The gather.</returns>
    public static Gather Prepare(int outer, int axis, int inner, int count, int bytesOfElement)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(outer);
        ArgumentOutOfRangeException.ThrowIfNegative(axis);
        ArgumentOutOfRangeException.ThrowIfNegative(inner);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytesOfElement);
        return new Gather(outer, axis, inner, count, bytesOfElement);
    }

    /// <summary>Gathers one part. A slice whose index is out of range becomes zeros.</summary>
    /// <param name="part">The number of the part, from 0.</param>
    /// <param name="source">The source, outer * axis * inner elements.</param>
    /// <param name="indices">The indices, count of them.</param>
    /// <param name="target">The target, outer * count * inner elements; it must not overlap the source.</param>
    /// <returns>The place in <paramref name="indices"/> of the first index of this part that is below 0 or not below
    /// the size of the axis, or <see cref="NoFault"/>. The fault of a whole run is the smallest of its parts.</returns>
    public int Run(int part, void* source, int* indices, void* target)
    {
        var fault = NoFault;
        var last = Math.Min(slices, (part + 1) * slicesOfPart);
        for (var slice = part * slicesOfPart; slice < last; slice++)
        {
            var (outer, place) = Math.DivRem(slice, count);
            var index = indices[place];
            var to = (byte*)target + (slice * bytesOfSlice);
            if ((uint)index < (uint)axis)
                Buffer.MemoryCopy(
                    (byte*)source + (((outer * axis) + index) * bytesOfSlice), to, bytesOfSlice, bytesOfSlice);
            else
            {
                Unsafe.InitBlockUnaligned(to, 0, checked((uint)bytesOfSlice));
                fault = fault == NoFault ? (int)place : Math.Min(fault, (int)place);
            }
        }

        return fault;
    }
}
