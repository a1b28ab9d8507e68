using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Functional.Hdf5;

namespace Functional.Keras.Tests.Training;

/// <summary>A training that real Keras 3.3.3 did: data, first weights, and what came of it.</summary>
internal sealed class KerasRun
{
    private readonly string folder;
    private readonly Dictionary<string, Tensor> data;
    private readonly JsonNode history;

    internal KerasRun(string name)
    {
        folder = Path.Combine(AppContext.BaseDirectory, "Training", "KerasRuns", name);
        data = Arrays("io.npz");
        Trained = Arrays("trained.npz");
        history = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "history.json")))!;
    }

    internal Dictionary<string, Tensor> Trained { get; }

    internal int BatchSize => history["fit"]!["batch_size"]!.GetValue<int>();

    internal int Epochs => history["fit"]!["epochs"]!.GetValue<int>();

    internal IReadOnlyDictionary<string, double[]> Logs => history["history"]!.AsObject().ToDictionary(
        entry => entry.Key, entry => entry.Value!.AsArray().Select(value => value!.GetValue<double>()).ToArray());

    internal double LearningRateAfter => history["learning_rate_after"]!.GetValue<double>();

    internal IReadOnlyDictionary<string, double> EvaluatedAfter => history["evaluate_after"]!.AsObject().ToDictionary(
        entry => entry.Key, entry => entry.Value!.GetValue<double>());

    /// <summary>Inputs "x", predictions "y", targets "t", sample weights "sw" or their validation twins "vx"..., by position.</summary>
    internal Tensors Data(string prefix) => Tensors.Create(
        [.. Enumerable.Range(0, 10).Select(i => data.GetValueOrDefault($"{prefix}{i}")).OfType<Tensor>()]);

    /// <summary>Gives a model the weights that Keras began with.</summary>
    internal void Load(Model model)
    {
        using var file = Hdf5File.Open(Path.Combine(folder, "weights.weights.h5"));
        List<Tensor> weights = [];
        Read(model, file.Root, weights);
        model.SetWeights(weights);
    }

    // Keras names stored layers after their class, numbered in the order of the model's layers.
    private static void Read(Model model, Hdf5Group group, List<Tensor> weights)
    {
        Dictionary<string, int> counts = [];
        foreach (var layer in model.Layers)
        {
            var stem = Functional.Core.Layers.LayerModule.snakeCase(layer.ClassName);
            var count = counts[stem] = counts.GetValueOrDefault(stem, -1) + 1;
            var path = $"layers/{(count == 0 ? stem : $"{stem}_{count}")}";
            if (LayerInstance.Of(layer).Model is { } nested)
            {
                Read(nested, group.Group(path), weights);
                continue;
            }

            for (var index = 0; index < layer.Weights.Count; index++)
            {
                var dataset = group.Dataset($"{path}/vars/{index}");
                weights.Add(Tensor.Create<float>([.. dataset.Shape.Select(n => (int?)n)], dataset.Read<float>()));
            }
        }
    }

    private Dictionary<string, Tensor> Arrays(string file)
    {
        using var stream = File.OpenRead(Path.Combine(folder, file));
        return Npz.Read(stream).ToDictionary(array => array.Name, ToTensor);
    }

    private static Tensor ToTensor(StoredArray array)
    {
        Shape shape = [.. array.Shape.Select(n => (int?)n)];
        var bytes = array.Bytes.Span;
        return array.ElementType switch
        {
            StoredElementType.Float32 => Tensor.Create(shape, MemoryMarshal.Cast<byte, float>(bytes)),
            StoredElementType.Float64 => Tensor.Create(shape, MemoryMarshal.Cast<byte, double>(bytes)),
            StoredElementType.Int32 => Tensor.Create(shape, MemoryMarshal.Cast<byte, int>(bytes)),
            StoredElementType.Int64 => Tensor.Create<int>(
                shape, Array.ConvertAll(MemoryMarshal.Cast<byte, long>(bytes).ToArray(), value => (int)value)),
            var other => throw new NotSupportedException($"The fixture has elements of {other}."),
        };
    }
}
