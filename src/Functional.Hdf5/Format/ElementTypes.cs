namespace Functional.Hdf5.Format;

/// <summary>The .NET type of each element type that is a number or a truth value.</summary>
internal static class ElementTypes
{
    /// <summary>The element type that <typeparamref name="T"/> holds, or Unsupported.</summary>
    public static Hdf5ElementType Of<T>()
        where T : unmanaged =>
        typeof(T) == typeof(bool) ? Hdf5ElementType.Boolean
        : typeof(T) == typeof(sbyte) ? Hdf5ElementType.Int8
        : typeof(T) == typeof(short) ? Hdf5ElementType.Int16
        : typeof(T) == typeof(int) ? Hdf5ElementType.Int32
        : typeof(T) == typeof(long) ? Hdf5ElementType.Int64
        : typeof(T) == typeof(byte) ? Hdf5ElementType.UInt8
        : typeof(T) == typeof(ushort) ? Hdf5ElementType.UInt16
        : typeof(T) == typeof(uint) ? Hdf5ElementType.UInt32
        : typeof(T) == typeof(ulong) ? Hdf5ElementType.UInt64
        : typeof(T) == typeof(Half) ? Hdf5ElementType.Float16
        : typeof(T) == typeof(float) ? Hdf5ElementType.Float32
        : typeof(T) == typeof(double) ? Hdf5ElementType.Float64
        : Hdf5ElementType.Unsupported;

    /// <summary>The integer type of a size in bytes, or Unsupported.</summary>
    public static Hdf5ElementType Integer(long sizeInBytes, bool isSigned) => (sizeInBytes, isSigned) switch
    {
        (1, true) => Hdf5ElementType.Int8,
        (2, true) => Hdf5ElementType.Int16,
        (4, true) => Hdf5ElementType.Int32,
        (8, true) => Hdf5ElementType.Int64,
        (1, false) => Hdf5ElementType.UInt8,
        (2, false) => Hdf5ElementType.UInt16,
        (4, false) => Hdf5ElementType.UInt32,
        (8, false) => Hdf5ElementType.UInt64,
        _ => Hdf5ElementType.Unsupported,
    };

    /// <summary>The size in bytes of a number or truth value.</summary>
    public static int SizeInBytes(Hdf5ElementType type) => type switch
    {
        Hdf5ElementType.Boolean or Hdf5ElementType.Int8 or Hdf5ElementType.UInt8 => 1,
        Hdf5ElementType.Int16 or Hdf5ElementType.UInt16 or Hdf5ElementType.Float16 => 2,
        Hdf5ElementType.Int32 or Hdf5ElementType.UInt32 or Hdf5ElementType.Float32 => 4,
        Hdf5ElementType.Int64 or Hdf5ElementType.UInt64 or Hdf5ElementType.Float64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Expected a number or truth value."),
    };

    /// <summary>Whether a type is a signed integer.</summary>
    public static bool IsSigned(Hdf5ElementType type) => type is
        Hdf5ElementType.Int8 or Hdf5ElementType.Int16 or Hdf5ElementType.Int32 or Hdf5ElementType.Int64;
}
