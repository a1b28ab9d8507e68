namespace Functional.Hdf5.Tests;

/// <summary>A path for a file that is deleted at the end of a test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public string Path { get; } =
        System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"functional-{Guid.NewGuid():N}.h5");

    public void Dispose() => File.Delete(Path);
}
