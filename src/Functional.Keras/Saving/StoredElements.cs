namespace Functional.Keras;

/// <summary>Sizes and .NET types of stored elements.</summary>
internal static class StoredElements
{
    /// <summary>The size of an element in bytes.</summary>
    public static int SizeInBytes(StoredElementType type) => type switch
    {
        StoredElementType.Boolean or StoredElementType.Int8 or StoredElementType.UInt8 => 1,
        StoredElementType.Int16 or StoredElementType.UInt16 => 2,
        StoredElementType.Float16 or StoredElementType.BFloat16 => 2,
        StoredElementType.Int32 or StoredElementType.UInt32 or StoredElementType.Float32 => 4,
        StoredElementType.Int64 or StoredElementType.UInt64 or StoredElementType.Float64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "This is not an element type."),
    };

    /// <summary>The element type that a .NET type holds, or null.</summary>
    public static StoredElementType? Of<T>()
        where T : unmanaged =>
        typeof(T) == typeof(bool) ? StoredElementType.Boolean
        : typeof(T) == typeof(sbyte) ? StoredElementType.Int8
        : typeof(T) == typeof(short) ? StoredElementType.Int16
        : typeof(T) == typeof(int) ? StoredElementType.Int32
        : typeof(T) == typeof(long) ? StoredElementType.Int64
        : typeof(T) == typeof(byte) ? StoredElementType.UInt8
        : typeof(T) == typeof(ushort) ? StoredElementType.UInt16
        : typeof(T) == typeof(uint) ? StoredElementType.UInt32
        : typeof(T) == typeof(ulong) ? StoredElementType.UInt64
        : typeof(T) == typeof(Half) ? StoredElementType.Float16
        : typeof(T) == typeof(float) ? StoredElementType.Float32
        : typeof(T) == typeof(double) ? StoredElementType.Float64
        : null;

    /// <summary>The number of bytes of an array, or null if it is more than fits in one .NET array.</summary>
    public static int? LengthInBytes(IEnumerable<long> shape, StoredElementType type)
    {
        long length = SizeInBytes(type);
        var isEmpty = false;
        foreach (var dimension in shape)
        {
            isEmpty |= dimension == 0;
            if (dimension > 0)
                length = length > Array.MaxLength / dimension ? long.MaxValue : length * dimension;
        }

        return isEmpty ? 0 : length <= Array.MaxLength ? (int)length : null;
    }

    /// <summary>Reverses the bytes of each element in place.</summary>
    public static void ReverseBytes(Span<byte> bytes, int sizeInBytes)
    {
        for (; sizeInBytes > 1 && bytes.Length >= sizeInBytes; bytes = bytes[sizeInBytes..])
            bytes[..sizeInBytes].Reverse();
    }
}
