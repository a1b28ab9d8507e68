using Functional.Kernels.Memory;
using Functional.Runtime.Interop;

namespace Functional.Keras;

/// <summary>
/// Layers between inputs and outputs, to be trained, evaluated and asked for predictions. Models that share layers share
/// their weights. A class of one's own derives from it and overrides <see cref="Call"/>: its layers are connected when
/// the model sees data or symbolic tensors first.
/// </summary>
/// <example>
/// <code>
/// var x = Input(shape: [4]);
/// var model = new Model(inputs: x, outputs: x.Dense(8, "relu").Dense(1));
/// </code>
/// </example>
public partial class Model
{
    private ModelStructure? structure;

    /// <summary>The model as a layer, and what it is connected as there; null as long as the layer waits for a call.</summary>
    private (LayerInstance Layer, ModelStructure? Structure)? asLayer;

    /// <summary>The model between inputs and outputs.</summary>
    /// <param name="inputs">One result of <c>Input(...)</c>, or several: <c>[a, b]</c>.</param>
    /// <param name="outputs">One or several symbolic tensors computed from the inputs.</param>
    /// <param name="name">A name; null is "functional".</param>
    /// <param name="dtype">The element type of all floating data and weights: Float32 or Float64.</param>
    /// <exception cref="ArgumentException">Inputs and outputs are not connected, or two layers have one name.</exception>
    public Model(
        SymbolicTensors inputs, SymbolicTensors outputs, string? name = null, ElementKind dtype = ElementKind.Float32)
        : this(name, dtype)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        structure = new ModelStructure(name, KerasClassName, inputs, outputs, dtype);
    }

    /// <summary>A model whose layers are connected later, by <see cref="Call"/>.</summary>
    /// <param name="name">A name; null is Keras's.</param>
    /// <param name="dtype">The element type of all floating data and weights: Float32 or Float64.</param>
    protected Model(string? name = null, ElementKind dtype = ElementKind.Float32)
    {
        if (dtype is not (ElementKind.Float32 or ElementKind.Float64))
            throw new ArgumentException($"A model computes in Float32 or Float64, but not in {dtype}.", nameof(dtype));
        GivenName = name;
        ElementType = dtype;
    }

    /// <summary>The model's name.</summary>
    public string Name => GivenName ?? DefaultName;

    /// <summary>
    /// The element type of floating data and weights. A model computes in one floating type: where an input or a value in
    /// between is Float64, that is Float64 everywhere, and results that are Float32 are rounded.
    /// </summary>
    public ElementKind ElementType { get; }

    /// <summary>The inputs, as they were given.</summary>
    public SymbolicTensors Inputs => Structure.Inputs;

    /// <summary>The outputs, as they were given.</summary>
    public SymbolicTensors Outputs => Structure.Outputs;

    /// <summary>The names of the inputs: those of their layers.</summary>
    public IReadOnlyList<string> InputNames => Structure.InputNames;

    /// <summary>The names of the outputs: those of the layers they come from.</summary>
    public IReadOnlyList<string> OutputNames => Structure.OutputNames;

    /// <summary>Every layer once, in Keras's order, without operations between layers.</summary>
    public virtual IReadOnlyList<Layer> Layers =>
        [.. Structure.Layers.Where(layer => !layer.IsOperation).Select(layer => layer.Delegate)];

    /// <summary>Every layer and every operation between layers once, in Keras's order.</summary>
    public IReadOnlyList<Layer> Operations => [.. Structure.Layers.Select(layer => layer.Delegate)];

    /// <summary>Whether the layers are connected.</summary>
    public bool IsBuilt => TryStructure() is not null;

    /// <summary>The layers that are known whether or not the model is connected.</summary>
    internal virtual IReadOnlyList<Layer> KnownLayers => IsBuilt ? Layers : [];

    internal ModelStructure Structure => TryStructure() ?? throw new InvalidOperationException(
        $"Model '{Name}' has no shapes yet: give its first layer an inputShape, or call Build or Fit first.");

    /// <summary>When the model was made, among all layers and models: see <see cref="LayerInstance.Order"/>.</summary>
    internal long Order { get; } = LayerInstance.NextOrder();

    /// <summary>Held while layers are connected or compiled: that happens once, however many threads want it.</summary>
    private protected Lock Changing { get; } = new();

    private protected string? GivenName { get; }

    private protected virtual string KerasClassName => "Functional";

    private protected virtual string DefaultName => "functional";

    /// <summary>The model as a layer of another model.</summary>
    /// <param name="model">The model.</param>
    public static implicit operator Layer(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.ToLayer();
    }

    /// <summary>
    /// Connects layers: what a class of one's own overrides. Other models are called like a layer, with their weights
    /// shared; one without shapes gets them from its first call.
    /// </summary>
    /// <param name="inputs">The symbolic tensors that the layers are called on.</param>
    /// <returns>The results.</returns>
    public virtual SymbolicTensors Call(SymbolicTensors inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return ToLayer()([.. inputs]).Siblings;
    }

    /// <summary>
    /// The model as a layer, which is one and the same however often it is asked for. The first call connects a model
    /// without shapes.
    /// </summary>
    /// <returns>The layer.</returns>
    public Layer ToLayer()
    {
        lock (Changing)
        {
            var connected = TryStructure();
            var present = asLayer;
            if (present is not { Structure: var known } || (known is not null && !ReferenceEquals(known, connected)))
                present = (LayerInstance.CreateLater(KerasClassName, GivenName, LayerFor, model: this), null);
            var (layer, structureOfLayer) = present.Value;
            if (structureOfLayer is null && connected is not null)
                layer.Connect(ModelInterop.AsLayer(connected.Core));
            asLayer = (layer, connected);
            return layer.Delegate;
        }
    }

    /// <summary>Connects the layers for samples of these shapes, when they are not connected yet.</summary>
    /// <param name="sampleShapes">The shape of one sample for every input.</param>
    public void Build(params IReadOnlyList<Shape> sampleShapes)
    {
        ArgumentNullException.ThrowIfNull(sampleShapes);
        lock (Changing)
        {
            if (!IsBuilt)
                structure = BuildFor([.. sampleShapes.Select(shape => Functional.Keras.Layers.Input(shape))]);
        }
    }

    /// <summary>The core of the model as a layer, connected for the inputs of its first call.</summary>
    private Functional.Core.Layers.Layer LayerFor(Functional.Core.Layers.SymbolicTensor[] inputs)
    {
        lock (Changing)
        {
            if (!IsBuilt)
            {
                structure = BuildFor(
                    [.. SymbolicTensors.OfEach(inputs).Select(input => Functional.Keras.Layers.InputLike(input))]);
            }

            var connected = Structure;
            if (asLayer is { Structure: null } waiting)
                asLayer = (waiting.Layer, connected);
            return ModelInterop.AsLayer(connected.Core);
        }
    }

    /// <summary>A layer by its name.</summary>
    /// <param name="name">The layer's name.</param>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">No layer has this name; the message lists the nearest.</exception>
    public Layer GetLayer(string name)
    {
        var index = Array.IndexOf(Structure.LayerNames, name);
        return index >= 0
            ? Structure.Layers[index].Delegate
            : throw new ArgumentException(ValueInterop.UnknownName("layer", name, Structure.LayerNames), nameof(name));
    }

    /// <summary>A layer by its position.</summary>
    /// <param name="index">The position among <see cref="Layers"/>.</param>
    /// <returns>The layer.</returns>
    public Layer GetLayer(int index) => Layers[index];

    private protected virtual ModelStructure? TryStructure() => structure;

    /// <summary>What data whose samples have some shapes decides of the shapes that the model is connected for.</summary>
    private protected virtual Shape[] SampleShapes(Shape[] shapes) => shapes;

    private protected virtual ModelStructure BuildFor(SymbolicTensor[] inputs) =>
        new(GivenName, KerasClassName, inputs, Call(inputs), ElementType);

    /// <summary>Connects the layers for data, when they are not connected yet.</summary>
    private ModelStructure StructureFor(Tensors inputs)
    {
        if (!IsBuilt)
            Build(SampleShapes([.. inputs.Select(input => Shape.FromInts(input.Data.Shape[1..]))]));
        return Structure;
    }
}
