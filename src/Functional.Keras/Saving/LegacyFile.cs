using System.Text.Json.Nodes;
using Functional.Hdf5;
using Functional.Kernels.Memory;
using Functional.Runtime.Interop;

namespace Functional.Keras;

/// <summary>
/// Whole-model .h5 files as Keras 2 wrote them and Keras 3 still does (keras/src/legacy/saving/legacy_h5_format.py):
/// attributes model_config and training_config, groups model_weights and optimizer_weights.
/// </summary>
internal static class LegacyFile
{
    internal const string WeightsGroup = "model_weights";
    internal const string OptimizerGroup = "optimizer_weights";
    internal const string LayerNames = "layer_names";
    internal const string WeightNames = "weight_names";

    /// <summary>What Keras does not save and does not look for.</summary>
    internal const string OwnAttribute = "functional";

    internal static Model Load(string path, bool compile) => ModelFileException.Reading(path, () =>
    {
        using var file = Hdf5File.Open(path);
        var model = ModelDescription.ToModel(Json(file.Root, "model_config")
            ?? throw new ArgumentException("This is no model file: it has no attribute 'model_config'."),
            Text(file.Root, "keras_version"));
        if (WeightsOf(file.Root) is { } weights)
            ReadWeights(weights, model.Structure, byName: false, skipMismatch: false);
        if (compile && Json(file.Root, "training_config") is { } training
            && training["optimizer_config"] is { } optimizer
            && CompileConfig.TryApply(training, optimizer, Json(file.Root, OwnAttribute)?[CompileConfig.Exclusions], model))
        {
            model.Resume(ReadOptimizer(file.Root, model));
        }

        return model;
    });

    internal static void Save(string path, Model model)
    {
        var file = LegacyFileWriter.Write(model);
        AtomicFile.Write(path, file.Write);
    }

    /// <summary>The group that holds weights by layer names; null in files of another kind.</summary>
    internal static Hdf5Group? WeightsOf(Hdf5Group root) =>
        root.Groups.TryGetValue(WeightsGroup, out var group) ? group
        : HasNames(root, LayerNames) ? root
        : null;

    /// <summary>Replaces the weights of layers by those of a file: in the order of the layers that have weights, or by
    /// the names of the layers.</summary>
    internal static void ReadWeights(Hdf5Group group, ModelStructure structure, bool byName, bool skipMismatch)
    {
        var table = structure.Table();
        var stored = Names(group, LayerNames)
            .Select(name => (Name: name, Group: group.Group(name)))
            .Select(layer => (layer.Name, Weights: Names(layer.Group, WeightNames).Select(layer.Group.Dataset).ToArray()))
            .Where(layer => layer.Weights.Length > 0)
            .ToArray();
        var layers = structure.Layers.Zip(structure.LayerNames)
            .Where(layer => layer.First.WeightDescriptions.Count > 0)
            .ToArray();
        if (!byName && stored.Length != layers.Length)
        {
            throw new ArgumentException(
                $"The file has weights of {stored.Length} layers, but the model has {layers.Length} layers with weights.");
        }

        for (var index = 0; index < layers.Length; index++)
        {
            var (layer, name) = layers[index];
            var source = byName ? Array.FindIndex(stored, entry => entry.Name == name) : index;
            if (source >= 0)
                ReadLayer(layer, name, stored[source].Weights, skipMismatch, structure.ElementType, ref table);
        }

        structure.Replace([.. structure.Keys.Select(key => table[key])]);
    }

    /// <summary>A layer's weights in the order of these files: those that are trained come first.</summary>
    internal static IEnumerable<WeightDescription> InOrder(LayerInstance layer) => layer.WeightDescriptions
        .OrderBy(weight => weight.IsTrainable && LayerInstance.Of(weight.Layer).Trainable ? 0 : 1);

    private static void ReadLayer(
        LayerInstance layer,
        string name,
        Hdf5Dataset[] stored,
        bool skipMismatch,
        ElementKind floating,
        ref System.Collections.Immutable.ImmutableDictionary<WeightKey, HostTensor> table)
    {
        var weights = InOrder(layer).ToArray();
        var fits = stored.Length == weights.Length && stored.Zip(weights).All(pair => StoredWeights.HasShape(pair.First, pair.Second));
        if (!fits && skipMismatch)
            return;
        if (stored.Length != weights.Length)
        {
            throw new ArgumentException(
                $"Layer '{name}' has {weights.Length} weights, but the file has {stored.Length} for it.");
        }

        foreach (var (dataset, weight) in stored.Zip(weights))
            table = table.SetItem(WeightValues.Key(weight), StoredWeights.Read(dataset, weight, floating));
    }

    private static OptimizerState? ReadOptimizer(Hdf5Group root, Model model)
    {
        if (!root.Groups.TryGetValue(OptimizerGroup, out var group))
            return null;
        var names = Names(group, WeightNames);
        var state = WeightsFile.State(
            [.. names.Select(group.Dataset)], model.Optimizer.HasConstantLearningRate);
        if (state is null || !names[0].Contains("/iter:", StringComparison.Ordinal))
            return state;

        // The optimizers before Keras 2.11 list the first slot of all weights, then the second.
        var count = model.TrainableWeights.Count;
        if (count == 0 || state.Slots.Count % count != 0)
            return state;
        var kinds = state.Slots.Count / count;
        return state with
        {
            Slots = [.. Enumerable.Range(0, state.Slots.Count)
                .Select(slot => state.Slots[(slot % kinds * count) + (slot / kinds)])],
        };
    }

    private static JsonObject? Json(Hdf5Object owner, string name) =>
        Text(owner, name) is { } text ? ModelDescription.Parse(text) : null;

    private static string? Text(Hdf5Object owner, string name) =>
        owner.Attributes.TryGetValue(name, out var attribute) ? attribute.ReadString() : null;

    private static bool HasNames(Hdf5Object owner, string name) =>
        owner.Attributes.ContainsKey(name) || owner.Attributes.ContainsKey($"{name}0");

    /// <summary>A list of names, which Keras splits into name0, name1 where it is long.</summary>
    private static string[] Names(Hdf5Object owner, string name)
    {
        if (owner.Attributes.TryGetValue(name, out var attribute))
            return Texts(attribute);
        var names = new List<string>();
        for (var part = 0; owner.Attributes.TryGetValue($"{name}{part}", out var next); part++)
            names.AddRange(Texts(next));
        return [.. names];
    }

    private static string[] Texts(Hdf5Attribute attribute) => attribute.Count == 0 ? [] : attribute.ReadStrings();
}
