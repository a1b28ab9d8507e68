namespace Functional.Keras;

/// <summary>
/// Layers called on a tensor in one expression: <c>x.Dense(64, "relu").Dropout(0.5).Dense(10)</c> is
/// <c>Dense(10)(Dropout(0.5)(Dense(64, "relu")(x)))</c>.
/// </summary>
public static partial class FluentLayers
{
    /// <summary>Calls a layer, or a model, on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="layer">The layer.</param>
    /// <returns>The result.</returns>
    public static SymbolicTensor Apply(this SymbolicTensor input, Layer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return layer(input);
    }
}
