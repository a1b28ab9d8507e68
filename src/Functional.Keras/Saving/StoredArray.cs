using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Functional.Keras;

/// <summary>A named array as files keep it: a shape, an element type and bytes.</summary>
public sealed class StoredArray
{
    /// <summary>Makes an array of bytes that are already in the form of a file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">The length of each axis, outermost first; none for a scalar.</param>
    /// <param name="elementType">What its elements are.</param>
    /// <param name="bytes">Its elements, little-endian, the last axis varying fastest.</param>
    /// <exception cref="ArgumentException">The bytes are not those of such a shape.</exception>
    public StoredArray(
        string name, ReadOnlySpan<long> shape, StoredElementType elementType, ReadOnlyMemory<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (var dimension in shape)
            ArgumentOutOfRangeException.ThrowIfNegative(dimension, nameof(shape));
        Name = name;
        Shape = ImmutableArray.Create(shape);
        ElementType = elementType;
        Bytes = bytes;
        if (StoredElements.LengthInBytes(Shape, elementType) != bytes.Length)
        {
            throw new ArgumentException(
                $"The shape ({string.Join(", ", Shape)}) of {elementType} does not take {bytes.Length} bytes.",
                nameof(bytes));
        }
    }

    /// <summary>Its name, such as the path of a weight.</summary>
    public string Name { get; }

    /// <summary>The length of each axis, outermost first; none for a scalar.</summary>
    public ImmutableArray<long> Shape { get; }

    /// <summary>What its elements are.</summary>
    public StoredElementType ElementType { get; }

    /// <summary>Its elements, little-endian, the last axis varying fastest.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The number of elements.</summary>
    public int Count => Bytes.Length / StoredElements.SizeInBytes(ElementType);

    /// <summary>Makes an array of numbers or truth values.</summary>
    /// <typeparam name="T">A number type of .NET up to 64 bits, or bool.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="shape">The length of each axis, outermost first; none for a scalar.</param>
    /// <param name="values">Its elements, which are copied.</param>
    /// <returns>The array.</returns>
    /// <exception cref="ArgumentException">Shape and elements disagree, or files have no such type.</exception>
    public static StoredArray Of<T>(string name, ReadOnlySpan<long> shape, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var type = StoredElements.Of<T>()
            ?? throw new ArgumentException($"{typeof(T)} is not a type of stored elements.", nameof(values));
        var bytes = MemoryMarshal.AsBytes(values).ToArray();
        if (!BitConverter.IsLittleEndian)
            StoredElements.ReverseBytes(bytes, StoredElements.SizeInBytes(type));
        return new StoredArray(name, shape, type, bytes);
    }

    /// <summary>Its elements.</summary>
    /// <typeparam name="T">The .NET type of <see cref="ElementType"/>.</typeparam>
    /// <returns>A new array.</returns>
    /// <exception cref="ArrayFormatException">The elements are of another type.</exception>
    public T[] Read<T>()
        where T : unmanaged
    {
        if (StoredElements.Of<T>() != ElementType)
            throw new ArrayFormatException("array", $"'{Name}' holds {ElementType}, not {typeof(T).Name}");
        var values = new T[Count];
        var bytes = MemoryMarshal.AsBytes(values.AsSpan());
        Bytes.Span.CopyTo(bytes);
        if (!BitConverter.IsLittleEndian)
            StoredElements.ReverseBytes(bytes, StoredElements.SizeInBytes(ElementType));
        if (ElementType != StoredElementType.Boolean)
            return values;

        // A truth value of .NET must be 0 or 1, whatever the file says.
        foreach (ref var value in bytes)
            value = value == 0 ? (byte)0 : (byte)1;
        return values;
    }

    /// <summary>Its elements, converted; what does not fit becomes the nearest number that does.</summary>
    /// <typeparam name="T">The type of number wanted.</typeparam>
    /// <returns>A new array.</returns>
    public T[] ReadAs<T>()
        where T : unmanaged, INumberBase<T> => ElementType switch
        {
            StoredElementType.Boolean => Array.ConvertAll(Read<bool>(), value => value ? T.One : T.Zero),
            StoredElementType.Int8 => Array.ConvertAll(Read<sbyte>(), T.CreateSaturating),
            StoredElementType.Int16 => Array.ConvertAll(Read<short>(), T.CreateSaturating),
            StoredElementType.Int32 => Array.ConvertAll(Read<int>(), T.CreateSaturating),
            StoredElementType.Int64 => Array.ConvertAll(Read<long>(), T.CreateSaturating),
            StoredElementType.UInt8 => Array.ConvertAll(Read<byte>(), T.CreateSaturating),
            StoredElementType.UInt16 => Array.ConvertAll(Read<ushort>(), T.CreateSaturating),
            StoredElementType.UInt32 => Array.ConvertAll(Read<uint>(), T.CreateSaturating),
            StoredElementType.UInt64 => Array.ConvertAll(Read<ulong>(), T.CreateSaturating),
            StoredElementType.Float16 => Array.ConvertAll(Read<Half>(), T.CreateSaturating),
            StoredElementType.BFloat16 => Array.ConvertAll(WidenedBFloat16(), T.CreateSaturating),
            StoredElementType.Float32 => Array.ConvertAll(Read<float>(), T.CreateSaturating),
            _ => Array.ConvertAll(Read<double>(), T.CreateSaturating),
        };

    /// <summary>Its name, type and shape.</summary>
    /// <returns>Such as <c>kernel Float32 (3, 4)</c>.</returns>
    public override string ToString() => $"{Name} {ElementType} ({string.Join(", ", Shape)})";

    private float[] WidenedBFloat16()
    {
        var values = new float[Count];
        for (var i = 0; i < values.Length; i++)
        {
            var upper = (uint)(Bytes.Span[2 * i] | (Bytes.Span[(2 * i) + 1] << 8));
            values[i] = BitConverter.UInt32BitsToSingle(upper << 16);
        }

        return values;
    }
}
