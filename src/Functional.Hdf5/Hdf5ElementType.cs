namespace Functional.Hdf5;

/// <summary>What the elements of a dataset or attribute are, whatever byte order the file has them in.</summary>
public enum Hdf5ElementType
{
    /// <summary>A type this library lists but does not read: compound, reference, opaque, time and the like.</summary>
    Unsupported,

    /// <summary>True or false, stored as h5py does: an enumeration of one byte with the names FALSE and TRUE.</summary>
    Boolean,

    /// <summary>A signed integer of 8 bits.</summary>
    Int8,

    /// <summary>A signed integer of 16 bits.</summary>
    Int16,

    /// <summary>A signed integer of 32 bits.</summary>
    Int32,

    /// <summary>A signed integer of 64 bits.</summary>
    Int64,

    /// <summary>An unsigned integer of 8 bits.</summary>
    UInt8,

    /// <summary>An unsigned integer of 16 bits.</summary>
    UInt16,

    /// <summary>An unsigned integer of 32 bits.</summary>
    UInt32,

    /// <summary>An unsigned integer of 64 bits.</summary>
    UInt64,

    /// <summary>An IEEE 754 number of 16 bits.</summary>
    Float16,

    /// <summary>An IEEE 754 number of 32 bits.</summary>
    Float32,

    /// <summary>An IEEE 754 number of 64 bits.</summary>
    Float64,

    /// <summary>Text of fixed or variable length, ASCII or UTF-8.</summary>
    String,
}
