using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Functional.Hdf5;
using Functional.Kernels.Memory;
using Functional.Runtime.Interop;
using CoreLayer = Functional.Core.Layers.Layer;

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

    /// <summary>Loads a whole model; see <see cref="Model.Load"/> about compiling.</summary>
    internal static Model Load(string path, bool? compile) => ModelFileException.Reading(path, () =>
    {
        using var file = Hdf5File.Open(path);
        var model = ModelDescription.ToModel(Json(file.Root, "model_config")
            ?? throw new ArgumentException(
                "This file has weights, but no attribute 'model_config' that says what layers they belong to: make the "
                + "layers and call LoadWeights."),
            Text(file.Root, "keras_version"));
        if (WeightsOf(file.Root) is { } weights)
            model.Structure.Replace(ReadWeights(weights, model.Structure, byName: false, skipMismatch: false));
        if (compile != false && Json(file.Root, "training_config") is { } training
            && CompileConfig.TryApply(
                training, training["optimizer_config"], Json(file.Root, OwnAttribute)?[CompileConfig.Exclusions], model,
                isDemanded: compile == true))
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

    /// <summary>The values that a file has for all weights of a model, in order: layers are found in the order of those that
    /// have weights, or by their names.</summary>
    internal static HostTensor[] ReadWeights(Hdf5Group group, ModelStructure structure, bool byName, bool skipMismatch)
    {
        var table = structure.Table();
        var old = Origin(group);
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
                ReadLayer(layer, name, stored[source].Weights, old, skipMismatch, structure.ElementType, ref table);
        }

        return [.. structure.Keys.Select(key => table[key])];
    }

    /// <summary>A layer's weights in the order of these files: those that are trained come first.</summary>
    internal static IEnumerable<WeightDescription> InOrder(LayerInstance layer) => layer.WeightDescriptions
        .Where(weight => !weight.IsState)
        .OrderBy(weight => weight.IsTrainable && LayerInstance.Of(weight.Layer).Trainable ? 0 : 1);

    /// <summary>Who wrote weights; null where they are as Keras 3 has them.</summary>
    private static OldWeights? Origin(Hdf5Group group)
    {
        var version = Text(group, "keras_version")?.Split('.')[0] is { } first
            && int.TryParse(first, CultureInfo.InvariantCulture, out var number) ? number : 2;
        return version >= 3 ? null : new OldWeights(version, Text(group, "backend") == "theano");
    }

    private static void ReadLayer(
        LayerInstance layer,
        string name,
        Hdf5Dataset[] stored,
        OldWeights? old,
        bool skipMismatch,
        ElementKind floating,
        ref ImmutableDictionary<WeightKey, HostTensor> table)
    {
        var weights = InOrder(layer).ToArray();
        var values = old is null ? null : Upgrade(old, weights, stored);
        var count = values?.Length ?? stored.Length;
        var fits = count == weights.Length && weights.Index().All(entry => values is null
            ? StoredWeights.HasShape(stored[entry.Index], entry.Item)
            : values[entry.Index].Shape.SequenceEqual(entry.Item.Shape));
        if (!fits && skipMismatch)
            return;
        if (count != weights.Length)
            throw new ArgumentException($"Layer '{name}' has {weights.Length} weights, but the file has {count} for it.");
        foreach (var (index, weight) in weights.Index())
        {
            var value = values is null
                ? StoredWeights.Read(stored[index], weight, floating)
                : StoredWeights.Value(values[index], weight, floating);
            table = table.SetItem(WeightValues.Key(weight), value);
        }
    }

    /// <summary>The weights in the form of Keras 3: those of every layer inside a layer that is a model by themselves.</summary>
    private static OldWeight[] Upgrade(OldWeights old, WeightDescription[] weights, Hdf5Dataset[] stored)
    {
        var values = Array.ConvertAll(stored, dataset => new OldWeight(
            [.. dataset.Shape.Select(length => checked((int)length))], dataset.ReadAs<double>()));
        var owners = weights.Select((weight, index) => (weight.Layer, Index: index)).GroupBy(entry => entry.Layer).ToArray();
        if (owners is [var only])
            return Upgrade(old, only.Key, values);
        if (values.Length != weights.Length)
            return values;
        foreach (var owner in owners)
        {
            int[] places = [.. owner.Select(entry => entry.Index)];
            var upgraded = Upgrade(old, owner.Key, Array.ConvertAll(places, place => values[place]));
            for (var index = 0; index < Math.Min(places.Length, upgraded.Length); index++)
                values[places[index]] = upgraded[index];
        }

        return values;
    }

    private static OldWeight[] Upgrade(OldWeights old, CoreLayer layer, OldWeight[] values)
    {
        var instance = LayerInstance.Of(layer);
        return old.Upgrade(instance.ClassName, instance.Config, values);
    }

    private static OptimizerState? ReadOptimizer(Hdf5Group root, Model model)
    {
        if (!root.Groups.TryGetValue(OptimizerGroup, out var group))
            return null;
        var names = Names(group, WeightNames);
        Hdf5Dataset[] variables = [.. names.Select(group.Dataset)];

        // Optimizers are those of today since Keras 2.11.
        return names is not [var first, ..] || first.Split('/')[^1].Split(':')[0] == "iteration"
            ? WeightsFile.State(variables, model.Optimizer.HasConstantLearningRate)
            : OldOptimizerState.Read(variables, model);
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
