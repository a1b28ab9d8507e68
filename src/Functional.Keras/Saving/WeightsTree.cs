using Functional.Hdf5;

namespace Functional.Keras;

/// <summary>
/// The datasets of a weights file by the paths of Keras 3. TensorFlow's Keras wrote backslashes on Windows, kept layers under
/// "_layer_checkpoint_dependencies", counted some layers twice, so that numbers are missing ("dense", "dense_2"), and has
/// underscores before some names.
/// </summary>
internal sealed class WeightsTree
{
    private const string Layers = "layers";

    private readonly Dictionary<string, WeightsTree> children = new(StringComparer.Ordinal);
    private Hdf5Dataset? dataset;

    private WeightsTree()
    {
    }

    private bool HasData => dataset is not null || children.Values.Any(child => child.HasData);

    internal static WeightsTree Of(Hdf5Group root)
    {
        var tree = new WeightsTree();
        tree.Add(root, []);
        tree.Renumber();
        return tree;
    }

    /// <summary>The dataset at a path, or null.</summary>
    internal Hdf5Dataset? Find(string path)
    {
        var place = this;
        foreach (var name in path.Split('/'))
        {
            if (place.children.TryGetValue(name, out var child) || place.children.TryGetValue($"_{name}", out child))
                place = child;
            else
                return null;
        }

        return place.dataset;
    }

    private void Add(Hdf5Group group, string[] path)
    {
        foreach (var (name, inner) in group.Groups)
            Add(inner, [.. path, .. Parts(name)]);
        foreach (var (name, inner) in group.Datasets)
        {
            var place = this;
            foreach (var part in path.Concat(Parts(name)))
            {
                if (!place.children.TryGetValue(part, out var child))
                    place.children[part] = child = new WeightsTree();
                place = child;
            }

            place.dataset = inner;
        }
    }

    private static string[] Parts(string name) =>
        Array.ConvertAll(name.Split('\\'), part => part == "_layer_checkpoint_dependencies" ? Layers : part);

    /// <summary>Layers of one class get the numbers that follow each other.</summary>
    private void Renumber()
    {
        foreach (var child in children.Values)
            child.Renumber();
        if (!children.TryGetValue(Layers, out var layers))
            return;
        var groups = layers.children
            .Where(layer => layer.Value.HasData)
            .Select(layer => (Stem: Stem(layer.Key, out var number), Number: number, layer.Value))
            .GroupBy(layer => layer.Stem)
            .ToArray();
        layers.children.Clear();
        foreach (var group in groups)
        {
            foreach (var (index, layer) in group.OrderBy(layer => layer.Number).Index())
                layers.children[index == 0 ? group.Key : $"{group.Key}_{index}"] = layer.Value;
        }
    }

    /// <summary>"dense" and 2 for "dense_2".</summary>
    private static string Stem(string name, out int number)
    {
        var end = name.LastIndexOf('_');
        return end > 0 && int.TryParse(name.AsSpan(end + 1), out number) ? name[..end] : Unnumbered(name, out number);
    }

    private static string Unnumbered(string name, out int number)
    {
        number = 0;
        return name;
    }
}
