using Functional.Hdf5.Writing;

namespace Functional.Hdf5;

/// <summary>A group to be written.</summary>
public sealed class Hdf5GroupBuilder : Hdf5ObjectBuilder
{
    internal Hdf5GroupBuilder()
    {
    }

    internal Dictionary<string, Hdf5ObjectBuilder> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>The group at a path; it and the groups on the way are added where they are missing.</summary>
    /// <param name="path">Names separated by slashes, relative to this group.</param>
    /// <returns>The group.</returns>
    /// <exception cref="ArgumentException">A name on the path is that of a dataset.</exception>
    public Hdf5GroupBuilder AddGroup(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var group = this;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            group = group.Subgroup(name, path);
        return group;
    }

    /// <summary>Adds a dataset of numbers or truth values.</summary>
    /// <typeparam name="T">A number type of .NET up to 64 bits, or bool.</typeparam>
    /// <param name="path">Its path relative to this group; groups on the way are added where they are missing.</param>
    /// <param name="shape">The length of each axis; none for a scalar.</param>
    /// <param name="values">The elements, last axis fastest; they must not change before they are written.</param>
    /// <returns>The dataset, for its attributes.</returns>
    /// <exception cref="ArgumentException">Shape and elements disagree, or the path is taken.</exception>
    public Hdf5DatasetBuilder AddDataset<T>(string path, ReadOnlySpan<long> shape, ReadOnlyMemory<T> values)
        where T : unmanaged => Add(path, Numbers(shape, values));

    /// <summary>Adds a dataset of texts.</summary>
    /// <param name="path">Its path relative to this group; groups on the way are added where they are missing.</param>
    /// <param name="shape">The length of each axis; none for a scalar.</param>
    /// <param name="texts">The elements, last axis fastest.</param>
    /// <param name="storage">How they are stored.</param>
    /// <returns>The dataset, for its attributes.</returns>
    /// <exception cref="ArgumentException">Shape and elements disagree, or the path is taken.</exception>
    public Hdf5DatasetBuilder AddDataset(
        string path,
        ReadOnlySpan<long> shape,
        IReadOnlyList<string> texts,
        Hdf5TextStorage storage = Hdf5TextStorage.VariableLength) => Add(path, Texts(shape, texts, storage));

    private Hdf5DatasetBuilder Add(string path, WrittenValue value)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var slash = path.LastIndexOf('/');
        var parent = AddGroup(path[..Math.Max(0, slash)]);
        var name = path[(slash + 1)..];
        CheckMemberName(name);
        var dataset = new Hdf5DatasetBuilder(value);
        return parent.Members.TryAdd(name, dataset)
            ? dataset
            : throw new ArgumentException($"There is a '{path}' already.", nameof(path));
    }

    private Hdf5GroupBuilder Subgroup(string name, string path)
    {
        if (!Members.TryGetValue(name, out var member))
        {
            CheckMemberName(name);
            Members.Add(name, member = new Hdf5GroupBuilder());
        }

        return member as Hdf5GroupBuilder
            ?? throw new ArgumentException($"'{name}' is a dataset, so '{path}' cannot be a group.", nameof(path));
    }

    private static void CheckMemberName(string name)
    {
        CheckName(name);
        if (name == ".")
            throw new ArgumentException("'.' cannot be the name of a member.", nameof(name));
    }
}
