namespace Functional.Keras;

/// <content>Layers that rearrange.</content>
public static partial class FluentLayers
{
    /// <summary>All axes but the batch become one. Calls <see cref="Layers.Flatten"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor Flatten(this SymbolicTensor input, string? dataFormat = null, string? name = null) =>
        Layers.Flatten(dataFormat, name)(input);

    /// <summary>The same numbers under another shape. Calls <see cref="Layers.Reshape"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="targetShape">The shape without the batch; one length may be -1 and follows.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor Reshape(this SymbolicTensor input, Axes targetShape, string? name = null) =>
        Layers.Reshape(targetShape, name)(input);

    /// <summary>Axes in another order. Calls <see cref="Layers.Permute"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="dims">For each axis of the result the axis it comes from, the first after the batch being
    /// 1.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor Permute(this SymbolicTensor input, Axes dims, string? name = null) =>
        Layers.Permute(dims, name)(input);

    /// <summary>Repeats a vector. Calls <see cref="Layers.RepeatVector"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="n">How often.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor RepeatVector(this SymbolicTensor input, int n, string? name = null) =>
        Layers.RepeatVector(n, name)(input);
}
