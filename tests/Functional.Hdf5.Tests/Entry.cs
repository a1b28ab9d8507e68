using System.Runtime.InteropServices;

namespace Functional.Hdf5.Tests;

/// <summary>A dataset, or an attribute of a group, of a random tree: how to write it and how it is listed.</summary>
/// <param name="Path">The path of the dataset, or of the group that has the attribute.</param>
/// <param name="AttributeName">The name of the attribute; null for a dataset.</param>
/// <param name="Description">What the elements are, for a failing property.</param>
/// <param name="AddDataset">Adds a dataset with these elements.</param>
/// <param name="SetAttribute">Sets an attribute to these elements.</param>
/// <param name="Line">The line of a listing for a kind and path.</param>
internal sealed record Entry(
    string Path,
    string? AttributeName,
    string Description,
    Action<Hdf5GroupBuilder, string> AddDataset,
    Action<Hdf5ObjectBuilder, string> SetAttribute,
    Func<string, string, string> Line)
{
    public override string ToString() => $"{Path} {AttributeName} {Description}";

    public static Entry Numbers<T>(string path, string? attribute, Hdf5ElementType type, long[] shape, T[] values)
        where T : unmanaged => new(
            path,
            attribute,
            $"{type} ({string.Join(",", shape)})",
            (root, name) => root.AddDataset<T>(name, shape, values),
            (owner, name) => owner.SetAttribute<T>(name, shape, values),
            (kind, name) => Listing.Line(kind, name, false, type, shape, () =>
                Convert.ToHexStringLower(MemoryMarshal.AsBytes(values.AsSpan()))));

    public static Entry Texts(string path, string? attribute, long[] shape, string[] texts, Hdf5TextStorage storage) =>
        new(
            path,
            attribute,
            $"{storage} ({string.Join(",", shape)}) {string.Join(",", texts)}",
            (root, name) => root.AddDataset(name, shape, texts, storage),
            (owner, name) => owner.SetAttribute(name, shape, texts, storage),
            (kind, name) =>
                Listing.Line(kind, name, false, Hdf5ElementType.String, shape, () => Listing.Texts(texts)));
}
