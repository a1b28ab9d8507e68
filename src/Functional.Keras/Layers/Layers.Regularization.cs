namespace Functional.Keras;

/// <content>Layers against overfitting.</content>
public static partial class Layers
{
    /// <summary>While training, sets a part of the numbers to zero and scales the others up (Srivastava et al.
    /// 2014).</summary>
    /// <param name="rate">The part that is dropped, 0 to 1.</param>
    /// <param name="noiseShape">The shape of the mask, 1 where numbers drop together.</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: Any to the same.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Dropout(
        double rate,
        Shape? noiseShape = null,
        int? seed = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "Dropout",
            name,
            new()
            {
                ["rate"] = rate,
                ["noise_shape"] = Lengths(noiseShape),
                ["seed"] = seed,
            },
            inputShape);

    /// <summary>While training, adds normal numbers.</summary>
    /// <param name="stddev">Their standard deviation.</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: Any to the same.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer GaussianNoise(
        double stddev,
        int? seed = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create("GaussianNoise", name, new() { ["stddev"] = stddev, ["seed"] = seed }, inputShape);

    /// <summary>While training, multiplies by normal numbers around 1.</summary>
    /// <param name="rate">As of dropout: their standard deviation is sqrt(rate / (1 - rate)).</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: Any to the same.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer GaussianDropout(
        double rate,
        int? seed = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create("GaussianDropout", name, new() { ["rate"] = rate, ["seed"] = seed }, inputShape);

    /// <summary>While training, drops numbers so that mean and variance stay (Klambauer et al. 2017).</summary>
    /// <param name="rate">The part that is dropped, 0 to 1.</param>
    /// <param name="noiseShape">The shape of the mask, 1 where numbers drop together.</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: Any to the same.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer AlphaDropout(
        double rate,
        Shape? noiseShape = null,
        int? seed = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "AlphaDropout",
            name,
            new()
            {
                ["rate"] = rate,
                ["noise_shape"] = Lengths(noiseShape),
                ["seed"] = seed,
            },
            inputShape);

    /// <summary>While training, drops whole features of a sequence.</summary>
    /// <param name="rate">The part that is dropped, 0 to 1.</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, steps, features) to the same.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer SpatialDropout1D(
        double rate,
        int? seed = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create("SpatialDropout1D", name, new() { ["rate"] = rate, ["seed"] = seed }, inputShape);

    /// <summary>While training, drops whole channels of images.</summary>
    /// <param name="rate">The part that is dropped, 0 to 1.</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, height, width, channels) to the same.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer SpatialDropout2D(
        double rate,
        string? dataFormat = null,
        int? seed = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "SpatialDropout2D",
            name,
            new()
            {
                ["rate"] = rate,
                ["data_format"] = dataFormat,
                ["seed"] = seed,
            },
            inputShape);

    /// <summary>While training, drops whole channels of volumes.</summary>
    /// <param name="rate">The part that is dropped, 0 to 1.</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, depth, height, width, channels) to the same.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer SpatialDropout3D(
        double rate,
        string? dataFormat = null,
        int? seed = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "SpatialDropout3D",
            name,
            new()
            {
                ["rate"] = rate,
                ["data_format"] = dataFormat,
                ["seed"] = seed,
            },
            inputShape);

    /// <summary>Adds a penalty on its input to the loss.</summary>
    /// <param name="l1">The factor of sum(|x|).</param>
    /// <param name="l2">The factor of sum(x²).</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: Any to the same.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer ActivityRegularization(
        double l1 = 0.0,
        double l2 = 0.0,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create("ActivityRegularization", name, new() { ["l1"] = l1, ["l2"] = l2 }, inputShape);
}
