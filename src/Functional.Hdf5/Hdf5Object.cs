using System.Collections.ObjectModel;

namespace Functional.Hdf5;

/// <summary>A group or a dataset: what has a path and attributes.</summary>
public abstract class Hdf5Object
{
    private protected Hdf5Object(string path, IDictionary<string, Hdf5Attribute> attributes)
    {
        Path = path;
        Attributes = new ReadOnlyDictionary<string, Hdf5Attribute>(attributes);
    }

    /// <summary>Where it is, such as <c>/model_weights/dense</c>; <c>/</c> for the root.</summary>
    public string Path { get; }

    /// <summary>The last part of its path; empty for the root.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>Its attributes by name, in the order of their names.</summary>
    public IReadOnlyDictionary<string, Hdf5Attribute> Attributes { get; }

    /// <summary>Its kind and path.</summary>
    /// <returns>Such as <c>Hdf5Group /model_weights</c>.</returns>
    public override string ToString() => $"{GetType().Name} {Path}";
}
