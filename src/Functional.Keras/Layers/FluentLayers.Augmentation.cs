namespace Functional.Keras;

/// <content>Layers that change images at random while training.</content>
public static partial class FluentLayers
{
    /// <summary>While training, mirrors every image with probability one half. Calls <see cref="Layers.RandomFlip"/>
    /// on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="mode">"horizontal", "vertical" or "horizontal_and_vertical".</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor RandomFlip(
        this SymbolicTensor input,
        string mode = "horizontal_and_vertical",
        int? seed = null,
        string? name = null) =>
        Layers.RandomFlip(mode, seed, name)(input);

    /// <summary>While training, turns every image by a random angle. Calls <see cref="Layers.RandomRotation"/> on a
    /// tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="factor">Bounds of the angle as parts of a whole turn; positive turns counter-clockwise.</param>
    /// <param name="fillMode">What is outside an image: "reflect", "wrap", "constant" or "nearest".</param>
    /// <param name="interpolation">"bilinear" or "nearest".</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <param name="fillValue">The number outside, where the fill mode is "constant".</param>
    /// <param name="valueRange">What the images' numbers are within; null is (0, 255).</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor RandomRotation(
        this SymbolicTensor input,
        Factor factor,
        string fillMode = "reflect",
        string interpolation = "bilinear",
        int? seed = null,
        double fillValue = 0.0,
        (double Low, double High)? valueRange = null,
        string? dataFormat = null,
        string? name = null) =>
        Layers.RandomRotation(factor, fillMode, interpolation, seed, fillValue, valueRange, dataFormat, name)(input);

    /// <summary>While training, shifts every image at random. Calls <see cref="Layers.RandomTranslation"/> on a
    /// tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="heightFactor">Bounds of the shift as parts of the height; positive is down.</param>
    /// <param name="widthFactor">Bounds of the shift as parts of the width; positive is right.</param>
    /// <param name="fillMode">What is outside an image: "reflect", "wrap", "constant" or "nearest".</param>
    /// <param name="interpolation">"bilinear" or "nearest".</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <param name="fillValue">The number outside, where the fill mode is "constant".</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor RandomTranslation(
        this SymbolicTensor input,
        Factor heightFactor,
        Factor widthFactor,
        string fillMode = "reflect",
        string interpolation = "bilinear",
        int? seed = null,
        double fillValue = 0.0,
        string? dataFormat = null,
        string? name = null) =>
        Layers.RandomTranslation(heightFactor, widthFactor, fillMode, interpolation, seed, fillValue, dataFormat, name)(input);

    /// <summary>While training, makes what every image shows smaller or larger at random. Calls <see
    /// cref="Layers.RandomZoom"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="heightFactor">Bounds of the vertical change; above 0 zooms out, below 0 in.</param>
    /// <param name="widthFactor">Bounds of the horizontal change; null is the vertical one, which distorts
    /// nothing.</param>
    /// <param name="fillMode">What is outside an image: "reflect", "wrap", "constant" or "nearest".</param>
    /// <param name="interpolation">"bilinear" or "nearest".</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <param name="fillValue">The number outside, where the fill mode is "constant".</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor RandomZoom(
        this SymbolicTensor input,
        Factor heightFactor,
        Factor? widthFactor = null,
        string fillMode = "reflect",
        string interpolation = "bilinear",
        int? seed = null,
        double fillValue = 0.0,
        string? dataFormat = null,
        string? name = null) =>
        Layers.RandomZoom(heightFactor, widthFactor, fillMode, interpolation, seed, fillValue, dataFormat, name)(input);

    /// <summary>While training, takes a part of images at a random place; else, and from smaller images, the largest
    /// part of its ratio, resized. Calls <see cref="Layers.RandomCrop"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="height">The new height.</param>
    /// <param name="width">The new width.</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor RandomCrop(
        this SymbolicTensor input,
        int height,
        int width,
        int? seed = null,
        string? dataFormat = null,
        string? name = null) =>
        Layers.RandomCrop(height, width, seed, dataFormat, name)(input);

    /// <summary>While training, moves every image's numbers away from, or nearer to, the mean of their channel. Calls
    /// <see cref="Layers.RandomContrast"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="factor">The change is by 1 - lower to 1 + upper, both from 0 to 1.</param>
    /// <param name="valueRange">What the results are limited to; null is (0, 255).</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor RandomContrast(
        this SymbolicTensor input,
        Factor factor,
        (double Low, double High)? valueRange = null,
        int? seed = null,
        string? name = null) =>
        Layers.RandomContrast(factor, valueRange, seed, name)(input);

    /// <summary>While training, adds a random number to every image. Calls <see cref="Layers.RandomBrightness"/> on a
    /// tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="factor">Bounds of the number as parts of the value range, from -1 to 1.</param>
    /// <param name="valueRange">What the images' numbers are within, and the results are limited to; null is (0,
    /// 255).</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor RandomBrightness(
        this SymbolicTensor input,
        Factor factor,
        (double Low, double High)? valueRange = null,
        int? seed = null,
        string? name = null) =>
        Layers.RandomBrightness(factor, valueRange, seed, name)(input);
}
