using Functional.Hdf5;
using Functional.Kernels.Memory;
using Functional.Runtime.Interop;

namespace Functional.Keras;

/// <summary>Between datasets of HDF5 files and tensors.</summary>
internal static class StoredWeights
{
    /// <summary>The value of a weight. Raises ArgumentException when the dataset has another shape.</summary>
    internal static HostTensor Read(Hdf5Dataset dataset, WeightDescription weight, ElementKind floating)
    {
        if (!HasShape(dataset, weight))
        {
            throw new ArgumentException(
                $"Weight '{weight.Path}' has shape {Shape.FromInts(weight.Shape)}, but '{dataset.Path}' has shape "
                + $"({string.Join(", ", dataset.Shape)}).");
        }

        return Read(dataset, weight.ElementType is ElementKind.Float32 ? floating : weight.ElementType);
    }

    /// <summary>The value of a weight that came from an older form. Raises ArgumentException when it has another shape.</summary>
    internal static HostTensor Value(OldWeight stored, WeightDescription weight, ElementKind floating)
    {
        if (!stored.Shape.SequenceEqual(weight.Shape))
        {
            throw new ArgumentException(
                $"Weight '{weight.Path}' has shape {Shape.FromInts(weight.Shape)}, but the file has shape "
                + $"{Shape.FromInts(stored.Shape)} for it.");
        }

        var kind = weight.ElementType is ElementKind.Float32 ? floating : weight.ElementType;
        return HostTensorConversion.Cast(HostTensor.Create<double>(stored.Shape, stored.Values), kind);
    }

    internal static bool HasShape(Hdf5Dataset dataset, WeightDescription weight) =>
        dataset.Shape.SequenceEqual(weight.Shape.Select(length => (long)length));

    /// <summary>A dataset in the type that comes nearest.</summary>
    internal static HostTensor Read(Hdf5Dataset dataset) => Read(dataset, dataset.ElementType switch
    {
        Hdf5ElementType.Boolean => ElementKind.Bool,
        Hdf5ElementType.Float16 or Hdf5ElementType.Float32 => ElementKind.Float32,
        Hdf5ElementType.Float64 => ElementKind.Float64,
        _ => ElementKind.Int32,
    });

    internal static void Write(Hdf5GroupBuilder group, string path, HostTensor value)
    {
        var shape = value.Shape.ToArray().Select(length => (long)length).ToArray();
        switch (value.Kind)
        {
            case ElementKind.Float32: group.AddDataset<float>(path, shape, value.AsSpan<float>().ToArray()); break;
            case ElementKind.Float64: group.AddDataset<double>(path, shape, value.AsSpan<double>().ToArray()); break;
            case ElementKind.Int32: group.AddDataset<int>(path, shape, value.AsSpan<int>().ToArray()); break;
            default: group.AddDataset<bool>(path, shape, value.AsSpan<bool>().ToArray()); break;
        }
    }

    private static HostTensor Read(Hdf5Dataset dataset, ElementKind kind)
    {
        var shape = dataset.Shape.Select(length => checked((int)length)).ToArray();
        return kind switch
        {
            ElementKind.Float32 => HostTensor.Create<float>(shape, dataset.ReadAs<float>()),
            ElementKind.Float64 => HostTensor.Create<double>(shape, dataset.ReadAs<double>()),
            ElementKind.Int32 => HostTensor.Create<int>(shape, dataset.ReadAs<int>()),
            _ => HostTensor.Create<bool>(shape, Array.ConvertAll(dataset.ReadAs<byte>(), value => value != 0)),
        };
    }
}
