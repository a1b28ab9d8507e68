namespace Functional.Keras;

/// <content>Functions as layers.</content>
public static partial class FluentLayers
{
    /// <summary>A function of a symbolic tensor as a layer. Calls <see cref="Layers.Lambda(Func{SymbolicTensor,
    /// SymbolicTensor}, string?)"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="function">The function; it gives the same result whenever it is called on the same shape.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    public static SymbolicTensor Lambda(
        this SymbolicTensor input, Func<SymbolicTensor, SymbolicTensor> function, string? name = null) =>
        Layers.Lambda(function, name)(input);
}
