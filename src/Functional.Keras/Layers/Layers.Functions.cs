namespace Functional.Keras;

/// <content>Functions as layers.</content>
public static partial class Layers
{
    /// <summary>A function of a symbolic tensor as a layer: <c>Lambda(x => Ops.Square(x) + 1)</c>. It has no weights: layers
    /// with weights are called outside. The result has no mask.</summary>
    /// <param name="function">The function; it gives the same result whenever it is called on the same shape.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <remarks><i>Shapes</i>: As the function says. A model with this layer is saved only when "Lambda" is registered with
    /// <see cref="Saving"/>, because no file holds code. Source: keras/src/layers/core/lambda_layer.py.</remarks>
    /// <returns>The layer.</returns>
    public static Layer Lambda(Func<SymbolicTensor, SymbolicTensor> function, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return LayerInstance.Create("Lambda", name, [], _ => [], inputs => function(inputs));
    }

    /// <summary>A function of two symbolic tensors as a layer: <c>Lambda((x, y) => x * y)</c>. It has no weights: layers with
    /// weights are called outside. The result has no mask.</summary>
    /// <param name="function">The function; it gives the same result whenever it is called on the same shapes.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <remarks><i>Shapes</i>: As the function says. A model with this layer is saved only when "Lambda" is registered with
    /// <see cref="Saving"/>, because no file holds code. Source: keras/src/layers/core/lambda_layer.py.</remarks>
    /// <returns>The layer.</returns>
    public static Layer Lambda(Func<SymbolicTensor, SymbolicTensor, SymbolicTensor> function, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return LayerInstance.Create(
            "Lambda",
            name,
            [],
            _ => [],
            inputs => inputs.Count == 2
                ? function(inputs[0], inputs[1])
                : throw new ArgumentException($"expects 2 inputs, but got {inputs.Count}"));
    }
}
