namespace Functional.Keras;

/// <content>The greatest or the mean of every window.</content>
public static partial class Layers
{
    /// <summary>The greatest number of every window of every channel, over series.</summary>
    /// <param name="poolSize">The length of the window on each spatial axis, or one for all; null is 2.</param>
    /// <param name="strides">How far the window moves on each axis, or one for all; null is its own length.</param>
    /// <param name="padding">"valid" (the window stays inside) or "same" (it reaches over the ends, where nothing
    /// counts).</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, steps, channels) to (batch, new steps, channels). Source:
    /// keras/src/layers/pooling/max_pooling1d.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer MaxPooling1D(
        Axes? poolSize = null,
        Axes? strides = null,
        string padding = "valid",
        string? dataFormat = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "MaxPooling1D",
            name,
            new()
            {
                ["pool_size"] = poolSize?.Json,
                ["strides"] = strides?.Json,
                ["padding"] = padding,
                ["data_format"] = dataFormat,
            },
            inputShape);

    /// <summary>The greatest number of every window of every channel, over images.</summary>
    /// <param name="poolSize">The length of the window on each spatial axis, or one for all; null is 2.</param>
    /// <param name="strides">How far the window moves on each axis, or one for all; null is its own length.</param>
    /// <param name="padding">"valid" (the window stays inside) or "same" (it reaches over the ends, where nothing
    /// counts).</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, height, width, channels) to (batch, new height, new width, channels). Source:
    /// keras/src/layers/pooling/max_pooling2d.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer MaxPooling2D(
        Axes? poolSize = null,
        Axes? strides = null,
        string padding = "valid",
        string? dataFormat = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "MaxPooling2D",
            name,
            new()
            {
                ["pool_size"] = poolSize?.Json,
                ["strides"] = strides?.Json,
                ["padding"] = padding,
                ["data_format"] = dataFormat,
            },
            inputShape);

    /// <summary>The greatest number of every window of every channel, over volumes.</summary>
    /// <param name="poolSize">The length of the window on each spatial axis, or one for all; null is 2.</param>
    /// <param name="strides">How far the window moves on each axis, or one for all; null is its own length.</param>
    /// <param name="padding">"valid" (the window stays inside) or "same" (it reaches over the ends, where nothing
    /// counts).</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, depth, height, width, channels) to (batch, new depth, new height, new width,
    /// channels). Source: keras/src/layers/pooling/max_pooling3d.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer MaxPooling3D(
        Axes? poolSize = null,
        Axes? strides = null,
        string padding = "valid",
        string? dataFormat = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "MaxPooling3D",
            name,
            new()
            {
                ["pool_size"] = poolSize?.Json,
                ["strides"] = strides?.Json,
                ["padding"] = padding,
                ["data_format"] = dataFormat,
            },
            inputShape);

    /// <summary>The mean of every window of every channel, over series.</summary>
    /// <param name="poolSize">The length of the window on each spatial axis, or one for all.</param>
    /// <param name="strides">How far the window moves on each axis, or one for all; null is its own length.</param>
    /// <param name="padding">"valid" (the window stays inside) or "same" (it reaches over the ends, where nothing
    /// counts).</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, steps, channels) to (batch, new steps, channels). Source:
    /// keras/src/layers/pooling/average_pooling1d.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer AveragePooling1D(
        Axes poolSize,
        Axes? strides = null,
        string padding = "valid",
        string? dataFormat = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "AveragePooling1D",
            name,
            new()
            {
                ["pool_size"] = Required(poolSize),
                ["strides"] = strides?.Json,
                ["padding"] = padding,
                ["data_format"] = dataFormat,
            },
            inputShape);

    /// <summary>The mean of every window of every channel, over images.</summary>
    /// <param name="poolSize">The length of the window on each spatial axis, or one for all.</param>
    /// <param name="strides">How far the window moves on each axis, or one for all; null is its own length.</param>
    /// <param name="padding">"valid" (the window stays inside) or "same" (it reaches over the ends, where nothing
    /// counts).</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, height, width, channels) to (batch, new height, new width, channels). Source:
    /// keras/src/layers/pooling/average_pooling2d.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer AveragePooling2D(
        Axes poolSize,
        Axes? strides = null,
        string padding = "valid",
        string? dataFormat = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "AveragePooling2D",
            name,
            new()
            {
                ["pool_size"] = Required(poolSize),
                ["strides"] = strides?.Json,
                ["padding"] = padding,
                ["data_format"] = dataFormat,
            },
            inputShape);

    /// <summary>The mean of every window of every channel, over volumes.</summary>
    /// <param name="poolSize">The length of the window on each spatial axis, or one for all.</param>
    /// <param name="strides">How far the window moves on each axis, or one for all; null is its own length.</param>
    /// <param name="padding">"valid" (the window stays inside) or "same" (it reaches over the ends, where nothing
    /// counts).</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, depth, height, width, channels) to (batch, new depth, new height, new width,
    /// channels). Source: keras/src/layers/pooling/average_pooling3d.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer AveragePooling3D(
        Axes poolSize,
        Axes? strides = null,
        string padding = "valid",
        string? dataFormat = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "AveragePooling3D",
            name,
            new()
            {
                ["pool_size"] = Required(poolSize),
                ["strides"] = strides?.Json,
                ["padding"] = padding,
                ["data_format"] = dataFormat,
            },
            inputShape);
}
