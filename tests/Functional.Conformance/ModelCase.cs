using System.Globalization;
using System.Text.Json.Nodes;
using Functional.Keras;
using Functional.Kernels.Memory;

namespace Functional.Conformance;

/// <summary>One trained model of Keras: its files, data and history.</summary>
internal sealed class ModelCase(string name)
{
    private static readonly FixtureFiles Files = FixtureFiles.Models;

    private readonly Dictionary<string, StoredArray> data = Arrays(name, "io.npz");
    private readonly JsonNode history = JsonNode.Parse(Files.Read(name, "history.json"))!;

    public string Name => name;

    /// <summary>Losses of transformers add up more rounding.</summary>
    public double Tolerance => name.Contains("transformer", StringComparison.Ordinal) ? 1e-3 : 1e-4;

    public string Architecture => System.Text.Encoding.UTF8.GetString(Files.Read(name, "architecture.json"));

    public Tensors Inputs => Tensors.Create([.. Series("x")]);

    public IReadOnlyList<Tensor> Predictions => Series("y");

    public JsonNode? Fit => history["fit"];

    public JsonNode History => history["history"]!;

    public JsonNode ResumedHistory => history["resumed_history"]!;

    public JsonNode EvaluationBefore => history["evaluate_before"]!;

    /// <summary>The callbacks that took part in training.</summary>
    public IEnumerable<JsonNode> Callbacks => Fit?["callbacks"]?.AsArray().Select(callback => callback!) ?? [];

    public bool Has(string file) => Files.Has(name, file);

    public T OnDisk<T>(string file, Func<string, T> use) => Files.OnDisk(name, file, use);

    public Evaluation Evaluate(Model model) => model.Evaluate(
        Inputs,
        Tensors.Create([.. Series("t")]),
        batchSize: (int)history["evaluate_batch_size"]!,
        verbose: 0,
        sampleWeight: Optional("sw"));

    public History Train(Model model, int epochs, IReadOnlyList<Callback> callbacks) => model.Fit(
        Inputs,
        Tensors.Create([.. Series("t")]),
        batchSize: (int)Fit!["batch_size"]!,
        epochs: epochs,
        verbose: 0,
        callbacks: callbacks,
        validationData: (bool)Fit["validation_data"]!
            ? (Tensors.Create([.. Series("vx")]), Tensors.Create([.. Series("vt")]))
            : null,
        validationSampleWeight: Optional("vsw"),
        shuffle: false,
        classWeight: ClassWeights(),
        sampleWeight: Optional("sw"));

    /// <summary>Weights and predictions after training.</summary>
    public (IReadOnlyList<Tensor> Weights, IReadOnlyList<Tensor> Predictions) Trained()
    {
        var trained = Arrays(name, "trained.npz");
        return (Series(trained, "w"), Series(trained, "y"));
    }

    private static Dictionary<string, StoredArray> Arrays(string name, string file) =>
        Npz.Read(new MemoryStream(Files.Read(name, file))).ToDictionary(array => array.Name);

    private static List<Tensor> Series(Dictionary<string, StoredArray> arrays, string name)
    {
        var tensors = new List<Tensor>();
        while (arrays.TryGetValue($"{name}{tensors.Count}", out var array))
            tensors.Add(ToTensor(array));
        return tensors;
    }

    private static Tensor ToTensor(StoredArray array)
    {
        var shape = Shape.Create([.. array.Shape.Select(length => (int?)length)]);
        var values = Tensor.Create<double>(shape, array.ReadAs<double>());
        return values.Cast(array.ElementType switch
        {
            StoredElementType.Float32 or StoredElementType.Float64 => ElementKind.Float32,
            StoredElementType.Boolean => ElementKind.Bool,
            _ => ElementKind.Int32,
        });
    }

    private List<Tensor> Series(string prefix) => Series(data, prefix);

    private Tensors? Optional(string prefix) => Series(prefix) is { Count: > 0 } tensors ? Tensors.Create([.. tensors]) : null;

    private ClassWeights? ClassWeights()
    {
        if (Fit!["class_weight"] is not JsonObject saved)
            return null;
        var weights = new ClassWeights();
        foreach (var (label, weight) in saved)
            weights[int.Parse(label, CultureInfo.InvariantCulture)] = (double)weight!;
        return weights;
    }
}
