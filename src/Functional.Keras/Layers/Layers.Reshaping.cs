namespace Functional.Keras;

/// <content>Layers that rearrange.</content>
public static partial class Layers
{
    /// <summary>All axes but the batch become one.</summary>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, a, b, ...) to (batch, a * b * ...).</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Flatten(string? dataFormat = null, string? name = null, Shape? inputShape = null) =>
        LayerInstance.Create("Flatten", name, new() { ["data_format"] = dataFormat }, inputShape);

    /// <summary>The same numbers under another shape.</summary>
    /// <param name="targetShape">The shape without the batch; one length may be -1 and follows.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, ...) to (batch, targetShape).</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Reshape(Axes targetShape, string? name = null, Shape? inputShape = null) =>
        LayerInstance.Create("Reshape", name, new() { ["target_shape"] = Required(targetShape) }, inputShape);

    /// <summary>Axes in another order.</summary>
    /// <param name="dims">For each axis of the result the axis it comes from, the first after the batch being
    /// 1.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, a, b) to (batch, b, a) for dims [2, 1].</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Permute(Axes dims, string? name = null, Shape? inputShape = null) =>
        LayerInstance.Create("Permute", name, new() { ["dims"] = Required(dims) }, inputShape);

    /// <summary>Repeats a vector.</summary>
    /// <param name="n">How often.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, features) to (batch, n, features).</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer RepeatVector(int n, string? name = null, Shape? inputShape = null) =>
        LayerInstance.Create("RepeatVector", name, new() { ["n"] = n }, inputShape);
}
