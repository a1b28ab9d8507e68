using System.Collections.Immutable;
using System.Globalization;
using Functional.Hdf5;
using Functional.Kernels.Memory;

namespace Functional.Keras;

/// <summary>
/// Weights and optimizer state as Keras 3 keeps them: model.weights.h5 in .keras files, and .weights.h5 files
/// (keras/src/saving/saving_lib.py).
/// </summary>
internal static class WeightsFile
{
    private const string OptimizerGroup = "optimizer/vars";

    /// <summary>The values that a file has for all weights of a model, in order.</summary>
    internal static HostTensor[] ReadWeights(Hdf5Group root, ModelStructure structure, bool skipMismatch = false)
    {
        var layout = WeightsLayout.Of(structure);
        var tree = new Lazy<WeightsTree>(() => WeightsTree.Of(root));
        var present = skipMismatch ? structure.Values() : [];
        var values = new HostTensor[structure.Keys.Length];
        for (var index = 0; index < values.Length; index++)
        {
            var weight = structure.Weights[index];
            if (layout.Places[index] is not [var place, ..])
            {
                values[index] = structure.Values()[index];
                continue;
            }

            var dataset = root.Find(place) as Hdf5Dataset ?? tree.Value.Find(place);
            if (skipMismatch && (dataset is null || !StoredWeights.HasShape(dataset, weight)))
            {
                values[index] = present[index];
                continue;
            }

            values[index] = dataset is null
                ? throw new ArgumentException($"Weight '{weight.Path}' is missing: there is no '{place}'.")
                : QuantizedWeights.IsQuantized(dataset, weight)
                    ? QuantizedWeights.Read(dataset, root, place, weight, structure.ElementType)
                    : StoredWeights.Read(dataset, weight, structure.ElementType);
        }

        return values;
    }

    /// <summary>The state of the optimizer; null where the file has none.</summary>
    internal static OptimizerState? ReadOptimizer(Hdf5Group root, bool hasLearningRate)
    {
        if (root.Find(OptimizerGroup) is not Hdf5Group group)
            return null;
        var variables = new List<Hdf5Dataset>();
        while (group.Datasets.TryGetValue(Number(variables.Count), out var dataset))
            variables.Add(dataset);
        return State(variables, hasLearningRate);
    }

    /// <summary>Steps, learning rate and slots from Keras's optimizer variables in order.</summary>
    internal static OptimizerState? State(IReadOnlyList<Hdf5Dataset> variables, bool hasLearningRate)
    {
        if (variables.Count == 0)
            return null;
        var start = hasLearningRate && variables.Count > 1 && variables[1].Shape.IsEmpty ? 2 : 1;
        return new OptimizerState(
            Single<int>(variables[0]),
            start == 2 ? Single<float>(variables[1]) : null,
            [.. variables.Skip(start).Select(StoredWeights.Read)]);
    }

    /// <summary>Writes weights and optimizer state, which are of one moment.</summary>
    internal static void Write(
        Hdf5GroupBuilder root,
        ModelStructure structure,
        ImmutableDictionary<WeightKey, HostTensor> weights,
        OptimizerState? optimizer)
    {
        var layout = WeightsLayout.Of(structure);
        foreach (var group in layout.Groups)
            root.AddGroup(group);
        for (var index = 0; index < structure.Keys.Length; index++)
        {
            var value = HostTensorConversion.CastFloating(weights[structure.Keys[index]], structure.ElementType);
            foreach (var place in layout.Places[index])
                StoredWeights.Write(root, place, value);
        }

        if (optimizer is null)
            return;
        var variables = Variables(optimizer);
        for (var index = 0; index < variables.Length; index++)
            StoredWeights.Write(root, $"{OptimizerGroup}/{Number(index)}", variables[index]);
    }

    /// <summary>Keras's optimizer variables in order.</summary>
    internal static HostTensor[] Variables(OptimizerState optimizer) =>
    [
        HostTensor.Create<int>([], [optimizer.Steps]),
        .. optimizer.LearningRate is { } rate ? new[] { HostTensor.Create<float>([], [(float)rate]) } : [],
        .. optimizer.Slots,
    ];

    private static string Number(int index) => index.ToString(CultureInfo.InvariantCulture);

    private static T Single<T>(Hdf5Dataset dataset)
        where T : unmanaged, System.Numerics.INumberBase<T> => dataset.Count == 1
        ? dataset.ReadAs<T>()[0]
        : throw new ArgumentException($"'{dataset.Path}' must be one number, but has {dataset.Count}.");
}
