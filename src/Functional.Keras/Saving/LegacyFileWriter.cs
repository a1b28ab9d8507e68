using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Functional.Hdf5;
using Functional.Kernels.Memory;

namespace Functional.Keras;

/// <summary>Writes whole-model .h5 files as Keras 3.3.3 does.</summary>
internal static class LegacyFileWriter
{
    /// <summary>An attribute has at most 64 KiB, and a name takes 16 bytes of it.</summary>
    private const int NamesInAttribute = 2000;

    internal static Hdf5FileBuilder Write(Model model)
    {
        var file = new Hdf5FileBuilder();
        file.Root.SetAttribute("backend", "functional");
        file.Root.SetAttribute("keras_version", "3.3.3");
        file.Root.SetAttribute("model_config", SavedJson.Text(Description(model)));
        var present = model.TrainingState();
        WriteWeights(
            file.Root.AddGroup(LegacyFile.WeightsGroup), model, present?.State.Weights ?? model.Structure.Table());
        if (present is not var (compilation, state))
            return file;
        var training = CompileConfig.Of(compilation);
        training["optimizer_config"] = CompileConfig.Of(compilation.Optimizer, state.Optimizer);
        file.Root.SetAttribute("training_config", SavedJson.Text(training));
        if (CompileConfig.ExclusionsOf(compilation.Optimizer) is { } exclusions)
        {
            file.Root.SetAttribute(
                LegacyFile.OwnAttribute, SavedJson.Text(new JsonObject { [CompileConfig.Exclusions] = exclusions }));
        }

        WriteOptimizer(file.Root.AddGroup(LegacyFile.OptimizerGroup), compilation.Optimizer, state.Optimizer);
        return file;
    }

    /// <summary>
    /// The layers as .keras files have them. Keras's own files of this kind leave out modules, and then Keras 3 finds no
    /// class of a layer inside another one, and forgets the axis of BatchNormalization, Concatenate and Softmax.
    /// </summary>
    private static JsonObject Description(Model model)
    {
        var saved = ModelDescription.Of(model);
        SavingWarnings.Print(model.Structure, saved);
        return new() { ["class_name"] = saved["class_name"]!.DeepClone(), ["config"] = saved["config"]!.DeepClone() };
    }

    private static void WriteWeights(
        Hdf5GroupBuilder group, Model model, ImmutableDictionary<WeightKey, HostTensor> table)
    {
        group.SetAttribute("backend", "functional");
        group.SetAttribute("keras_version", "3.3.3");
        var layers = model.Structure.Layers.Zip(model.Structure.LayerNames)
            .Where(layer => (model is not Sequential || !layer.First.IsInput) && !layer.First.IsOperation)
            .ToArray();
        WriteNames(group, LegacyFile.LayerNames, [.. layers.Select(layer => layer.Second)]);
        foreach (var (layer, name) in layers)
        {
            var own = group.AddGroup(name);
            var weights = LegacyFile.InOrder(layer).ToArray();
            WriteNames(own, LegacyFile.WeightNames, [.. weights.Select(weight => weight.Path)]);
            foreach (var weight in weights)
            {
                var value = table[WeightValues.Key(weight)];
                StoredWeights.Write(own, weight.Path, HostTensorConversion.CastFloating(value, model.ElementType));
            }
        }

        WriteNames(group.AddGroup("top_level_model_weights"), LegacyFile.WeightNames, []);
    }

    private static void WriteOptimizer(Hdf5GroupBuilder group, Optimizer optimizer, OptimizerState state)
    {
        var owner = optimizer.Config["name"]?.ToString() ?? optimizer.ClassName;
        var variables = WeightsFile.Variables(state);
        var first = variables.Length - state.Slots.Count;
        var names = variables.Select((_, index) =>
            index == 0 ? $"{owner}/iteration"
            : index < first ? $"{owner}/learning_rate"
            : string.Create(CultureInfo.InvariantCulture, $"{owner}/variable_{index}")).ToArray();
        WriteNames(group, LegacyFile.WeightNames, names);
        foreach (var (name, value) in names.Zip(variables))
            StoredWeights.Write(group, name, value);
    }

    private static void WriteNames(Hdf5GroupBuilder group, string attribute, string[] names)
    {
        if (names.Length == 0)
        {
            // Keras writes an empty array of numbers here, because NumPy makes one of an empty list.
            group.SetAttribute<double>(attribute, [0], ReadOnlyMemory<double>.Empty);
            return;
        }

        if (names.Length <= NamesInAttribute)
        {
            group.SetAttribute(attribute, [names.Length], names);
            return;
        }

        foreach (var (part, chunk) in names.Chunk(NamesInAttribute).Index())
            group.SetAttribute($"{attribute}{part}", [chunk.Length], chunk);
    }
}
