using System.Collections;
using Functional.Kernels.Memory;
using Functional.Runtime.Interop;
using CoreTensor = Functional.Core.Layers.SymbolicTensor;

namespace Functional.Keras;

/// <summary>
/// Layers in a row. The shape of samples comes from an <c>Input(...)</c> in the first place, from the first layer's
/// inputShape, or from the first data.
/// </summary>
/// <example>
/// <code>
/// var model = new Sequential([Input(shape: [4]), Dense(8, "relu"), Dense(1)]);
/// </code>
/// </example>
public sealed class Sequential : Model, IEnumerable<Layer>
{
    private readonly List<Layer> layers = [];
    private SymbolicTensor? dataInput;
    private ModelStructure? connected;

    /// <summary>A model without layers; <see cref="Add"/> appends them.</summary>
    /// <param name="name">A name; null is "sequential".</param>
    /// <param name="dtype">The element type of all floating data and weights.</param>
    public Sequential(string? name = null, ElementKind dtype = ElementKind.Float32)
        : base(name, dtype)
    {
    }

    /// <summary>These layers in a row.</summary>
    /// <param name="layers">The layers in order; an <c>Input(...)</c> may be the first.</param>
    /// <param name="name">A name; null is "sequential".</param>
    /// <param name="dtype">The element type of all floating data and weights.</param>
    public Sequential(IEnumerable<Layer> layers, string? name = null, ElementKind dtype = ElementKind.Float32)
        : this(name, dtype)
    {
        ArgumentNullException.ThrowIfNull(layers);
        foreach (var layer in layers)
            Add(layer);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Layer> Layers => [.. layers.Where(layer => !IsInput(layer))];

    internal override IReadOnlyList<Layer> KnownLayers => Layers;

    private protected override string KerasClassName => "Sequential";

    private protected override string DefaultName => "sequential";

    /// <summary>Appends a layer.</summary>
    /// <param name="layer">The layer, or a model as a layer.</param>
    /// <exception cref="ArgumentException">It does not fit what the layers before give.</exception>
    public void Add(Layer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (IsInput(layer) && layers.Count > 0)
            throw new ArgumentException($"An Input(...) comes first, but model '{Name}' has layers already.", nameof(layer));
        layers.Add(layer);
        connected = null;
        try
        {
            if (layers.Exists(member => !IsInput(member)))
                TryStructure();
        }
        catch (ArgumentException)
        {
            layers.RemoveAt(layers.Count - 1);
            throw;
        }
    }

    /// <summary>Removes the last layer.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public void Pop()
    {
        if (layers.Count == 0)
            throw new InvalidOperationException($"Model '{Name}' has no layer to remove.");
        layers.RemoveAt(layers.Count - 1);
        connected = null;
    }

    /// <summary>The layers in order.</summary>
    /// <returns>The layers.</returns>
    public IEnumerator<Layer> GetEnumerator() => Layers.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private protected override ModelStructure? TryStructure()
    {
        if (Volatile.Read(ref connected) is { } present)
            return present;
        lock (Changing)
        {
            return connected ??= FindInput() is { } input && layers.Exists(layer => !IsInput(layer))
                ? new ModelStructure(GivenName, KerasClassName, input, Chain(input), ElementType)
                : null;
        }
    }

    private protected override ModelStructure BuildFor(SymbolicTensor[] inputs)
    {
        dataInput = inputs.Length == 1
            ? inputs[0]
            : throw new ArgumentException($"Model '{Name}' takes one input, but {inputs.Length} were given.");
        try
        {
            return TryStructure() ?? throw new InvalidOperationException($"Model '{Name}' has no layers.");
        }
        catch (ArgumentException)
        {
            // Data that does not fit decides nothing.
            dataInput = null;
            throw;
        }
    }

    /// <summary>As in Keras, the first data decides only those lengths that the layers have to know.</summary>
    private protected override Shape[] SampleShapes(Shape[] shapes)
    {
        if (shapes is not [var shape])
            return shapes;
        for (var axis = 0; axis < shape.Count; axis++)
        {
            int?[] lengths = [.. shape];
            lengths[axis] = null;
            var open = Shape.Create(lengths);
            if (Takes(open))
                shape = open;
        }

        return [shape];
    }

    /// <summary>Whether the layers fit samples of a shape; nothing takes note of the question.</summary>
    private bool Takes(Shape sample)
    {
        try
        {
            return Results([Functional.Keras.Layers.Input(sample).Core]) is not null;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private CoreTensor[]? Results(CoreTensor[] tensors)
    {
        foreach (var layer in Layers)
        {
            if (layer.Target is not LayerInstance instance)
                return null;
            var next = instance.IsConnected ? LayerInterop.Apply(instance.Core, [tensors[0]])
                : instance.Model is Sequential inner ? inner.Results([tensors[0]])
                : null;
            if (next is null)
                return null;
            tensors = next;
        }

        return tensors;
    }

    private static bool IsInput(Layer layer) => layer.Target is LayerInstance { IsInput: true };

    private SymbolicTensor? FindInput()
    {
        if (layers.Count == 0)
            return null;
        if (layers[0].Target is not LayerInstance first)
            return dataInput;
        if (first.IsInput)
            return first.Outputs;
        return dataInput ??= first.InputShape is { } shape ? Functional.Keras.Layers.Input(shape)
            : first.Model is { IsBuilt: true } model ? Functional.Keras.Layers.InputLike(model.Inputs[0])
            : null;
    }

    private SymbolicTensor Chain(SymbolicTensor input)
    {
        foreach (var layer in layers.Where(layer => !IsInput(layer)))
            input = layer(input);
        return input;
    }
}
