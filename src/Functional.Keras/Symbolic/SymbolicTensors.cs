using System.Collections;
using System.Runtime.CompilerServices;
using CoreTensor = Functional.Core.Layers.SymbolicTensor;

namespace Functional.Keras;

/// <summary>
/// One or several symbolic tensors: the inputs and outputs of models. One converts to it by itself, several are a
/// collection: <c>inputs: x</c> and <c>inputs: [x, y]</c>. Where there is one, it converts back.
/// </summary>
[CollectionBuilder(typeof(SymbolicTensors), nameof(Create))]
public sealed class SymbolicTensors : IReadOnlyList<SymbolicTensor>
{
    private readonly SymbolicTensor[] items;

    private SymbolicTensors(SymbolicTensor[] items)
    {
        // Every call of a layer, an operation or a model passes here.
        var missing = Array.IndexOf(items, null);
        if (missing >= 0)
        {
            throw new ArgumentException(
                $"Symbolic tensors are expected, from Input or from the call of a layer, but number {missing} of "
                + $"{items.Length} is null.",
                nameof(items));
        }

        this.items = items;
    }

    /// <summary>The number of tensors.</summary>
    public int Count => items.Length;

    /// <summary>One of the tensors.</summary>
    /// <param name="index">Its position.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    public SymbolicTensor this[int index] => Position.At(items, index, "symbolic tensor");

    /// <summary>These tensors.</summary>
    /// <param name="items">The tensors in order.</param>
    /// <returns>The tensors.</returns>
    /// <exception cref="ArgumentException">A tensor is null.</exception>
    public static SymbolicTensors Create(params ReadOnlySpan<SymbolicTensor> items) => new(items.ToArray());

    /// <summary>One tensor among tensors.</summary>
    /// <param name="tensor">The tensor.</param>
    public static implicit operator SymbolicTensors(SymbolicTensor tensor) => new([tensor]);

    /// <summary>Several tensors.</summary>
    /// <param name="tensors">The tensors.</param>
    /// <exception cref="ArgumentException">A tensor is null.</exception>
    public static implicit operator SymbolicTensors(SymbolicTensor[] tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return new([.. tensors]);
    }

    /// <summary>The tensor, where there is one.</summary>
    /// <param name="tensors">One tensor.</param>
    /// <exception cref="InvalidOperationException">There are several, or none.</exception>
    public static implicit operator SymbolicTensor(SymbolicTensors tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return tensors.items.Length == 1
            ? tensors.items[0]
            : throw new InvalidOperationException(
                $"One symbolic tensor was expected, but there are {tensors.items.Length}: choose one by its position.");
    }

    /// <summary>Calls a layer on all tensors together.</summary>
    /// <param name="inputs">The tensors.</param>
    /// <param name="layer">The layer.</param>
    public static SymbolicTensor operator |(SymbolicTensors inputs, Layer layer)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(layer);
        return layer(inputs.items);
    }

    /// <inheritdoc/>
    public IEnumerator<SymbolicTensor> GetEnumerator() => ((IEnumerable<SymbolicTensor>)items).GetEnumerator();

    /// <summary>The tensors' descriptions.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"[{string.Join(", ", items.AsEnumerable())}]";

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static SymbolicTensors Of(CoreTensor[] outputs) =>
        new([.. outputs.Select((_, index) => new SymbolicTensor(outputs, index))]);

    /// <summary>Tensors of different calls.</summary>
    internal static SymbolicTensors OfEach(CoreTensor[] tensors) =>
        new(Array.ConvertAll(tensors, tensor => new SymbolicTensor([tensor], 0)));

    internal CoreTensor[] ToCore() => Array.ConvertAll(items, item => item.Core);
}
