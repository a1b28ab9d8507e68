using Functional.Hdf5.Writing;

namespace Functional.Hdf5;

/// <summary>
/// A file to be written: a tree of groups, datasets and attributes in memory. Written files have superblock 2 and
/// new-style groups, which HDF5 1.8 and everything later reads.
/// </summary>
/// <example>
/// <code>
/// var file = new Hdf5FileBuilder();
/// file.Root.SetAttribute("backend", "functional");
/// file.Root.AddGroup("layers").AddDataset&lt;float&gt;("kernel", [2, 3], new float[6]);
/// file.Write("weights.h5");
/// </code>
/// </example>
public sealed class Hdf5FileBuilder
{
    /// <summary>The group that contains everything.</summary>
    public Hdf5GroupBuilder Root { get; } = new();

    /// <summary>Writes the file to a new or overwritten file on disk.</summary>
    /// <param name="path">Its path.</param>
    public void Write(string path)
    {
        using var stream = File.Create(path);
        Write(stream);
    }

    /// <summary>Writes the file to a stream, from its start to its end, without seeking.</summary>
    /// <param name="stream">The stream, which is left open.</param>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        FileWriter.Write(stream, Root);
    }
}
