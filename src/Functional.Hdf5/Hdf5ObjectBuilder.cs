using System.Text;
using Functional.Hdf5.Format;
using Functional.Hdf5.Writing;

namespace Functional.Hdf5;

/// <summary>A group or dataset to be written: what has attributes.</summary>
public abstract class Hdf5ObjectBuilder
{
    private const int LongestMessage = ushort.MaxValue;
    private const int MessagePrefix = 9;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private protected Hdf5ObjectBuilder()
    {
    }

    internal Dictionary<string, WrittenValue> Attributes { get; } = new(StringComparer.Ordinal);

    /// <summary>Sets an attribute to one number or truth value.</summary>
    /// <typeparam name="T">A number type of .NET up to 64 bits, or bool.</typeparam>
    /// <param name="name">The attribute's name.</param>
    /// <param name="value">Its value.</param>
    public void SetAttribute<T>(string name, T value)
        where T : unmanaged => SetAttribute<T>(name, [], new[] { value });

    /// <summary>Sets an attribute to an array of numbers or truth values.</summary>
    /// <typeparam name="T">A number type of .NET up to 64 bits, or bool.</typeparam>
    /// <param name="name">The attribute's name.</param>
    /// <param name="shape">The length of each axis; none for a scalar.</param>
    /// <param name="values">The elements, which must not change before they are written.</param>
    /// <exception cref="ArgumentException">Shape and elements disagree, or the attribute is over 64 KiB.</exception>
    public void SetAttribute<T>(string name, ReadOnlySpan<long> shape, ReadOnlyMemory<T> values)
        where T : unmanaged => Set(name, Numbers(shape, values));

    /// <summary>Sets an attribute to one text of any length.</summary>
    /// <param name="name">The attribute's name.</param>
    /// <param name="text">Its value.</param>
    /// <param name="storage">How it is stored; over 64 KiB only variable-length text is possible.</param>
    /// <exception cref="ArgumentException">The text is not valid, or too long for fixed-length storage.</exception>
    public void SetAttribute(string name, string text, Hdf5TextStorage storage = Hdf5TextStorage.VariableLength) =>
        SetAttribute(name, [], [text], storage);

    /// <summary>Sets an attribute to an array of texts.</summary>
    /// <param name="name">The attribute's name.</param>
    /// <param name="shape">The length of each axis; none for a scalar.</param>
    /// <param name="texts">The elements.</param>
    /// <param name="storage">How they are stored.</param>
    /// <exception cref="ArgumentException">Shape and elements disagree, or the attribute is over 64 KiB.</exception>
    public void SetAttribute(
        string name,
        ReadOnlySpan<long> shape,
        IReadOnlyList<string> texts,
        Hdf5TextStorage storage = Hdf5TextStorage.VariableLength) => Set(name, Texts(shape, texts, storage));

    /// <summary>Sets an attribute to nothing: it exists, but has no elements and no shape.</summary>
    /// <param name="name">The attribute's name.</param>
    public void SetNullAttribute(string name) =>
        Set(name, new NumberValue<float>(new Dataspace([], [], true), ReadOnlyMemory<float>.Empty));

    private protected static WrittenValue Numbers<T>(ReadOnlySpan<long> shape, ReadOnlyMemory<T> values)
        where T : unmanaged
    {
        if (ElementTypes.Of<T>() == Hdf5ElementType.Unsupported)
        {
            throw new ArgumentException(
                $"Numbers of up to 64 bits or truth values expected, {typeof(T)} found.", nameof(values));
        }

        return new NumberValue<T>(CheckedShape(shape, values.Length), values);
    }

    private protected static WrittenValue Texts(
        ReadOnlySpan<long> shape, IReadOnlyList<string> texts, Hdf5TextStorage storage)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var dataspace = CheckedShape(shape, texts.Count);
        var encoded = texts.Select(EncodedText).ToList();
        return storage == Hdf5TextStorage.FixedLength
            ? new FixedTextValue(dataspace, encoded)
            : new VariableTextValue(dataspace, encoded);
    }

    private protected static void CheckName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("A name cannot contain the character 0.", nameof(name));
        if (EncodedText(name).Length > short.MaxValue)
            throw new ArgumentException($"A name takes at most {short.MaxValue} bytes.", nameof(name));
    }

    private static Dataspace CheckedShape(ReadOnlySpan<long> shape, int count)
    {
        const int HighestRank = 32;
        foreach (var dimension in shape)
            ArgumentOutOfRangeException.ThrowIfNegative(dimension, nameof(shape));
        var dataspace = Dataspace.Fixed(shape);
        if (shape.Length > HighestRank || Dataspace.CountOf(dataspace.Dimensions) != count)
        {
            throw new ArgumentException(
                $"The shape ({string.Join(", ", dataspace.Dimensions)}) does not hold the {count} elements given.",
                nameof(shape));
        }

        return dataspace;
    }

    private static byte[] EncodedText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("A text cannot contain the character 0.", nameof(text));
        try
        {
            return StrictUtf8.GetBytes(text);
        }
        catch (EncoderFallbackException failure)
        {
            throw new ArgumentException("A text has half of a surrogate pair.", nameof(text), failure);
        }
    }

    private void Set(string name, WrittenValue value)
    {
        CheckName(name);
        var datatype = new ByteWriter();
        value.WriteDatatype(datatype);
        value.Dataspace.Write(datatype);
        var length = MessagePrefix + EncodedText(name).Length + 1 + datatype.Count + value.LengthInBytes;
        if (length > LongestMessage)
        {
            throw new ArgumentException(
                $"Attribute '{name}' takes {length} bytes, but an attribute has at most {LongestMessage}: split it, or "
                + "store text with variable length.",
                nameof(name));
        }

        Attributes[name] = value;
    }
}
