namespace Functional.Kernels.Movement;

/// <summary>
/// Copies between two strided views of one shape: transposition, slice, reversal, a part of a concatenation, the inside
/// of a padded array, broadcast. The source must not overlap the target.
/// </summary>
public sealed unsafe class StridedCopy
{
    private const int BytesOfPart = 1 << 18;
    private const int MostParts = 64;
    private const int BytesOfLine = 64;

    private readonly CopyDimension[] dimensions;
    private readonly int bytesOfElement;
    private readonly int rowsOfUnit;
    private readonly long unitsOfRows;
    private readonly long units;
    private readonly long unitsOfPart;

    private StridedCopy(CopyDimension[] dimensions, int bytesOfElement)
    {
        this.dimensions = dimensions;
        this.bytesOfElement = bytesOfElement;
        var (rows, columns) = (dimensions[^2], dimensions[^1]);
        rowsOfUnit = Math.Min(rows.Extent, BytesOfLine / bytesOfElement);
        unitsOfRows = (rows.Extent + rowsOfUnit - 1) / rowsOfUnit;
        units = unitsOfRows;
        for (var dimension = 0; dimension < dimensions.Length - 2; dimension++)
            units *= dimensions[dimension].Extent;
        var bytes = (double)units * rowsOfUnit * columns.Extent * bytesOfElement;
        var wanted = (long)Math.Clamp(bytes / BytesOfPart, 1, Math.Min(MostParts, units));
        unitsOfPart = (units + wanted - 1) / wanted;
        Parts = (int)((units + unitsOfPart - 1) / unitsOfPart);
    }

    /// <summary>The number of independent parts; it depends on sizes only.</summary>
    public int Parts { get; }

    /// <summary>Makes a copy ready to run.</summary>
    /// <param name="extents">The size of each dimension, each at least 1; none for a single element.</param>
    /// <param name="sourceStrides">How far neighbours lie apart in the source, in elements; 0 and negative ones are
    /// allowed.</param>
    /// <param name="targetStrides">The same for the target; no two positions may name one element.</param>
    /// <param name="bytesOfElement">The size of an element: 1, 4 or 8.</param>
    /// <returns>The copy.</returns>
    /// <exception cref="ArgumentException">Strides and extents do not fit together; the message says how.</exception>
    public static StridedCopy Prepare(
        ReadOnlySpan<int> extents, ReadOnlySpan<int> sourceStrides, ReadOnlySpan<int> targetStrides, int bytesOfElement)
    {
        if (bytesOfElement is not (1 or 4 or 8))
            throw new ArgumentException(
                $"An element has 1, 4 or 8 bytes, but found {bytesOfElement}.", nameof(bytesOfElement));
        return new StridedCopy(CopyDimensions.Canonicalize(extents, sourceStrides, targetStrides), bytesOfElement);
    }

    /// <summary>Copies one part.</summary>
    /// <param name="part">The number of the part, from 0.</param>
    /// <param name="source">The element of the source at position 0 of every dimension.</param>
    /// <param name="target">The element of the target at position 0 of every dimension.</param>
    public void Run(int part, void* source, void* target)
    {
        switch (bytesOfElement)
        {
            case 1:
                Run(part, (byte*)source, (byte*)target);
                break;
            case 4:
                Run(part, (uint*)source, (uint*)target);
                break;
            default:
                Run(part, (ulong*)source, (ulong*)target);
                break;
        }
    }

    private void Run<TElement>(int part, TElement* source, TElement* target)
        where TElement : unmanaged
    {
        var last = Math.Min(units, (part + 1) * unitsOfPart);
        for (var unit = part * unitsOfPart; unit < last; unit++)
        {
            var (outer, block) = Math.DivRem(unit, unitsOfRows);
            var from = source;
            var to = target;
            for (var dimension = dimensions.Length - 3; dimension >= 0; dimension--)
            {
                (outer, var position) = Math.DivRem(outer, dimensions[dimension].Extent);
                from += position * dimensions[dimension].Source;
                to += position * dimensions[dimension].Target;
            }

            var rows = dimensions[^2];
            var first = block * rowsOfUnit;
            CopyBlock.Run(
                from + (first * rows.Source),
                to + (first * rows.Target),
                rows with { Extent = (int)Math.Min(rowsOfUnit, rows.Extent - first) },
                dimensions[^1]);
        }
    }
}
