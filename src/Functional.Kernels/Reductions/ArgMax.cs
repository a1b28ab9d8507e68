using System.Numerics;
using System.Numerics.Tensors;

namespace Functional.Kernels.Reductions;

/// <summary>
/// The position of the greatest element along an axis of an array seen as [outer, axis, inner]. The first of equals
/// wins, and NaN counts as greatest, as in NumPy.
/// </summary>
/// <typeparam name="T">The element type: float, double or int.</typeparam>
public sealed unsafe class ArgMax<T>
    where T : unmanaged, INumber<T>
{
    private const int ElementsOfPart = 1 << 16;
    private const int MostParts = 64;

    private readonly int outer;
    private readonly int axis;
    private readonly int inner;
    private readonly int outerOfPart;

    /// <summary>Makes an argmax ready to run.</summary>
    /// <param name="outer">The product of the dimensions before the axis.</param>
    /// <param name="axis">The size of the axis, at least 1.</param>
    /// <param name="inner">The product of the dimensions after the axis.</param>
    public ArgMax(int outer, int axis, int inner)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(outer);
        ArgumentOutOfRangeException.ThrowIfLessThan(axis, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(inner);
        (this.outer, this.axis, this.inner) = (outer, axis, inner);
        var wanted = (int)Math.Clamp(
            (double)outer * axis * inner / ElementsOfPart, 1, Math.Max(1, Math.Min(MostParts, outer)));
        outerOfPart = Math.Max(1, (outer + wanted - 1) / wanted);
        Parts = Math.Max(1, (outer + outerOfPart - 1) / outerOfPart);
    }

    /// <summary>The number of independent parts; it depends on sizes only.</summary>
    public int Parts { get; }

    /// <summary>Finds the positions of one part.</summary>
    /// <param name="part">The number of the part, from 0.</param>
    /// <param name="source">The array, outer * axis * inner elements.</param>
    /// <param name="result">Receives outer * inner positions.</param>
    public void Run(int part, T* source, int* result)
    {
        var last = Math.Min(outer, (part + 1) * outerOfPart);
        for (long block = part * outerOfPart; block < last; block++)
        {
            var values = source + (block * axis * inner);
            if (inner == 1)
                result[block] = Along(values);
            else
                Across(values, result + (block * inner));
        }
    }

    private int Along(T* values)
    {
        var greatest = TensorPrimitives.Max(new ReadOnlySpan<T>(values, axis));
        var position = 0;
        while (!(values[position] == greatest || T.IsNaN(values[position])))
            position++;
        return position;
    }

    private void Across(T* values, int* result)
    {
        new Span<int>(result, inner).Clear();
        for (var position = 1; position < axis; position++)
        {
            var row = values + ((long)position * inner);
            for (var column = 0; column < inner; column++)
            {
                var greatest = values[((long)result[column] * inner) + column];
                if (row[column] > greatest || (T.IsNaN(row[column]) && !T.IsNaN(greatest)))
                    result[column] = position;
            }
        }
    }
}
