namespace Functional.Keras;

/// <content>Layers against overfitting.</content>
public static partial class FluentLayers
{
    /// <summary>While training, sets a part of the numbers to zero and scales the others up (Srivastava et al. 2014).
    /// Calls <see cref="Layers.Dropout"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="rate">The part that is dropped, 0 to 1.</param>
    /// <param name="noiseShape">The shape of the mask, 1 where numbers drop together.</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor Dropout(
        this SymbolicTensor input,
        double rate,
        Shape? noiseShape = null,
        int? seed = null,
        string? name = null) =>
        Layers.Dropout(rate, noiseShape, seed, name)(input);

    /// <summary>While training, adds normal numbers. Calls <see cref="Layers.GaussianNoise"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="stddev">Their standard deviation.</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor GaussianNoise(
        this SymbolicTensor input,
        double stddev,
        int? seed = null,
        string? name = null) =>
        Layers.GaussianNoise(stddev, seed, name)(input);

    /// <summary>While training, multiplies by normal numbers around 1. Calls <see cref="Layers.GaussianDropout"/> on a
    /// tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="rate">As of dropout: their standard deviation is sqrt(rate / (1 - rate)).</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor GaussianDropout(
        this SymbolicTensor input,
        double rate,
        int? seed = null,
        string? name = null) =>
        Layers.GaussianDropout(rate, seed, name)(input);

    /// <summary>While training, drops numbers so that mean and variance stay (Klambauer et al. 2017). Calls <see
    /// cref="Layers.AlphaDropout"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="rate">The part that is dropped, 0 to 1.</param>
    /// <param name="noiseShape">The shape of the mask, 1 where numbers drop together.</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor AlphaDropout(
        this SymbolicTensor input,
        double rate,
        Shape? noiseShape = null,
        int? seed = null,
        string? name = null) =>
        Layers.AlphaDropout(rate, noiseShape, seed, name)(input);

    /// <summary>While training, drops whole features of a sequence. Calls <see cref="Layers.SpatialDropout1D"/> on a
    /// tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="rate">The part that is dropped, 0 to 1.</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor SpatialDropout1D(
        this SymbolicTensor input,
        double rate,
        int? seed = null,
        string? name = null) =>
        Layers.SpatialDropout1D(rate, seed, name)(input);

    /// <summary>While training, drops whole channels of images. Calls <see cref="Layers.SpatialDropout2D"/> on a
    /// tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="rate">The part that is dropped, 0 to 1.</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor SpatialDropout2D(
        this SymbolicTensor input,
        double rate,
        string? dataFormat = null,
        int? seed = null,
        string? name = null) =>
        Layers.SpatialDropout2D(rate, dataFormat, seed, name)(input);

    /// <summary>While training, drops whole channels of volumes. Calls <see cref="Layers.SpatialDropout3D"/> on a
    /// tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="rate">The part that is dropped, 0 to 1.</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor SpatialDropout3D(
        this SymbolicTensor input,
        double rate,
        string? dataFormat = null,
        int? seed = null,
        string? name = null) =>
        Layers.SpatialDropout3D(rate, dataFormat, seed, name)(input);

    /// <summary>Adds a penalty on its input to the loss. Calls <see cref="Layers.ActivityRegularization"/> on a
    /// tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="l1">The factor of sum(|x|).</param>
    /// <param name="l2">The factor of sum(x²).</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor ActivityRegularization(
        this SymbolicTensor input,
        double l1 = 0.0,
        double l2 = 0.0,
        string? name = null) =>
        Layers.ActivityRegularization(l1, l2, name)(input);
}
