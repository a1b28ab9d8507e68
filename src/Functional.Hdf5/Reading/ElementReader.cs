using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using Functional.Hdf5.Format;

namespace Functional.Hdf5.Reading;

/// <summary>What datasets and attributes have in common: elements of a type in a shape.</summary>
internal sealed class ElementReader(
    FileContext file,
    string name,
    long offset,
    Datatype datatype,
    Dataspace dataspace,
    ElementReader.Source source)
{
    /// <summary>Copies all elements as they are stored.</summary>
    public delegate void Source(FileReader reader, Span<byte> destination);

    public ImmutableArray<long> Shape { get; } =
        dataspace.IsNull ? [] : dataspace.Dimensions.AddRange(datatype.ArrayDimensions);

    public Hdf5ElementType ElementType => datatype.ElementType;

    public bool IsNull => dataspace.IsNull;

    public long Count { get; } = CountOf(dataspace, datatype);

    public T[] Read<T>()
        where T : unmanaged
    {
        var asked = ElementTypes.Of<T>();
        if (asked == Hdf5ElementType.Unsupported || asked != ElementType)
            throw Error($"it holds {Describe()}, not {typeof(T).Name}");
        var values = new T[CheckedCount(datatype.ScalarSizeInBytes)];
        var bytes = MemoryMarshal.AsBytes(values.AsSpan());
        source(file.StartOperation(), bytes);
        if (datatype.IsBigEndian == BitConverter.IsLittleEndian)
            ByteOrder.Reverse(bytes, (int)datatype.ScalarSizeInBytes);
        if (ElementType == Hdf5ElementType.Boolean)
            Normalize(bytes);
        return values;
    }

    public T[] ReadAs<T>()
        where T : unmanaged, INumberBase<T> => ElementType switch
        {
            _ when ElementTypes.Of<T>() == ElementType && ElementType != Hdf5ElementType.Unsupported => Read<T>(),
            Hdf5ElementType.Boolean => Convert<bool, T>(value => value ? T.One : T.Zero),
            Hdf5ElementType.Int8 => Convert<sbyte, T>(T.CreateSaturating),
            Hdf5ElementType.Int16 => Convert<short, T>(T.CreateSaturating),
            Hdf5ElementType.Int32 => Convert<int, T>(T.CreateSaturating),
            Hdf5ElementType.Int64 => Convert<long, T>(T.CreateSaturating),
            Hdf5ElementType.UInt8 => Convert<byte, T>(T.CreateSaturating),
            Hdf5ElementType.UInt16 => Convert<ushort, T>(T.CreateSaturating),
            Hdf5ElementType.UInt32 => Convert<uint, T>(T.CreateSaturating),
            Hdf5ElementType.UInt64 => Convert<ulong, T>(T.CreateSaturating),
            Hdf5ElementType.Float16 => Convert<Half, T>(T.CreateSaturating),
            Hdf5ElementType.Float32 => Convert<float, T>(T.CreateSaturating),
            Hdf5ElementType.Float64 => Convert<double, T>(T.CreateSaturating),
            _ => throw Error($"it holds {Describe()}, not numbers"),
        };

    public string[] ReadStrings()
    {
        if (ElementType != Hdf5ElementType.String)
            throw Error($"it holds {Describe()}, not text");
        var stored = new byte[CheckedCount(datatype.ScalarSizeInBytes) * datatype.ScalarSizeInBytes];
        var reader = file.StartOperation();
        source(reader, stored);
        return new TextDecoder(reader, datatype, name).Decode(stored, offset, Count);
    }

    public string ReadString()
    {
        if (Count != 1)
            throw Error($"one element expected, {Count} found");
        return ReadStrings()[0];
    }

    private static long CountOf(Dataspace dataspace, Datatype datatype) =>
        dataspace.IsNull
            ? 0
            : Dataspace.CountOf(dataspace.Dimensions.AddRange(datatype.ArrayDimensions)) ?? long.MaxValue;

    private static void Normalize(Span<byte> truthValues)
    {
        foreach (ref var value in truthValues)
            value = value == 0 ? (byte)0 : (byte)1;
    }

    private TResult[] Convert<TStored, TResult>(Converter<TStored, TResult> convert)
        where TStored : unmanaged
        where TResult : unmanaged
    {
        CheckedCount(Marshal.SizeOf<TResult>());
        return Array.ConvertAll(Read<TStored>(), convert);
    }

    private string Describe() =>
        ElementType == Hdf5ElementType.Unsupported
            ? $"the unsupported type {datatype.Description}"
            : ElementType.ToString();

    private Hdf5FormatException Error(string problem) => new(name, offset, problem);

    private long CheckedCount(long sizeInBytes)
    {
        var limit = file.Options.ReadLimitInBytes(file.Bytes.Length);
        return Count <= limit / sizeInBytes
            ? Count
            : throw Error(
                $"shape ({string.Join(", ", Shape)}) takes more than the {limit} bytes that may be read at once");
    }
}
