using System.Collections.Immutable;
using System.Numerics;
using Functional.Hdf5.Format;
using Functional.Hdf5.Reading;

namespace Functional.Hdf5;

/// <summary>An array of numbers, truth values or text. Its elements are read from the file at every call.</summary>
public sealed class Hdf5Dataset : Hdf5Object
{
    private readonly ElementReader elements;

    internal Hdf5Dataset(
        FileContext file,
        string path,
        ObjectHeader header,
        Datatype datatype,
        Dataspace dataspace,
        IDictionary<string, Hdf5Attribute> attributes)
        : base(path, attributes) =>
        elements = new ElementReader(
            file, $"dataset '{path}'", header.Address, datatype, dataspace,
            (reader, destination) =>
                new DatasetReader(reader, header, dataspace, datatype.SizeInBytes).Read(destination));

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
}
