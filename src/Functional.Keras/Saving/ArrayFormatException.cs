namespace Functional.Keras;

/// <summary>
/// What is wrong with the bytes of an array file (.npy, .npz, .safetensors): thrown for any file that is damaged,
/// hostile, over a limit, or that holds what cannot be read.
/// </summary>
public sealed class ArrayFormatException : Exception
{
    /// <summary>Describes a problem of a file.</summary>
    /// <param name="format">The kind of file, such as "npy".</param>
    /// <param name="problem">What was expected and what was found.</param>
    /// <param name="cause">The exception of the decoder that failed, if there was one.</param>
    public ArrayFormatException(string format, string problem, Exception? cause = null)
        : base($"{format}: {problem}", cause) => Format = format;

    /// <summary>The kind of file, such as "npy".</summary>
    public string Format { get; }
}
