namespace Functional.Keras;

/// <summary>
/// What is wrong with a model file: thrown for any file that is damaged, hostile, over a limit of
/// <see cref="LoadOptions"/>, or that holds what cannot be read.
/// </summary>
public sealed class ModelFileException : Exception
{
    /// <summary>Describes a problem of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">What was expected and what was found.</param>
    /// <param name="cause">The exception of the reader that failed, if there was one.</param>
    public ModelFileException(string path, string problem, Exception? cause = null)
        : base($"'{path}': {problem}", cause) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Whether an exception comes from the content of a file, and not from the disk or from the machine.</summary>
    internal static bool IsAboutContent(Exception failure) =>
        failure is not (ModelFileException or IOException or UnauthorizedAccessException or OutOfMemoryException
            or OperationCanceledException)
        || failure is EndOfStreamException;

    /// <summary>Reads; what is wrong with the content becomes this exception.</summary>
    internal static T Reading<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (IsAboutContent(failure))
        {
            throw new ModelFileException(path, failure.Message, failure);
        }
    }
}
