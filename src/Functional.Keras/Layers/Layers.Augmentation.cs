namespace Functional.Keras;

/// <content>Layers that change images at random while training.</content>
public static partial class Layers
{
    /// <summary>While training, mirrors every image with probability one half.</summary>
    /// <param name="mode">"horizontal", "vertical" or "horizontal_and_vertical".</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, height, width, channels) to the same. Source:
    /// keras/src/layers/preprocessing/image_preprocessing/random_flip.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer RandomFlip(
        string mode = "horizontal_and_vertical",
        int? seed = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "RandomFlip",
            name,
            new()
            {
                ["mode"] = mode,
                ["seed"] = seed,
            },
            inputShape);

    /// <summary>While training, turns every image by a random angle.</summary>
    /// <param name="factor">Bounds of the angle as parts of a whole turn; positive turns counter-clockwise.</param>
    /// <param name="fillMode">What is outside an image: "reflect", "wrap", "constant" or "nearest".</param>
    /// <param name="interpolation">"bilinear" or "nearest".</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <param name="fillValue">The number outside, where the fill mode is "constant".</param>
    /// <param name="valueRange">What the images' numbers are within; null is (0, 255).</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, height, width, channels) to the same. Source:
    /// keras/src/layers/preprocessing/image_preprocessing/random_rotation.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer RandomRotation(
        Factor factor,
        string fillMode = "reflect",
        string interpolation = "bilinear",
        int? seed = null,
        double fillValue = 0.0,
        (double Low, double High)? valueRange = null,
        string? dataFormat = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "RandomRotation",
            name,
            new()
            {
                ["factor"] = Required(factor),
                ["fill_mode"] = fillMode,
                ["interpolation"] = interpolation,
                ["seed"] = seed,
                ["fill_value"] = fillValue,
                ["value_range"] = Range(valueRange),
                ["data_format"] = dataFormat,
            },
            inputShape);

    /// <summary>While training, shifts every image at random.</summary>
    /// <param name="heightFactor">Bounds of the shift as parts of the height; positive is down.</param>
    /// <param name="widthFactor">Bounds of the shift as parts of the width; positive is right.</param>
    /// <param name="fillMode">What is outside an image: "reflect", "wrap", "constant" or "nearest".</param>
    /// <param name="interpolation">"bilinear" or "nearest".</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <param name="fillValue">The number outside, where the fill mode is "constant".</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, height, width, channels) to the same. Source:
    /// keras/src/layers/preprocessing/image_preprocessing/random_translation.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer RandomTranslation(
        Factor heightFactor,
        Factor widthFactor,
        string fillMode = "reflect",
        string interpolation = "bilinear",
        int? seed = null,
        double fillValue = 0.0,
        string? dataFormat = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "RandomTranslation",
            name,
            new()
            {
                ["height_factor"] = Required(heightFactor),
                ["width_factor"] = Required(widthFactor),
                ["fill_mode"] = fillMode,
                ["interpolation"] = interpolation,
                ["seed"] = seed,
                ["fill_value"] = fillValue,
                ["data_format"] = dataFormat,
            },
            inputShape);

    /// <summary>While training, makes what every image shows smaller or larger at random.</summary>
    /// <param name="heightFactor">Bounds of the vertical change; above 0 zooms out, below 0 in.</param>
    /// <param name="widthFactor">Bounds of the horizontal change; null is the vertical one, which distorts
    /// nothing.</param>
    /// <param name="fillMode">What is outside an image: "reflect", "wrap", "constant" or "nearest".</param>
    /// <param name="interpolation">"bilinear" or "nearest".</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <param name="fillValue">The number outside, where the fill mode is "constant".</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, height, width, channels) to the same. Source:
    /// keras/src/layers/preprocessing/image_preprocessing/random_zoom.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer RandomZoom(
        Factor heightFactor,
        Factor? widthFactor = null,
        string fillMode = "reflect",
        string interpolation = "bilinear",
        int? seed = null,
        double fillValue = 0.0,
        string? dataFormat = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "RandomZoom",
            name,
            new()
            {
                ["height_factor"] = Required(heightFactor),
                ["width_factor"] = widthFactor?.Json,
                ["fill_mode"] = fillMode,
                ["interpolation"] = interpolation,
                ["seed"] = seed,
                ["fill_value"] = fillValue,
                ["data_format"] = dataFormat,
            },
            inputShape);

    /// <summary>While training, takes a part of images at a random place; else, and from smaller images, the largest
    /// part of its ratio, resized.</summary>
    /// <param name="height">The new height.</param>
    /// <param name="width">The new width.</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, height, width, channels) of known height and width to (batch, newHeight,
    /// newWidth, channels). Source: keras/src/layers/preprocessing/image_preprocessing/random_crop.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer RandomCrop(
        int height,
        int width,
        int? seed = null,
        string? dataFormat = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "RandomCrop",
            name,
            new()
            {
                ["height"] = height,
                ["width"] = width,
                ["seed"] = seed,
                ["data_format"] = dataFormat,
            },
            inputShape);

    /// <summary>While training, moves every image's numbers away from, or nearer to, the mean of their
    /// channel.</summary>
    /// <param name="factor">The change is by 1 - lower to 1 + upper, both from 0 to 1.</param>
    /// <param name="valueRange">What the results are limited to; null is (0, 255).</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, height, width, channels) to the same. Source:
    /// keras/src/layers/preprocessing/image_preprocessing/random_contrast.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer RandomContrast(
        Factor factor,
        (double Low, double High)? valueRange = null,
        int? seed = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "RandomContrast",
            name,
            new()
            {
                ["factor"] = Required(factor),
                ["value_range"] = Range(valueRange),
                ["seed"] = seed,
            },
            inputShape);

    /// <summary>While training, adds a random number to every image.</summary>
    /// <param name="factor">Bounds of the number as parts of the value range, from -1 to 1.</param>
    /// <param name="valueRange">What the images' numbers are within, and the results are limited to; null is (0,
    /// 255).</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, height, width, channels) to the same. Source:
    /// keras/src/layers/preprocessing/image_preprocessing/random_brightness.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer RandomBrightness(
        Factor factor,
        (double Low, double High)? valueRange = null,
        int? seed = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "RandomBrightness",
            name,
            new()
            {
                ["factor"] = Required(factor),
                ["value_range"] = Range(valueRange),
                ["seed"] = seed,
            },
            inputShape);
}
