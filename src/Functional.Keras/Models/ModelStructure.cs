using System.Collections.Immutable;
using Functional.Kernels.Memory;
using Functional.Runtime.Interop;
using CoreModel = Functional.Core.Layers.Model;

namespace Functional.Keras;

/// <summary>A model whose layers are connected: the immutable model of the core with the store of its weights.</summary>
internal sealed class ModelStructure
{
    private readonly Lazy<Functional.Runtime.Sessions.Predictor> predictor;
    private Snapshot snapshot;

    internal ModelStructure(
        string? name, string className, SymbolicTensors inputs, SymbolicTensors outputs, ElementKind dtype)
    {
        Inputs = inputs;
        Outputs = outputs;
        Core = ModelInterop.Named(
            ModelInterop.Create(name, className, inputs.ToCore(), outputs.ToCore()),
            layer => LayerInstance.Of(layer).Order,
            layer => LayerInstance.Of(layer).ModelName);
        ElementType = ModelInterop.Floating(Core, dtype);
        InputNames = ModelInterop.InputNames(Core);
        OutputNames = ModelInterop.OutputNames(Core);
        InputShapes = [.. inputs.Select(input => input.Shape)];
        InputTypes = [.. inputs.Select(input => TypeOf(input, ElementType))];
        OutputShapes = [.. outputs.Select(output => output.Shape)];
        Lookups = ModelInterop.Lookups(Core);
        TakesNaN = ModelInterop.TakesNaN(Core);
        Layers = Array.ConvertAll(ModelInterop.Layers(Core), LayerInstance.Of);
        LayerNames = ModelInterop.LayerNames(Core);
        for (var index = 0; index < Layers.Length; index++)
            Layers[index].NameInModel(LayerNames[index]);

        Weights = ModelInterop.Weights(Core);
        Keys = Array.ConvertAll(Weights, WeightValues.Key);
        Store = Keys.Length > 0 ? Keys[0].Layer.Store : new WeightStore();
        foreach (var key in Keys)
            Store.Join(key.Layer.Store);
        if (ElementType == ElementKind.Float64)
            KeepDoubles();
        Warnings = ModelInterop.Warnings(Core);
        foreach (var warning in Warnings)
            Console.Error.WriteLine($"Warning: {warning}");
        // No table yet: the first look initializes the weights.
        snapshot = new Snapshot(null, [], null);
        var predictionSeed = new PredictionSeed();
        predictor = new(() => TrainingInterop.CreatePredictor(Core, dtype, predictionSeed.Keys));
    }

    internal CoreModel Core { get; }

    internal string[] Warnings { get; }

    internal SymbolicTensors Inputs { get; }

    internal SymbolicTensors Outputs { get; }

    /// <summary>The floating type that the model computes in: Float64 also where something in it is Float64.</summary>
    internal ElementKind ElementType { get; }

    internal string[] InputNames { get; }

    internal string[] OutputNames { get; }

    internal Shape[] InputShapes { get; }

    /// <summary>The number of samples in every batch, when an input fixes it.</summary>
    internal int? BatchSize => InputShapes.Select(shape => shape[0]).FirstOrDefault(length => length is not null);

    /// <summary>Whether layers keep states between batches.</summary>
    internal bool IsStateful => Weights.Any(weight => weight.IsState);

    /// <summary>The element type of data for each input: floating data has the model's type.</summary>
    internal ElementKind[] InputTypes { get; }

    internal Shape[] OutputShapes { get; }

    /// <summary>The shapes of the outputs for these inputs: no length but the batch is open any more.</summary>
    internal Shape[] OutputShapesFor(HostTensor[] inputs)
    {
        if (OutputShapes.All(shape => shape.Skip(1).All(length => length is not null)))
            return OutputShapes;
        var lengths = Array.ConvertAll(inputs, input => input.Shape.ToArray());
        return Array.ConvertAll(
            ModelInterop.OutputShapes(Core, ElementType, lengths),
            shape => Shape.Create([.. shape.Select((length, axis) => axis == 0 ? (int?)null : length)]));
    }

    /// <summary>The tables that inputs are looked up in.</summary>
    internal EmbeddingLookup[] Lookups { get; }

    /// <summary>Whether an operation looks for NaN, so that inputs may have it.</summary>
    internal bool TakesNaN { get; }

    internal LayerInstance[] Layers { get; }

    internal string[] LayerNames { get; }

    internal WeightDescription[] Weights { get; }

    internal WeightKey[] Keys { get; }

    internal WeightStore Store { get; }

    internal Functional.Runtime.Sessions.Predictor Predictor => predictor.Value;

    /// <summary>The layers, and those of models among them.</summary>
    internal IEnumerable<LayerInstance> AllLayers() =>
        Layers.SelectMany(layer => layer.Model?.Structure.AllLayers().Prepend(layer) ?? [layer]);

    /// <summary>The table of all weights now, those of this model included: the newest ones, also while it is trained.</summary>
    internal ImmutableDictionary<WeightKey, HostTensor> Table()
    {
        Store.PublishPending();
        return PresentTable();
    }

    /// <summary>The newest values of the weights, in order. The array is shared: nobody writes to it.</summary>
    internal HostTensor[] Values() => ValuesIn(Table());

    private ImmutableDictionary<WeightKey, HostTensor> PresentTable()
    {
        var table = Store.Values;
        return ReferenceEquals(table, snapshot.Table) ? table : Store.Initialize(Keys);
    }

    private HostTensor[] ValuesIn(ImmutableDictionary<WeightKey, HostTensor> table)
    {
        var known = snapshot;
        if (!ReferenceEquals(known.Table, table))
        {
            known = new Snapshot(table, Array.ConvertAll(Keys, key => table[key]), null);
            snapshot = known;
        }

        return known.Values;
    }

    /// <summary>
    /// The values of the weights for predictions, floating ones in the model's type. Predictions wait for nobody: while
    /// another thread fits the model, they are those of the last epoch.
    /// </summary>
    internal HostTensor[] FloatingValues()
    {
        Store.TryPublishPending();
        var values = ValuesIn(PresentTable());
        var known = snapshot;
        if (!ReferenceEquals(known.Values, values))
            return Array.ConvertAll(values, value => HostTensorConversion.CastFloating(value, ElementType));
        if (known.Floating is { } floating)
            return floating;
        floating = Array.ConvertAll(values, value => HostTensorConversion.CastFloating(value, ElementType));
        snapshot = known with { Floating = floating };
        return floating;
    }

    private static ElementKind TypeOf(SymbolicTensor input, ElementKind floating) =>
        input.ElementType is ElementKind.Float32 or ElementKind.Float64 ? floating : input.ElementType;

    /// <summary>Replaces the values of all weights, in order, at once.</summary>
    internal void Replace(IReadOnlyList<HostTensor> values) =>
        Store.Set(Keys.Select((key, index) => KeyValuePair.Create(key, values[index])));

    private void KeepDoubles()
    {
        // Values drawn in double precision keep their digits only when no float was made of them first.
        foreach (var key in Keys)
            key.Layer.KeepsDoubles = true;
    }

    private sealed record Snapshot(
        ImmutableDictionary<WeightKey, HostTensor>? Table, HostTensor[] Values, HostTensor[]? Floating);
}
