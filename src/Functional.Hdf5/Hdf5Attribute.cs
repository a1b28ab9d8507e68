using System.Collections.Immutable;
using System.Numerics;
using Functional.Hdf5.Format;
using Functional.Hdf5.Reading;

namespace Functional.Hdf5;

/// <summary>A small named array that belongs to a group or dataset.</summary>
public sealed class Hdf5Attribute
{
    private readonly ElementReader elements;

    internal Hdf5Attribute(FileContext file, string ownerPath, AttributeMessage message)
    {
        Name = message.Name;
        elements = new ElementReader(
            file, $"attribute '{message.Name}' of '{ownerPath}'", message.Offset, message.Datatype, message.Dataspace,
            (_, destination) => message.Data.Span.CopyTo(destination));
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The length of each axis, outermost first; none for a scalar.</summary>
    public ImmutableArray<long> Shape => elements.Shape;

    /// <summary>What the elements are.</summary>
    public Hdf5ElementType ElementType => elements.ElementType;

    /// <summary>The number of elements.</summary>
    public long Count => elements.Count;

    /// <summary>Whether it has no shape and no elements, unlike a scalar, which has one.</summary>
    public bool IsNull => elements.IsNull;

    /// <summary>Reads all elements, the last axis varying fastest.</summary>
    /// <typeparam name="T">The .NET type of <see cref="ElementType"/>, such as float.</typeparam>
    /// <returns>The elements.</returns>
    /// <exception cref="Hdf5FormatException">The elements are of another type, damaged, or over a limit.</exception>
    public T[] Read<T>()
        where T : unmanaged => elements.Read<T>();

    /// <summary>Reads all elements and converts them; what does not fit becomes the nearest number that does.</summary>
    /// <typeparam name="T">The type of number wanted, whatever type of number or truth value is stored.</typeparam>
    /// <returns>The elements.</returns>
    /// <exception cref="Hdf5FormatException">The elements are not numbers, damaged, or over a limit.</exception>
    public T[] ReadAs<T>()
        where T : unmanaged, INumberBase<T> => elements.ReadAs<T>();

    /// <summary>Reads all elements as text.</summary>
    /// <returns>The texts.</returns>
    /// <exception cref="Hdf5FormatException">The elements are not text, damaged, or over a limit.</exception>
    public string[] ReadStrings() => elements.ReadStrings();

    /// <summary>Reads the one element as text.</summary>
    /// <returns>The text.</returns>
    /// <exception cref="Hdf5FormatException">There is not exactly one element, or it is not text.</exception>
    public string ReadString() => elements.ReadString();

    /// <summary>Its name.</summary>
    /// <returns>Such as <c>Hdf5Attribute layer_names</c>.</returns>
    public override string ToString() => $"{nameof(Hdf5Attribute)} {Name}";
}
