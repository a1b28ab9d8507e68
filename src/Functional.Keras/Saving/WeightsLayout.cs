using Functional.Runtime.Interop;
using CoreModel = Functional.Core.Layers.Model;

namespace Functional.Keras;

/// <summary>
/// Where the weights of a model are in a weights file of Keras 3: groups "layers/dense", "layers/dense_1" by the classes
/// of the layers in their order, and within them datasets "vars/0", "vars/1".
/// </summary>
internal sealed class WeightsLayout
{
    private readonly Dictionary<WeightKey, int> positions = [];
    private readonly HashSet<LayerInstance> visited = [];
    private readonly List<string> groups = [];
    private readonly string[][] places;

    private WeightsLayout(ModelStructure structure)
    {
        places = [.. structure.Keys.Select(_ => Array.Empty<string>())];
        for (var index = 0; index < structure.Keys.Length; index++)
            positions[structure.Keys[index]] = index;
        AddModel(structure.Core, string.Empty);
    }

    /// <summary>All groups, also those without datasets.</summary>
    internal IReadOnlyList<string> Groups => groups;

    /// <summary>For every weight of the model in order the datasets that hold it; the first one counts.</summary>
    internal IReadOnlyList<IReadOnlyList<string>> Places => places;

    internal static WeightsLayout Of(ModelStructure structure) => new(structure);

    private void AddModel(CoreModel model, string prefix)
    {
        groups.Add($"{prefix}vars");
        var isSequential = ModelInterop.ClassName(model) == "Sequential";
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var layer in ModelInterop.Layers(model))
        {
            // A Sequential model does not list its input among its layers, and no model its operations.
            if ((isSequential && LayerInterop.IsInput(layer)) || LayerInterop.IsOperation(layer))
                continue;
            var stem = SavingInterop.SnakeCase(LayerInterop.ClassName(layer));
            var count = counts.GetValueOrDefault(stem);
            counts[stem] = count + 1;
            var group = count == 0 ? $"{prefix}layers/{stem}/" : $"{prefix}layers/{stem}_{count}/";
            var instance = LayerInstance.Of(layer);
            if (!visited.Add(instance))
                continue;
            if (SavingInterop.IsModel(layer))
                AddModel(SavingInterop.NestedModel(layer), group);
            else
                AddLayer(instance, group);
        }
    }

    private void AddLayer(LayerInstance layer, string group)
    {
        groups.Add($"{group}vars");
        var names = layer.WeightDescriptions.Select(weight => weight.Name).ToArray();
        var found = LayerWeightPlaces.Of(layer.ClassName, layer.Config, names);
        for (var index = 0; index < found.Length; index++)
        {
            places[positions[new WeightKey(layer, index)]] = [.. found[index].Select(place => group + place)];
            foreach (var place in found[index])
                AddOwners(group, place);
        }
    }

    /// <summary>The layers on the way to a weight have groups for weights of their own.</summary>
    private void AddOwners(string group, string place)
    {
        var segments = place.Split('/')[..^2];
        for (var length = 1; length <= segments.Length; length++)
        {
            if (segments[length - 1] != "cells")
                groups.Add($"{group}{string.Join('/', segments[..length])}/vars");
        }
    }
}
