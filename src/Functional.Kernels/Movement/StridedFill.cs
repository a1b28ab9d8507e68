namespace Functional.Kernels.Movement;

/// <summary>Writes one value to all elements of a strided view: the border of a padded array, zeros.</summary>
public sealed unsafe class StridedFill
{
    private readonly StridedCopy copy;

    private StridedFill(StridedCopy copy) => this.copy = copy;

    /// <summary>The number of independent parts; it depends on sizes only.</summary>
    public int Parts => copy.Parts;

    /// <summary>Makes a fill ready to run.</summary>
    /// <param name="extents">The size of each dimension, each at least 1.</param>
    /// <param name="strides">How far neighbours lie apart, in elements.</param>
    /// <param name="bytesOfElement">The size of an element: 1, 4 or 8.</param>
    /// <returns>The fill.</returns>
    /// <exception cref="ArgumentException">Strides and extents do not fit together; the message says how.</exception>
    public static StridedFill Prepare(ReadOnlySpan<int> extents, ReadOnlySpan<int> strides, int bytesOfElement) =>
        new(StridedCopy.Prepare(extents, new int[extents.Length], strides, bytesOfElement));

    /// <summary>Fills one part.</summary>
    /// <param name="part">The number of the part, from 0.</param>
    /// <param name="value">The element to write.</param>
    /// <param name="target">The element of the target at position 0 of every dimension.</param>
    public void Run(int part, void* value, void* target) => copy.Run(part, value, target);
}
