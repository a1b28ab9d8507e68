namespace Functional.Hdf5;

/// <summary>How text is written.</summary>
public enum Hdf5TextStorage
{
    /// <summary>UTF-8 of any length, kept apart from the elements; what h5py does with Python strings.</summary>
    VariableLength,

    /// <summary>UTF-8 in elements as long as the longest text; what h5py does with arrays of bytes.</summary>
    FixedLength,
}
