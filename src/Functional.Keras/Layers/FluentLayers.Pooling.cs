namespace Functional.Keras;

/// <content>The greatest or the mean of every window.</content>
public static partial class FluentLayers
{
    /// <summary>The greatest number of every window of every channel, over series. Calls <see
    /// cref="Layers.MaxPooling1D"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="poolSize">The length of the window on each spatial axis, or one for all; null is 2.</param>
    /// <param name="strides">How far the window moves on each axis, or one for all; null is its own length.</param>
    /// <param name="padding">"valid" (the window stays inside) or "same" (it reaches over the ends, where nothing
    /// counts).</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor MaxPooling1D(
        this SymbolicTensor input,
        Axes? poolSize = null,
        Axes? strides = null,
        string padding = "valid",
        string? dataFormat = null,
        string? name = null) =>
        Layers.MaxPooling1D(poolSize, strides, padding, dataFormat, name)(input);

    /// <summary>The greatest number of every window of every channel, over images. Calls <see
    /// cref="Layers.MaxPooling2D"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="poolSize">The length of the window on each spatial axis, or one for all; null is 2.</param>
    /// <param name="strides">How far the window moves on each axis, or one for all; null is its own length.</param>
    /// <param name="padding">"valid" (the window stays inside) or "same" (it reaches over the ends, where nothing
    /// counts).</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor MaxPooling2D(
        this SymbolicTensor input,
        Axes? poolSize = null,
        Axes? strides = null,
        string padding = "valid",
        string? dataFormat = null,
        string? name = null) =>
        Layers.MaxPooling2D(poolSize, strides, padding, dataFormat, name)(input);

    /// <summary>The greatest number of every window of every channel, over volumes. Calls <see
    /// cref="Layers.MaxPooling3D"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="poolSize">The length of the window on each spatial axis, or one for all; null is 2.</param>
    /// <param name="strides">How far the window moves on each axis, or one for all; null is its own length.</param>
    /// <param name="padding">"valid" (the window stays inside) or "same" (it reaches over the ends, where nothing
    /// counts).</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor MaxPooling3D(
        this SymbolicTensor input,
        Axes? poolSize = null,
        Axes? strides = null,
        string padding = "valid",
        string? dataFormat = null,
        string? name = null) =>
        Layers.MaxPooling3D(poolSize, strides, padding, dataFormat, name)(input);

    /// <summary>The mean of every window of every channel, over series. Calls <see cref="Layers.AveragePooling1D"/> on
    /// a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="poolSize">The length of the window on each spatial axis, or one for all.</param>
    /// <param name="strides">How far the window moves on each axis, or one for all; null is its own length.</param>
    /// <param name="padding">"valid" (the window stays inside) or "same" (it reaches over the ends, where nothing
    /// counts).</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor AveragePooling1D(
        this SymbolicTensor input,
        Axes poolSize,
        Axes? strides = null,
        string padding = "valid",
        string? dataFormat = null,
        string? name = null) =>
        Layers.AveragePooling1D(poolSize, strides, padding, dataFormat, name)(input);

    /// <summary>The mean of every window of every channel, over images. Calls <see cref="Layers.AveragePooling2D"/> on
    /// a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="poolSize">The length of the window on each spatial axis, or one for all.</param>
    /// <param name="strides">How far the window moves on each axis, or one for all; null is its own length.</param>
    /// <param name="padding">"valid" (the window stays inside) or "same" (it reaches over the ends, where nothing
    /// counts).</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor AveragePooling2D(
        this SymbolicTensor input,
        Axes poolSize,
        Axes? strides = null,
        string padding = "valid",
        string? dataFormat = null,
        string? name = null) =>
        Layers.AveragePooling2D(poolSize, strides, padding, dataFormat, name)(input);

    /// <summary>The mean of every window of every channel, over volumes. Calls <see cref="Layers.AveragePooling3D"/>
    /// on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="poolSize">The length of the window on each spatial axis, or one for all.</param>
    /// <param name="strides">How far the window moves on each axis, or one for all; null is its own length.</param>
    /// <param name="padding">"valid" (the window stays inside) or "same" (it reaches over the ends, where nothing
    /// counts).</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor AveragePooling3D(
        this SymbolicTensor input,
        Axes poolSize,
        Axes? strides = null,
        string padding = "valid",
        string? dataFormat = null,
        string? name = null) =>
        Layers.AveragePooling3D(poolSize, strides, padding, dataFormat, name)(input);
}
