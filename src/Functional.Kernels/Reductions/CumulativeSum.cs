using System.Numerics;
using System.Numerics.Tensors;

namespace Functional.Kernels.Reductions;

/// <summary>
/// Sums along an axis of an array seen as [outer, axis, inner]: up to each place, or from it on, with the place itself or
/// without. They are added up in the order of the axis (its opposite when reversed), so results depend on nothing else.
/// </summary>
/// <typeparam name="T">The element type: float, double or int.</typeparam>
public sealed unsafe class CumulativeSum<T>
    where T : unmanaged, INumber<T>
{
    private const int ElementsOfPart = 1 << 16;
    private const int MostParts = 64;

    private readonly int outer;
    private readonly int axis;
    private readonly int inner;
    private readonly bool reverse;
    private readonly bool exclusive;
    private readonly int outerOfPart;

    /// <summary>Makes a cumulative sum ready to run.</summary>
    /// <param name="outer">The product of the dimensions before the axis.</param>
    /// <param name="axis">The size of the axis.</param>
    /// <param name="inner">The product of the dimensions after the axis.</param>
    /// <param name="reverse">Whether sums begin at the end of the axis.</param>
    /// <param name="exclusive">Whether a sum leaves out its own place.</param>
    public CumulativeSum(int outer, int axis, int inner, bool reverse, bool exclusive)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(outer);
        ArgumentOutOfRangeException.ThrowIfNegative(axis);
        ArgumentOutOfRangeException.ThrowIfNegative(inner);
        (this.outer, this.axis, this.inner) = (outer, axis, inner);
        (this.reverse, this.exclusive) = (reverse, exclusive);
        var wanted = (int)Math.Clamp(
            (double)outer * axis * inner / ElementsOfPart, 1, Math.Max(1, Math.Min(MostParts, outer)));
        outerOfPart = Math.Max(1, (outer + wanted - 1) / wanted);
        Parts = Math.Max(1, (outer + outerOfPart - 1) / outerOfPart);
    }

    /// <summary>The number of independent parts; it depends on sizes only.</summary>
    public int Parts { get; }

    /// <summary>Adds up one part.</summary>
    /// <param name="part">The number of the part, from 0.</param>
    /// <param name="source">The array, outer * axis * inner elements.</param>
    /// <param name="result">Receives as many sums; other memory than the source.</param>
    public void Run(int part, T* source, T* result)
    {
        var last = Math.Min(outer, (part + 1) * outerOfPart);
        for (long block = part * outerOfPart; block < last; block++)
        {
            var start = block * axis * inner;
            if (inner == 1)
                Along(source + start, result + start);
            else
                Across(source + start, result + start);
        }
    }

    private void Along(T* values, T* sums)
    {
        var sum = T.Zero;
        for (var step = 0; step < axis; step++)
        {
            var place = reverse ? axis - 1 - step : step;
            var next = sum + values[place];
            sums[place] = exclusive ? sum : next;
            sum = next;
        }
    }

    /// <summary>Row by row: each row of sums is the row before it and a row of the source.</summary>
    private void Across(T* values, T* sums)
    {
        for (var step = 0; step < axis; step++)
        {
            var place = (long)(reverse ? axis - 1 - step : step) * inner;
            var before = reverse ? place + inner : place - inner;
            var row = new Span<T>(sums + place, inner);
            if (step == 0 && exclusive)
                row.Clear();
            else if (step == 0)
                new ReadOnlySpan<T>(values + place, inner).CopyTo(row);
            else
                TensorPrimitives.Add(
                    new ReadOnlySpan<T>(sums + before, inner),
                    new ReadOnlySpan<T>(values + (exclusive ? before : place), inner),
                    row);
        }
    }
}
