namespace Functional.Hdf5.Format;

/// <summary>
/// How text of fixed length is filled up. HDF5 File Format Specification version 3.0, section IV.A.2.d, The Datatype
/// Message, under class 3.
/// </summary>
internal enum StringPadding
{
    /// <summary>It ends at the first zero byte.</summary>
    ZeroTerminated = 0,

    /// <summary>Zero bytes follow it.</summary>
    Zeros = 1,

    /// <summary>Spaces follow it.</summary>
    Spaces = 2,
}
