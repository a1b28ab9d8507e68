namespace Functional.Keras;

/// <content>Layers that prepare tables and images.</content>
public static partial class FluentLayers
{
    /// <summary><c>(x - mean) / sqrt(variance)</c> with statistics that are given or that <see
    /// cref="LayerExtensions.Adapt"/> takes from data. Calls <see cref="Layers.Normalization"/> on a
    /// tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="axis">The axis or axes that have statistics of their own; null is the last, <c>[]</c>
    /// none.</param>
    /// <param name="mean">The mean, one number or as many as the axes have places; null takes it from data.</param>
    /// <param name="variance">The variance, shaped as the mean.</param>
    /// <param name="invert">Whether normalized values are turned back.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor Normalization(
        this SymbolicTensor input,
        Axes? axis = null,
        Tensor? mean = null,
        Tensor? variance = null,
        bool invert = false,
        string? name = null) =>
        Layers.Normalization(axis, mean, variance, invert, name)(input);

    /// <summary>The number of the bin that each number falls in; the boundaries are given, or <see
    /// cref="LayerExtensions.Adapt"/> takes them from data. Calls <see cref="Layers.Discretization"/> on a
    /// tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="binBoundaries">The boundaries, ascending; a number on one is above it.</param>
    /// <param name="numBins">Into how many bins of about one size data is to be parted, where no boundaries are
    /// given.</param>
    /// <param name="epsilon">The share of the data that a boundary may be off by.</param>
    /// <param name="outputMode">"int", "one_hot", "multi_hot" or "count".</param>
    /// <param name="sparse">Only false: there are no sparse tensors.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor Discretization(
        this SymbolicTensor input,
        IReadOnlyList<double>? binBoundaries = null,
        int? numBins = null,
        double epsilon = 0.01,
        string outputMode = "int",
        bool sparse = false,
        string? name = null) =>
        Layers.Discretization(binBoundaries, numBins, epsilon, outputMode, sparse, name)(input);

    /// <summary>Whole numbers as ones in vectors, or as counts; in mode "count" a second input weighs the numbers.
    /// Calls <see cref="Layers.CategoryEncoding"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="numTokens">The numbers are from 0 to this, exclusive.</param>
    /// <param name="outputMode">"one_hot", "multi_hot" or "count".</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor CategoryEncoding(
        this SymbolicTensor input,
        int numTokens,
        string outputMode = "multi_hot",
        string? name = null) =>
        Layers.CategoryEncoding(numTokens, outputMode, name)(input);

    /// <summary>The bin that each whole number falls in by a hash of its decimal text, the same on every machine; what
    /// Keras's layer gives for whole numbers. Calls <see cref="Layers.Hashing"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="numBins">The number of bins.</param>
    /// <param name="maskValue">A number that always falls in bin 0; the others share the rest.</param>
    /// <param name="salt">The key of the hash: a number, or <c>[first, second]</c>; null for a hash without a key.</param>
    /// <param name="outputMode">"int", "one_hot", "multi_hot" or "count".</param>
    /// <param name="sparse">Only false: there are no sparse tensors.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor Hashing(
        this SymbolicTensor input,
        int numBins,
        int? maskValue = null,
        Axes? salt = null,
        string outputMode = "int",
        bool sparse = false,
        string? name = null) =>
        Layers.Hashing(numBins, maskValue, salt, outputMode, sparse, name)(input);

    /// <summary>Images in another size. Calls <see cref="Layers.Resizing"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="height">The new height.</param>
    /// <param name="width">The new width.</param>
    /// <param name="interpolation">"nearest", "bilinear", "bicubic", "lanczos3" or "lanczos5".</param>
    /// <param name="cropToAspectRatio">Whether the largest part of the new ratio is taken, in the middle, so that
    /// nothing is distorted.</param>
    /// <param name="padToAspectRatio">Whether the image is filled up to the new ratio, so that nothing is
    /// distorted.</param>
    /// <param name="fillMode">Only "constant".</param>
    /// <param name="fillValue">The number that an image is filled up with.</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor Resizing(
        this SymbolicTensor input,
        int height,
        int width,
        string interpolation = "bilinear",
        bool cropToAspectRatio = false,
        bool padToAspectRatio = false,
        string fillMode = "constant",
        double fillValue = 0.0,
        string? dataFormat = null,
        string? name = null) =>
        Layers.Resizing(height, width, interpolation, cropToAspectRatio, padToAspectRatio, fillMode, fillValue, dataFormat, name)(input);

    /// <summary>The middle part of images; smaller images are resized without distortion. Calls <see
    /// cref="Layers.CenterCrop"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="height">The new height.</param>
    /// <param name="width">The new width.</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor CenterCrop(
        this SymbolicTensor input,
        int height,
        int width,
        string? dataFormat = null,
        string? name = null) =>
        Layers.CenterCrop(height, width, dataFormat, name)(input);
}
