using System.Formats.Tar;
using System.IO.Compression;

namespace Functional.Conformance;

/// <summary>The files that Keras 3.3.3 wrote, by "case/file", byte for byte.</summary>
internal sealed class FixtureFiles
{
    private readonly Dictionary<string, byte[]> files = new(StringComparer.Ordinal);

    private FixtureFiles(string resource)
    {
        using var packed = typeof(FixtureFiles).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The resource {resource} is missing.");
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        using var archive = new TarReader(unpacked);
        while (archive.GetNextEntry() is { } entry)
        {
            using var content = new MemoryStream();
            entry.DataStream?.CopyTo(content);
            files.Add(entry.Name, content.ToArray());
        }
    }

    /// <summary>model.keras of every layer case.</summary>
    public static FixtureFiles Layers { get; } = new("layers.tar.gz");

    /// <summary>All files of every model, but for its summaries.</summary>
    public static FixtureFiles Models { get; } = new("models.tar.gz");

    /// <summary>The cases in the order of their names.</summary>
    public IReadOnlyList<string> Cases => [.. files.Keys.Select(name => name.Split('/')[0]).Distinct().Order(StringComparer.Ordinal)];

    public bool Has(string name, string file) => files.ContainsKey($"{name}/{file}");

    public byte[] Read(string name, string file) => files[$"{name}/{file}"];

    /// <summary>A file on disk, for as long as a function works with it.</summary>
    public T OnDisk<T>(string name, string file, Func<string, T> use)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File(file);
        File.WriteAllBytes(path, Read(name, file));
        return use(path);
    }
}
