using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Functional.Keras;

/// <summary>
/// The lengths of a tensor's axes, outermost first. A length that is only known when data arrives (the batch) is null
/// and prints as None. Written as a collection: <c>Shape image = [28, 28, 1];</c>
/// </summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public sealed class Shape : IReadOnlyList<int?>, IEquatable<Shape>
{
    private readonly int?[] dimensions;

    private Shape(int?[] dimensions) => this.dimensions = dimensions;

    /// <summary>The number of axes.</summary>
    public int Count => dimensions.Length;

    /// <summary>The number of axes, as NumPy calls it.</summary>
    public int Rank => dimensions.Length;

    /// <summary>Whether every length is a number.</summary>
    public bool IsKnown => Array.TrueForAll(dimensions, dimension => dimension.HasValue);

    /// <summary>The number of elements; null when a length is not known.</summary>
    public long? Size => dimensions.Aggregate((long?)1, (product, dimension) => product * dimension);

    /// <summary>The length of an axis, or null when it is only known when data arrives.</summary>
    /// <param name="index">The axis, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    public int? this[int index] => Position.At(dimensions, index, "axis");

    /// <summary>The shape with these lengths.</summary>
    /// <param name="dimensions">The lengths, outermost first; null where not known.</param>
    /// <returns>The shape.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative.</exception>
    public static Shape Create(params ReadOnlySpan<int?> dimensions)
    {
        for (var axis = 0; axis < dimensions.Length; axis++)
        {
            if (dimensions[axis] is < 0)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(dimensions),
                    $"Length {axis} of a shape is {dimensions[axis]}, but lengths are 0 or more; a length that is only known "
                    + "when data arrives is null.");
            }
        }

        return new Shape(dimensions.ToArray());
    }

    /// <summary>The shape with these known lengths.</summary>
    /// <param name="dimensions">The lengths, outermost first.</param>
    /// <returns>The shape.</returns>
    public static Shape FromInts(ReadOnlySpan<int> dimensions)
    {
        var lengths = new int?[dimensions.Length];
        for (var axis = 0; axis < lengths.Length; axis++)
            lengths[axis] = dimensions[axis];
        return Create(lengths);
    }

    /// <summary>One axis of this length.</summary>
    /// <param name="dimension">The length.</param>
    public static implicit operator Shape(int dimension) => Create(dimension);

    /// <summary>These lengths as a shape.</summary>
    /// <param name="dimensions">The lengths, outermost first.</param>
    public static implicit operator Shape(int[] dimensions)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        return FromInts(dimensions);
    }

    /// <summary>Two axes.</summary>
    /// <param name="dimensions">The lengths.</param>
    public static implicit operator Shape((int? First, int? Second) dimensions) =>
        Create(dimensions.First, dimensions.Second);

    /// <summary>Three axes.</summary>
    /// <param name="dimensions">The lengths.</param>
    public static implicit operator Shape((int? First, int? Second, int? Third) dimensions) =>
        Create(dimensions.First, dimensions.Second, dimensions.Third);

    /// <summary>Four axes.</summary>
    /// <param name="dimensions">The lengths.</param>
    public static implicit operator Shape((int? First, int? Second, int? Third, int? Fourth) dimensions) =>
        Create(dimensions.First, dimensions.Second, dimensions.Third, dimensions.Fourth);

    /// <summary>Whether two shapes have the same lengths.</summary>
    /// <param name="left">One shape.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Shape? left, Shape? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether two shapes differ in a length.</summary>
    /// <param name="left">One shape.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Shape? left, Shape? right) => !(left == right);

    /// <summary>The lengths as numbers.</summary>
    /// <returns>A new array, outermost first.</returns>
    /// <exception cref="InvalidOperationException">A length is not known.</exception>
    public int[] ToInts() => Array.ConvertAll(dimensions, dimension => dimension
        ?? throw new InvalidOperationException($"Shape {this} has a length that is not known yet."));

    /// <inheritdoc/>
    public IEnumerator<int?> GetEnumerator() => ((IEnumerable<int?>)dimensions).GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(Shape? other) => other is not null && dimensions.AsSpan().SequenceEqual(other.dimensions);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var dimension in dimensions)
            hash.Add(dimension);
        return hash.ToHashCode();
    }

    /// <summary>"(None, 64)"; one axis is "(64,)" and a single number "()", as Keras prints them.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => dimensions.Length == 1
        ? $"({Print(dimensions[0])},)"
        : $"({string.Join(", ", dimensions.Select(Print))})";

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static string Print(int? dimension) => dimension?.ToString(CultureInfo.InvariantCulture) ?? "None";
}
