namespace Functional.Keras;

/// <content>Layers over sequences, images and volumes.</content>
public static partial class Layers
{
    /// <summary>The mean of every feature over sequences.</summary>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="keepdims">Whether the axes stay, with length 1.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, steps, features) to (batch, features).</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer GlobalAveragePooling1D(
        string? dataFormat = null,
        bool keepdims = false,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "GlobalAveragePooling1D",
            name,
            new()
            {
                ["data_format"] = dataFormat,
                ["keepdims"] = keepdims,
            },
            inputShape);

    /// <summary>The largest value of every feature over sequences.</summary>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="keepdims">Whether the axes stay, with length 1.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, steps, features) to (batch, features).</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer GlobalMaxPooling1D(
        string? dataFormat = null,
        bool keepdims = false,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "GlobalMaxPooling1D",
            name,
            new()
            {
                ["data_format"] = dataFormat,
                ["keepdims"] = keepdims,
            },
            inputShape);

    /// <summary>The mean of every feature over images.</summary>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="keepdims">Whether the axes stay, with length 1.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, height, width, channels) to (batch, channels).</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer GlobalAveragePooling2D(
        string? dataFormat = null,
        bool keepdims = false,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "GlobalAveragePooling2D",
            name,
            new()
            {
                ["data_format"] = dataFormat,
                ["keepdims"] = keepdims,
            },
            inputShape);

    /// <summary>The largest value of every feature over images.</summary>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="keepdims">Whether the axes stay, with length 1.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, height, width, channels) to (batch, channels).</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer GlobalMaxPooling2D(
        string? dataFormat = null,
        bool keepdims = false,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "GlobalMaxPooling2D",
            name,
            new()
            {
                ["data_format"] = dataFormat,
                ["keepdims"] = keepdims,
            },
            inputShape);

    /// <summary>The mean of every feature over volumes.</summary>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="keepdims">Whether the axes stay, with length 1.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, depth, height, width, channels) to (batch, channels).</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer GlobalAveragePooling3D(
        string? dataFormat = null,
        bool keepdims = false,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "GlobalAveragePooling3D",
            name,
            new()
            {
                ["data_format"] = dataFormat,
                ["keepdims"] = keepdims,
            },
            inputShape);

    /// <summary>The largest value of every feature over volumes.</summary>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="keepdims">Whether the axes stay, with length 1.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, depth, height, width, channels) to (batch, channels).</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer GlobalMaxPooling3D(
        string? dataFormat = null,
        bool keepdims = false,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "GlobalMaxPooling3D",
            name,
            new()
            {
                ["data_format"] = dataFormat,
                ["keepdims"] = keepdims,
            },
            inputShape);

    /// <summary>Makes sequences larger by whole factors.</summary>
    /// <param name="size">The factor of each axis, or one for all; null is 2.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, steps, features) to the same with longer axes.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer UpSampling1D(Axes? size = null, string? name = null, Shape? inputShape = null) =>
        LayerInstance.Create("UpSampling1D", name, new() { ["size"] = size?.Json ?? 2 }, inputShape);

    /// <summary>Makes images larger by whole factors.</summary>
    /// <param name="size">The factor of each axis, or one for all; null is 2.</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="interpolation">"nearest" or "bilinear".</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, height, width, channels) to the same with longer axes.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer UpSampling2D(
        Axes? size = null,
        string? dataFormat = null,
        string interpolation = "nearest",
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "UpSampling2D",
            name,
            new()
            {
                ["size"] = size?.Json ?? 2,
                ["data_format"] = dataFormat,
                ["interpolation"] = interpolation,
            },
            inputShape);

    /// <summary>Makes volumes larger by whole factors.</summary>
    /// <param name="size">The factor of each axis, or one for all; null is 2.</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, depth, height, width, channels) to the same with longer axes.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer UpSampling3D(
        Axes? size = null,
        string? dataFormat = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "UpSampling3D",
            name,
            new()
            {
                ["size"] = size?.Json ?? 2,
                ["data_format"] = dataFormat,
            },
            inputShape);

    /// <summary>Puts zeros around sequences.</summary>
    /// <param name="padding">How many zeros at both ends of each axis; null is 1.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, steps, features) to the same with longer axes.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer ZeroPadding1D(Margins? padding = null, string? name = null, Shape? inputShape = null) =>
        LayerInstance.Create("ZeroPadding1D", name, new() { ["padding"] = padding?.Json }, inputShape);

    /// <summary>Cuts the ends off sequences.</summary>
    /// <param name="cropping">How many elements at both ends of each axis; null is 1.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, steps, features) to the same with shorter axes.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Cropping1D(Margins? cropping = null, string? name = null, Shape? inputShape = null) =>
        LayerInstance.Create("Cropping1D", name, new() { ["cropping"] = cropping?.Json }, inputShape);

    /// <summary>Puts zeros around images.</summary>
    /// <param name="padding">How many zeros at both ends of each axis; null is 1.</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, height, width, channels) to the same with longer axes.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer ZeroPadding2D(
        Margins? padding = null,
        string? dataFormat = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "ZeroPadding2D",
            name,
            new()
            {
                ["padding"] = padding?.Json,
                ["data_format"] = dataFormat,
            },
            inputShape);

    /// <summary>Cuts the ends off images.</summary>
    /// <param name="cropping">How many elements at both ends of each axis; null is 1.</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, height, width, channels) to the same with shorter axes.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Cropping2D(
        Margins? cropping = null,
        string? dataFormat = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "Cropping2D",
            name,
            new()
            {
                ["cropping"] = cropping?.Json,
                ["data_format"] = dataFormat,
            },
            inputShape);

    /// <summary>Puts zeros around volumes.</summary>
    /// <param name="padding">How many zeros at both ends of each axis; null is 1.</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, depth, height, width, channels) to the same with longer axes.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer ZeroPadding3D(
        Margins? padding = null,
        string? dataFormat = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "ZeroPadding3D",
            name,
            new()
            {
                ["padding"] = padding?.Json,
                ["data_format"] = dataFormat,
            },
            inputShape);

    /// <summary>Cuts the ends off volumes.</summary>
    /// <param name="cropping">How many elements at both ends of each axis; null is 1.</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, depth, height, width, channels) to the same with shorter axes.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Cropping3D(
        Margins? cropping = null,
        string? dataFormat = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "Cropping3D",
            name,
            new()
            {
                ["cropping"] = cropping?.Json,
                ["data_format"] = dataFormat,
            },
            inputShape);
}
