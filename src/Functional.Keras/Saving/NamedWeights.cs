using System.Globalization;
using System.IO.Compression;
using Functional.Kernels.Memory;
using Functional.Runtime.Interop;

namespace Functional.Keras;

/// <summary>Weights from arrays with names: .npz and .safetensors files.</summary>
internal static class NamedWeights
{
    private const string Unnamed = "arr_";

    /// <summary>Whether a zip archive is one of arrays.</summary>
    internal static bool IsNpz(string path)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            return archive.Entries.Count > 0
                && archive.Entries.All(entry => entry.FullName.EndsWith(".npy", StringComparison.Ordinal));
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Replaces the weights by the arrays of their paths, all at once.</summary>
    internal static void Read(string path, LoadOptions options, ModelStructure structure, bool byName, bool skipMismatch)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        var limit = options.LimitInBytes(stream.Length);
        IReadOnlyList<StoredArray> arrays = ModelFileFormats.Of(path) == ModelFileFormat.Zip
            ? Npz.Read(stream, limit)
            : Safetensors.Read(stream, limit).Arrays;
        var weights = structure.Weights;
        var found = InOrder(arrays, weights) ?? ByName(arrays, weights);
        var values = structure.Values().ToArray();
        for (var index = 0; index < weights.Length; index++)
        {
            var (weight, array) = (weights[index], found[index]);
            if (array is null && (byName || skipMismatch))
                continue;
            if (array is null)
            {
                throw new ArgumentException(
                    $"There is no array for weight '{weight.Path}'; there are: {Names(arrays)}. byName: true leaves weights "
                    + "without an array as they are.");
            }

            if (array.Shape.SequenceEqual(weight.Shape.Select(length => (long)length)))
                values[index] = Value(array, weight, structure.ElementType);
            else if (!skipMismatch)
            {
                throw new ArgumentException(
                    $"Weight '{weight.Path}' has shape {Shape.FromInts(weight.Shape)}, but array '{array.Name}' has shape "
                    + $"({string.Join(", ", array.Shape)}).");
            }
        }

        var unused = arrays.Except(found.OfType<StoredArray>()).ToArray();
        if (unused.Length > 0 && !byName && !skipMismatch)
        {
            throw new ArgumentException(
                $"No weight of the model is named like these arrays: {Names(unused)}. byName: true leaves them out.");
        }

        structure.Replace(values);
    }

    /// <summary>Arrays without names of their own, as NumPy's savez(file, *weights) makes them.</summary>
    private static StoredArray?[]? InOrder(IReadOnlyList<StoredArray> arrays, WeightDescription[] weights)
    {
        if (!arrays.All(array => array.Name.StartsWith(Unnamed, StringComparison.Ordinal)
            && int.TryParse(array.Name.AsSpan(Unnamed.Length), NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            return null;
        }

        var inOrder = arrays
            .OrderBy(array => int.Parse(array.Name.AsSpan(Unnamed.Length), CultureInfo.InvariantCulture))
            .ToArray();
        return inOrder.Length == weights.Length
            ? inOrder
            : throw new ArgumentException($"The model has {weights.Length} weights, but the file has {inOrder.Length} arrays.");
    }

    private static StoredArray?[] ByName(IReadOnlyList<StoredArray> arrays, WeightDescription[] weights)
    {
        var named = new Dictionary<string, StoredArray>(StringComparer.Ordinal);
        foreach (var array in arrays)
        {
            if (!named.TryAdd(Plain(array.Name), array))
                throw new ArgumentException($"Two arrays are named '{array.Name}'.");
        }

        return Array.ConvertAll(weights, weight => named.GetValueOrDefault(Plain(weight.Path)));
    }

    /// <summary>"dense/kernel" for "dense.kernel" and "dense/kernel:0".</summary>
    private static string Plain(string name) => name.Split(':')[0].Replace('.', '/');

    private static string Names(IReadOnlyList<StoredArray> arrays) =>
        string.Join(", ", arrays.Take(8).Select(array => $"'{array.Name}'")) + (arrays.Count > 8 ? ", ..." : string.Empty);

    private static HostTensor Value(StoredArray array, WeightDescription weight, ElementKind floating) =>
        (weight.ElementType is ElementKind.Float32 ? floating : weight.ElementType) switch
        {
            ElementKind.Float32 => HostTensor.Create<float>(weight.Shape, array.ReadAs<float>()),
            ElementKind.Float64 => HostTensor.Create<double>(weight.Shape, array.ReadAs<double>()),
            ElementKind.Int32 => HostTensor.Create<int>(weight.Shape, array.ReadAs<int>()),
            _ => HostTensor.Create<bool>(weight.Shape, Array.ConvertAll(array.ReadAs<byte>(), value => value != 0)),
        };
}
