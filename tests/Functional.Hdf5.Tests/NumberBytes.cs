using System.Runtime.InteropServices;

namespace Functional.Hdf5.Tests;

/// <summary>The bytes of numbers, read as the type they have.</summary>
internal static class NumberBytes
{
    public static byte[] Of(Hdf5Dataset dataset) => Of(dataset.ElementType, new DatasetNumbers(dataset));

    public static byte[] Of(Hdf5Attribute attribute) => Of(attribute.ElementType, new AttributeNumbers(attribute));

    private static byte[] Of<TNumbers>(Hdf5ElementType type, TNumbers numbers)
        where TNumbers : INumbers => type switch
        {
            Hdf5ElementType.Boolean => Bytes(numbers.Read<bool>()),
            Hdf5ElementType.Int8 => Bytes(numbers.Read<sbyte>()),
            Hdf5ElementType.Int16 => Bytes(numbers.Read<short>()),
            Hdf5ElementType.Int32 => Bytes(numbers.Read<int>()),
            Hdf5ElementType.Int64 => Bytes(numbers.Read<long>()),
            Hdf5ElementType.UInt8 => Bytes(numbers.Read<byte>()),
            Hdf5ElementType.UInt16 => Bytes(numbers.Read<ushort>()),
            Hdf5ElementType.UInt32 => Bytes(numbers.Read<uint>()),
            Hdf5ElementType.UInt64 => Bytes(numbers.Read<ulong>()),
            Hdf5ElementType.Float16 => Bytes(numbers.Read<Half>()),
            Hdf5ElementType.Float32 => Bytes(numbers.Read<float>()),
            Hdf5ElementType.Float64 => Bytes(numbers.Read<double>()),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Numbers expected."),
        };

    private static byte[] Bytes<T>(T[] values)
        where T : unmanaged => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    private interface INumbers
    {
        T[] Read<T>()
            where T : unmanaged;
    }

    private readonly record struct DatasetNumbers(Hdf5Dataset Dataset) : INumbers
    {
        public T[] Read<T>()
            where T : unmanaged => Dataset.Read<T>();
    }

    private readonly record struct AttributeNumbers(Hdf5Attribute Attribute) : INumbers
    {
        public T[] Read<T>()
            where T : unmanaged => Attribute.Read<T>();
    }
}
