namespace Functional.Hdf5;

/// <summary>
/// What is wrong with the bytes of a file: thrown for any file that is damaged, hostile, over a limit of
/// <see cref="Hdf5Options"/>, or that uses a part of HDF5 this library does not read.
/// </summary>
public sealed class Hdf5FormatException : Exception
{
    /// <summary>Describes a problem in one structure of a file.</summary>
    /// <param name="structure">The structure in which the problem was found, such as "object header".</param>
    /// <param name="offset">Where that structure, or the field at fault, is, in bytes from the file's start.</param>
    /// <param name="problem">What was expected and what was found.</param>
    /// <param name="cause">The exception of the decoder that failed, if there was one.</param>
    public Hdf5FormatException(string structure, long offset, string problem, Exception? cause = null)
        : base($"HDF5 {structure} at offset {offset}: {problem}", cause)
    {
        Structure = structure;
        Offset = offset;
    }

    /// <summary>The structure in which the problem was found.</summary>
    public string Structure { get; }

    /// <summary>Where in the file the problem was found, in bytes from its start.</summary>
    public long Offset { get; }
}
