using Functional.Kernels.Memory;
using Functional.Runtime.Interop;
using CoreTensor = Functional.Core.Layers.SymbolicTensor;

namespace Functional.Keras;

/// <summary>
/// What flows between layers while a model is described: a shape and an element type, without numbers yet.
/// <c>x | Dense(8)</c> and <c>x.Dense(8)</c> call a layer on it, as <c>Dense(8)(x)</c> does.
/// </summary>
public sealed partial class SymbolicTensor
{
    private readonly CoreTensor[] outputs;
    private readonly int index;

    internal SymbolicTensor(CoreTensor[] outputs, int index)
    {
        this.outputs = outputs;
        this.index = index;
    }

    /// <summary>The lengths of the axes; the batch is None.</summary>
    public Shape Shape => Shape.Create(SymbolicInterop.Dimensions(Core));

    /// <summary>The type of one element.</summary>
    public ElementKind ElementType => SymbolicInterop.ElementType(Core);

    /// <summary>Whether a mask comes with it, which tells the time steps that count.</summary>
    public bool HasMask => SymbolicInterop.HasMask(Core);

    /// <summary>The layer whose call made it.</summary>
    public Layer Layer => LayerInstance.Of(SymbolicInterop.LayerOf(Core)).Delegate;

    /// <summary>Everything that the same layer call gave, in order; this tensor is among them.</summary>
    public SymbolicTensors Siblings => SymbolicTensors.Of(outputs);

    internal CoreTensor Core => outputs[index];

    /// <summary>Calls a layer on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="layer">The layer.</param>
    public static SymbolicTensor operator |(SymbolicTensor input, Layer layer)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(layer);
        return layer(input);
    }

    /// <summary>The layer that made the tensor: how Input(...) stands among the layers of a Sequential model.</summary>
    /// <param name="tensor">The tensor.</param>
    public static implicit operator Layer(SymbolicTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.Layer;
    }

    /// <summary>The two results of a layer call that gave two.</summary>
    /// <param name="first">The first.</param>
    /// <param name="second">The second.</param>
    public void Deconstruct(out SymbolicTensor first, out SymbolicTensor second)
    {
        RequireOutputs(2);
        (first, second) = (new SymbolicTensor(outputs, 0), new SymbolicTensor(outputs, 1));
    }

    /// <summary>The three results of a layer call that gave three.</summary>
    /// <param name="first">The first.</param>
    /// <param name="second">The second.</param>
    /// <param name="third">The third.</param>
    public void Deconstruct(out SymbolicTensor first, out SymbolicTensor second, out SymbolicTensor third)
    {
        RequireOutputs(3);
        first = new SymbolicTensor(outputs, 0);
        second = new SymbolicTensor(outputs, 1);
        third = new SymbolicTensor(outputs, 2);
    }

    /// <summary>"SymbolicTensor (None, 64) float32 from dense".</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"SymbolicTensor {Shape} {ElementType.KerasName()} from {Layer.Name}";

    private void RequireOutputs(int count)
    {
        if (outputs.Length != count)
        {
            throw new InvalidOperationException(
                $"Layer '{Layer.Name}' gave {outputs.Length} results, but {count} were asked for.");
        }
    }
}
