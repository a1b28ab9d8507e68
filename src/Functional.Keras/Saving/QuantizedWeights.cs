using System.Globalization;
using Functional.Hdf5;
using Functional.Kernels.Memory;
using Functional.Runtime.Interop;

namespace Functional.Keras;

/// <summary>
/// Weights that Keras keeps in eight bits, with the factors by which they were multiplied after the other weights of their
/// layer: one factor for every output of a Dense or EinsumDense, or for every row of an Embedding.
/// </summary>
internal static class QuantizedWeights
{
    internal static bool IsQuantized(Hdf5Dataset dataset, WeightDescription weight) =>
        dataset.ElementType == Hdf5ElementType.Int8 && weight.ElementType is ElementKind.Float32 or ElementKind.Float64;

    /// <summary>The weight in floating numbers.</summary>
    internal static HostTensor Read(
        Hdf5Dataset dataset, Hdf5Group root, string place, WeightDescription weight, ElementKind floating)
    {
        var layer = LayerInstance.Of(weight.Layer);
        var owner = place[..(place.LastIndexOf('/') + 1)];
        var scalePlace = owner + layer.WeightDescriptions.Count.ToString(CultureInfo.InvariantCulture);
        var scale = root.Find(scalePlace) as Hdf5Dataset
            ?? throw new ArgumentException($"Weight '{weight.Path}' has eight bits, but there are no factors '{scalePlace}'.");
        if (!StoredWeights.HasShape(dataset, weight))
            return StoredWeights.Read(dataset, weight, floating);
        var factors = scale.ReadAs<double>();
        var factorOf = Factors(layer, weight.Shape, factors.Length);
        var numbers = new OldWeight(weight.Shape, dataset.ReadAs<double>());
        var index = new int[weight.Shape.Length];
        var values = new double[numbers.Values.Length];
        for (var position = 0; position < values.Length; position++)
        {
            var rest = position;
            for (var axis = index.Length - 1; axis >= 0; axis--)
            {
                index[axis] = rest % weight.Shape[axis];
                rest /= weight.Shape[axis];
            }

            values[position] = numbers.Values[position] / factors[factorOf(index)];
        }

        return StoredWeights.Value(new OldWeight(weight.Shape, values), weight, floating);
    }

    /// <summary>Which factor belongs to an element.</summary>
    private static Func<int[], int> Factors(LayerInstance layer, int[] shape, int count)
    {
        int[] axes = layer.ClassName switch
        {
            "Embedding" => [0],
            "EinsumDense" => Kept(layer.Config["equation"]?.ToString() ?? string.Empty),
            _ => [shape.Length - 1],
        };
        var expected = axes.Aggregate(1, (product, axis) => product * shape[axis]);
        if (expected != count)
            throw new ArgumentException($"Layer '{layer.Name}' needs {expected} factors for its weights, but there are {count}.");
        return index => axes.Aggregate(0, (offset, axis) => (offset * shape[axis]) + index[axis]);
    }

    /// <summary>The axes of the kernel that the result keeps, in the order of the result: "ab,bc->ac" keeps c.</summary>
    private static int[] Kept(string equation)
    {
        var parts = equation.Replace("...", string.Empty, StringComparison.Ordinal).Split(",", 2);
        var kernel = parts[^1].Split("->", 2);
        return [.. kernel[^1].Where(letter => kernel[0].Contains(letter)).Select(letter => kernel[0].IndexOf(letter))];
    }
}
