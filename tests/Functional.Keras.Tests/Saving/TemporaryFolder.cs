namespace Functional.Keras.Tests;

/// <summary>A folder of this test's own, which goes when the test does.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("functional-");

    public string File(string name) => Path.Combine(folder.FullName, name);

    public string[] Names => [.. folder.GetFileSystemInfos().Select(entry => entry.Name).Order(StringComparer.Ordinal)];

    public void Dispose() => folder.Delete(recursive: true);
}
