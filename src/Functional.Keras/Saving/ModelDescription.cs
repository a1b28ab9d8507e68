using System.Text.Json;
using System.Text.Json.Nodes;
using Functional.Kernels.Memory;
using Functional.Runtime.Interop;
using CoreModel = Functional.Core.Layers.Model;

namespace Functional.Keras;

/// <summary>Between models and what Keras saves of their layers: {"class_name", "config"}.</summary>
internal static class ModelDescription
{
    internal static JsonObject Parse(ReadOnlySpan<byte> text) => Parse(
        JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = SavedJson.DeepestNesting }));

    internal static JsonObject Parse(string text) => Parse(
        JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = SavedJson.DeepestNesting }));

    /// <summary>The model of a saved object, its weights not yet known.</summary>
    /// <param name="saved">What some version of Keras saved.</param>
    /// <param name="version">The version of Keras that a file names, if it names one.</param>
    /// <param name="isDouble">Whether the file says that the model computes in doubles, whatever its layers say.</param>
    internal static Model ToModel(JsonObject saved, string? version = null, bool isDouble = false)
    {
        var read = SavingInterop.Model(saved, version, Saving.IsCustom, Saving.Create);
        var dtype = isDouble || read.IsDouble ? ElementKind.Float64 : ElementKind.Float32;
        var model = Connect(read.Model, (saved["config"] as JsonObject)?["name"]?.ToString(), dtype);
        foreach (var warning in read.Warnings)
            model.WarnOfFile(warning);
        return model;
    }

    /// <summary>What Keras saves of a model.</summary>
    internal static JsonObject Of(Model model)
    {
        foreach (var layer in model.Structure.AllLayers())
            RefuseCode(layer);
        var saved = SavingInterop.Config(model.Structure.Core);
        saved["config"]!["name"] = model.Name;
        Complete(saved, model.Structure.Core);
        if (model.ElementType == ElementKind.Float64)
            SavedElementType.WriteDoubles(saved);
        return saved;
    }

    private static JsonObject Parse(JsonNode? node) => node as JsonObject
        ?? throw new ArgumentException("A saved model is a JSON object, but this is something else.");

    /// <summary>A function that is written in C# is no description: no file holds it.</summary>
    private static void RefuseCode(LayerInstance layer)
    {
        if (layer.ClassName == "Lambda" && !Saving.IsRegistered(layer.ClassName))
        {
            throw new ArgumentException(
                $"Layer '{layer.Name}' is a Lambda: it holds a C# function, and no file holds code. Call the operations of "
                + "Ops directly in place of the Lambda, or register what makes it again with Saving.Register(\"Lambda\", ...).");
        }
    }

    private static Model Connect(CoreModel core, string? name, ElementKind dtype)
    {
        foreach (var layer in ModelInterop.Layers(core))
        {
            if (SavingInterop.IsModel(layer) && LayerInstance.Of(layer).Model is null)
            {
                var nested = Connect(SavingInterop.NestedModel(layer), LayerInterop.DisplayName(layer), dtype);
                nested.UseAsLayer(layer);
            }
        }

        foreach (var call in SavingInterop.Calls(core))
            LayerInstance.Of(call.Layer).Record(call.Inputs, call.Results);
        if (ModelInterop.ClassName(core) == "Sequential")
        {
            var layers = SavingInterop.Calls(core).Select(call => LayerInstance.Of(call.Layer).Delegate);
            return new Sequential(layers, name, dtype);
        }

        return new Model(Tensors(SavingInterop.Inputs(core)), Tensors(SavingInterop.Outputs(core)), name, dtype);
    }

    private static SymbolicTensors Tensors(Functional.Core.Layers.SymbolicTensor[] tensors) =>
        SymbolicTensors.Create([.. tensors.Select(tensor => new SymbolicTensor([tensor], 0))]);

    /// <summary>Adds what the facade knows of layers: whether they are trained, and what they were built for.</summary>
    private static void Complete(JsonObject saved, CoreModel core)
    {
        var layers = ModelInterop.Layers(core);
        var names = ModelInterop.LayerNames(core);
        foreach (var entry in saved["config"]?["layers"]?.AsArray() ?? [])
        {
            if (entry is not JsonObject layer || layer["config"] is not JsonObject config)
                continue;
            var index = Array.IndexOf(names, config["name"]?.ToString());
            if (index < 0 || LayerInterop.IsInput(layers[index]) || LayerInterop.IsOperation(layers[index]))
                continue;
            var instance = LayerInstance.Of(layers[index]);
            if (config.ContainsKey("trainable"))
                config["trainable"] = instance.Trainable;
            if (SavingInterop.IsModel(layers[index]))
                Complete(layer, SavingInterop.NestedModel(layers[index]));
            else if (instance is { IsBuilt: true, Inputs.Count: 1 })
                layer["build_config"] = new JsonObject { ["input_shape"] = ShapeOf(instance.Inputs[0].Shape) };
        }
    }

    private static JsonArray ShapeOf(Shape shape) =>
        new([.. shape.Select(length => length is { } known ? (JsonNode)known : null)]);
}
