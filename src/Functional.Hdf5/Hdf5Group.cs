using System.Collections.ObjectModel;

namespace Functional.Hdf5;

/// <summary>A group: named groups and datasets, and attributes.</summary>
public sealed class Hdf5Group : Hdf5Object
{
    internal Hdf5Group(
        string path,
        IDictionary<string, Hdf5Attribute> attributes,
        IDictionary<string, Hdf5Group> groups,
        IDictionary<string, Hdf5Dataset> datasets)
        : base(path, attributes)
    {
        Groups = new ReadOnlyDictionary<string, Hdf5Group>(groups);
        Datasets = new ReadOnlyDictionary<string, Hdf5Dataset>(datasets);
    }

    /// <summary>The groups directly within this one by name, in the order of their names.</summary>
    public IReadOnlyDictionary<string, Hdf5Group> Groups { get; }

    /// <summary>The datasets directly within this group by name, in the order of their names.</summary>
    public IReadOnlyDictionary<string, Hdf5Dataset> Datasets { get; }

    /// <summary>The group or dataset at a path.</summary>
    /// <param name="path">Names separated by slashes, relative to this group; a slash at the start is ignored.</param>
    /// <exception cref="KeyNotFoundException">There is nothing at that path.</exception>
    public Hdf5Object this[string path] =>
        Find(path) ?? throw new KeyNotFoundException($"There is no '{path}' in '{Path}'.");

    /// <summary>The group at a path.</summary>
    /// <param name="path">Names separated by slashes, relative to this group.</param>
    /// <returns>The group.</returns>
    /// <exception cref="KeyNotFoundException">There is no group at that path.</exception>
    public Hdf5Group Group(string path) =>
        Find(path) as Hdf5Group ?? throw new KeyNotFoundException($"There is no group '{path}' in '{Path}'.");

    /// <summary>The dataset at a path.</summary>
    /// <param name="path">Names separated by slashes, relative to this group.</param>
    /// <returns>The dataset.</returns>
    /// <exception cref="KeyNotFoundException">There is no dataset at that path.</exception>
    public Hdf5Dataset Dataset(string path) =>
        Find(path) as Hdf5Dataset ?? throw new KeyNotFoundException($"There is no dataset '{path}' in '{Path}'.");

    /// <summary>The group or dataset at a path, or null.</summary>
    /// <param name="path">Names separated by slashes, relative to this group; an empty path is this group.</param>
    /// <returns>What is there, or null.</returns>
    public Hdf5Object? Find(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        Hdf5Object found = this;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (found is not Hdf5Group group)
                return null;
            if (group.Groups.TryGetValue(name, out var subgroup))
                found = subgroup;
            else if (group.Datasets.TryGetValue(name, out var dataset))
                found = dataset;
            else
                return null;
        }

        return found;
    }

    /// <summary>All datasets in this group and the groups within it, parents before children.</summary>
    /// <returns>The datasets.</returns>
    public IEnumerable<Hdf5Dataset> AllDatasets() =>
        Datasets.Values.Concat(Groups.Values.SelectMany(group => group.AllDatasets()));
}
