namespace Functional.Keras;

/// <content>Layers over sequences, images and volumes.</content>
public static partial class FluentLayers
{
    /// <summary>The mean of every feature over sequences. Calls <see cref="Layers.GlobalAveragePooling1D"/> on a
    /// tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="keepdims">Whether the axes stay, with length 1.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor GlobalAveragePooling1D(
        this SymbolicTensor input,
        string? dataFormat = null,
        bool keepdims = false,
        string? name = null) =>
        Layers.GlobalAveragePooling1D(dataFormat, keepdims, name)(input);

    /// <summary>The largest value of every feature over sequences. Calls <see cref="Layers.GlobalMaxPooling1D"/> on a
    /// tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="keepdims">Whether the axes stay, with length 1.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor GlobalMaxPooling1D(
        this SymbolicTensor input,
        string? dataFormat = null,
        bool keepdims = false,
        string? name = null) =>
        Layers.GlobalMaxPooling1D(dataFormat, keepdims, name)(input);

    /// <summary>The mean of every feature over images. Calls <see cref="Layers.GlobalAveragePooling2D"/> on a
    /// tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="keepdims">Whether the axes stay, with length 1.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor GlobalAveragePooling2D(
        this SymbolicTensor input,
        string? dataFormat = null,
        bool keepdims = false,
        string? name = null) =>
        Layers.GlobalAveragePooling2D(dataFormat, keepdims, name)(input);

    /// <summary>The largest value of every feature over images. Calls <see cref="Layers.GlobalMaxPooling2D"/> on a
    /// tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="keepdims">Whether the axes stay, with length 1.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor GlobalMaxPooling2D(
        this SymbolicTensor input,
        string? dataFormat = null,
        bool keepdims = false,
        string? name = null) =>
        Layers.GlobalMaxPooling2D(dataFormat, keepdims, name)(input);

    /// <summary>The mean of every feature over volumes. Calls <see cref="Layers.GlobalAveragePooling3D"/> on a
    /// tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="keepdims">Whether the axes stay, with length 1.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor GlobalAveragePooling3D(
        this SymbolicTensor input,
        string? dataFormat = null,
        bool keepdims = false,
        string? name = null) =>
        Layers.GlobalAveragePooling3D(dataFormat, keepdims, name)(input);

    /// <summary>The largest value of every feature over volumes. Calls <see cref="Layers.GlobalMaxPooling3D"/> on a
    /// tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="keepdims">Whether the axes stay, with length 1.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor GlobalMaxPooling3D(
        this SymbolicTensor input,
        string? dataFormat = null,
        bool keepdims = false,
        string? name = null) =>
        Layers.GlobalMaxPooling3D(dataFormat, keepdims, name)(input);

    /// <summary>Makes sequences larger by whole factors. Calls <see cref="Layers.UpSampling1D"/> on a
    /// tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="size">The factor of each axis, or one for all; null is 2.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor UpSampling1D(this SymbolicTensor input, Axes? size = null, string? name = null) =>
        Layers.UpSampling1D(size, name)(input);

    /// <summary>Makes images larger by whole factors. Calls <see cref="Layers.UpSampling2D"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="size">The factor of each axis, or one for all; null is 2.</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="interpolation">"nearest" or "bilinear".</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor UpSampling2D(
        this SymbolicTensor input,
        Axes? size = null,
        string? dataFormat = null,
        string interpolation = "nearest",
        string? name = null) =>
        Layers.UpSampling2D(size, dataFormat, interpolation, name)(input);

    /// <summary>Makes volumes larger by whole factors. Calls <see cref="Layers.UpSampling3D"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="size">The factor of each axis, or one for all; null is 2.</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor UpSampling3D(
        this SymbolicTensor input,
        Axes? size = null,
        string? dataFormat = null,
        string? name = null) =>
        Layers.UpSampling3D(size, dataFormat, name)(input);

    /// <summary>Puts zeros around sequences. Calls <see cref="Layers.ZeroPadding1D"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="padding">How many zeros at both ends of each axis; null is 1.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor ZeroPadding1D(
        this SymbolicTensor input,
        Margins? padding = null,
        string? name = null) =>
        Layers.ZeroPadding1D(padding, name)(input);

    /// <summary>Cuts the ends off sequences. Calls <see cref="Layers.Cropping1D"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="cropping">How many elements at both ends of each axis; null is 1.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor Cropping1D(
        this SymbolicTensor input,
        Margins? cropping = null,
        string? name = null) =>
        Layers.Cropping1D(cropping, name)(input);

    /// <summary>Puts zeros around images. Calls <see cref="Layers.ZeroPadding2D"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="padding">How many zeros at both ends of each axis; null is 1.</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor ZeroPadding2D(
        this SymbolicTensor input,
        Margins? padding = null,
        string? dataFormat = null,
        string? name = null) =>
        Layers.ZeroPadding2D(padding, dataFormat, name)(input);

    /// <summary>Cuts the ends off images. Calls <see cref="Layers.Cropping2D"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="cropping">How many elements at both ends of each axis; null is 1.</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor Cropping2D(
        this SymbolicTensor input,
        Margins? cropping = null,
        string? dataFormat = null,
        string? name = null) =>
        Layers.Cropping2D(cropping, dataFormat, name)(input);

    /// <summary>Puts zeros around volumes. Calls <see cref="Layers.ZeroPadding3D"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="padding">How many zeros at both ends of each axis; null is 1.</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor ZeroPadding3D(
        this SymbolicTensor input,
        Margins? padding = null,
        string? dataFormat = null,
        string? name = null) =>
        Layers.ZeroPadding3D(padding, dataFormat, name)(input);

    /// <summary>Cuts the ends off volumes. Calls <see cref="Layers.Cropping3D"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="cropping">How many elements at both ends of each axis; null is 1.</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor Cropping3D(
        this SymbolicTensor input,
        Margins? cropping = null,
        string? dataFormat = null,
        string? name = null) =>
        Layers.Cropping3D(cropping, dataFormat, name)(input);
}
