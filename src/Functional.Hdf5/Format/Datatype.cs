using System.Collections.Immutable;
using Functional.Hdf5.Reading;

namespace Functional.Hdf5.Format;

/// <summary>
/// What the elements of a dataset or attribute are. HDF5 File Format Specification version 3.0, section IV.A.2.d, The
/// Datatype Message (versions 1 to 3).
/// </summary>
/// <param name="ElementType">The type, whatever its byte order.</param>
/// <param name="SizeInBytes">The size of one element in the file; of a whole array for an array type.</param>
internal sealed record Datatype(Hdf5ElementType ElementType, long SizeInBytes)
{
    private const string Structure = "Datatype message";
    private const int DeepestType = 8;

    /// <summary>Whether numbers have their most significant byte first.</summary>
    public bool IsBigEndian { get; init; }

    /// <summary>Whether each element is a reference to text in a global heap.</summary>
    public bool IsVariableLength { get; init; }

    /// <summary>How text of fixed length is filled up.</summary>
    public StringPadding Padding { get; init; }

    /// <summary>The axes within one element of an array type; none for the other types.</summary>
    public ImmutableArray<long> ArrayDimensions { get; init; } = [];

    /// <summary>The name of a type that is not read.</summary>
    public string Description { get; init; } = "";

    /// <summary>The size of one number, truth value or text.</summary>
    public long ScalarSizeInBytes => SizeInBytes / Math.Max(1, Dataspace.CountOf(ArrayDimensions) ?? 1);

    public static Datatype Read(ByteCursor cursor) => Read(cursor, 0);

    private static Datatype Read(ByteCursor cursor, int depth)
    {
        if (depth > DeepestType)
            throw cursor.Error($"types are nested more than {DeepestType} deep");
        var classAndVersion = cursor.Byte();
        var version = classAndVersion >> 4;
        if (version is < 1 or > 3)
            throw cursor.Error($"version 1 to 3 expected, {version} found");
        var bits = (int)cursor.Number(3);
        long size = cursor.UInt32();
        if (size == 0)
            throw cursor.Error("elements of no bytes cannot be");
        return (classAndVersion & 15) switch
        {
            0 => FixedPoint(cursor, bits, size, "integer"),
            1 => FloatingPoint(cursor, bits, size),
            3 => new Datatype(Hdf5ElementType.String, size) { Padding = PaddingOf(cursor, bits & 15) },
            4 => FixedPoint(cursor, bits & ~8, size, "bit field"),
            8 => Enumeration(cursor, version, bits & 0xffff, size, depth),
            9 => VariableLength(cursor, bits, size),
            10 => Array(cursor, version, size, depth),
            2 => Unsupported("time", size),
            5 => Unsupported("opaque", size),
            6 => Unsupported("compound", size),
            7 => Unsupported("reference", size),
            var unknown => throw cursor.Error($"class {unknown} is not a class of types"),
        };
    }

    private static Datatype Unsupported(string description, long size) =>
        new(Hdf5ElementType.Unsupported, size) { Description = description };

    private static Datatype FixedPoint(ByteCursor cursor, int bits, long size, string name)
    {
        int bitOffset = cursor.UInt16();
        int precision = cursor.UInt16();
        var isWhole = bitOffset == 0 && precision == 8 * size;
        var type = isWhole ? ElementTypes.Integer(size, (bits & 8) != 0) : Hdf5ElementType.Unsupported;
        return type == Hdf5ElementType.Unsupported
            ? Unsupported($"{name} with {precision} bits in {size} bytes", size)
            : new Datatype(type, size) { IsBigEndian = (bits & 1) != 0 };
    }

    private static Datatype FloatingPoint(ByteCursor cursor, int bits, long size)
    {
        cursor.Skip(4);
        var (exponentAt, exponentBits) = (cursor.Byte(), cursor.Byte());
        var (mantissaAt, mantissaBits) = (cursor.Byte(), cursor.Byte());
        var bias = cursor.UInt32();
        const int VaxOrder = 1 << 6;
        var type = (size, exponentAt, exponentBits, mantissaAt, mantissaBits, bias) switch
        {
            (2, 10, 5, 0, 10, 15) => Hdf5ElementType.Float16,
            (4, 23, 8, 0, 23, 127) => Hdf5ElementType.Float32,
            (8, 52, 11, 0, 52, 1023) => Hdf5ElementType.Float64,
            _ => Hdf5ElementType.Unsupported,
        };
        return type == Hdf5ElementType.Unsupported || (bits & VaxOrder) != 0
            ? Unsupported($"floating-point with {exponentBits} and {mantissaBits} bits in {size} bytes", size)
            : new Datatype(type, size) { IsBigEndian = (bits & 1) != 0 };
    }

    // h5py stores truth values as an enumeration; any other enumeration is read as the integer beneath it.
    private static Datatype Enumeration(ByteCursor cursor, int version, int count, long size, int depth)
    {
        var underlying = Read(cursor, depth + 1);
        if (underlying.SizeInBytes != size)
            throw cursor.Error($"an enumeration of {size} bytes is on a type of {underlying.SizeInBytes} bytes");
        if (count != 2 || size != 1)
            return underlying;
        var names = (First: EnumerationName(cursor, version), Second: EnumerationName(cursor, version));
        var values = (First: cursor.Byte(), Second: cursor.Byte());
        return (names, values) is (("FALSE", "TRUE"), (0, 1)) or (("TRUE", "FALSE"), (1, 0))
            ? new Datatype(Hdf5ElementType.Boolean, size)
            : underlying;
    }

    // Versions 1 and 2 fill each name up to a multiple of eight bytes.
    private static string EnumerationName(ByteCursor cursor, int version)
    {
        var start = cursor.Position;
        var name = cursor.ZeroTerminatedText();
        var length = cursor.Position - start;
        if (version < 3)
            cursor.Skip((8 - (length % 8)) % 8);
        return name;
    }

    private static Datatype VariableLength(ByteCursor cursor, int bits, long size)
    {
        if ((bits & 15) != 1)
            return Unsupported("variable-length sequence", size);
        var expected = 8 + cursor.Sizes.Address;
        return size == expected
            ? new Datatype(Hdf5ElementType.String, size) { IsVariableLength = true }
            : throw cursor.Error($"a variable-length text takes {expected} bytes, {size} found");
    }

    private static Datatype Array(ByteCursor cursor, int version, long size, int depth)
    {
        int rank = cursor.Byte();
        if (version < 3)
            cursor.Skip(3);
        var dimensions = ImmutableArray.CreateBuilder<long>(rank);
        for (var i = 0; i < rank; i++)
            dimensions.Add(cursor.UInt32());
        if (version < 3)
            cursor.Skip(4L * rank);
        var element = Read(cursor, depth + 1);
        var axes = dimensions.ToImmutable().AddRange(element.ArrayDimensions);
        var count = Dataspace.CountOf(axes);
        return count is > 0 && size / count == element.ScalarSizeInBytes && size % count == 0
            ? element with { SizeInBytes = size, ArrayDimensions = axes }
            : throw cursor.Error($"an array of {size} bytes does not hold the shape ({string.Join(", ", axes)})");
    }

    private static StringPadding PaddingOf(ByteCursor cursor, int padding) =>
        padding is >= 0 and <= 2
            ? (StringPadding)padding
            : throw cursor.Error($"padding {padding} of {Structure} is not known");
}
