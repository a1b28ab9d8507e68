namespace Functional.Keras;

/// <content>Layers that prepare tables and images.</content>
public static partial class Layers
{
    /// <summary><c>(x - mean) / sqrt(variance)</c> with statistics that are given or that <see
    /// cref="LayerExtensions.Adapt"/> takes from data.</summary>
    /// <param name="axis">The axis or axes that have statistics of their own; null is the last, <c>[]</c>
    /// none.</param>
    /// <param name="mean">The mean, one number or as many as the axes have places; null takes it from data.</param>
    /// <param name="variance">The variance, shaped as the mean.</param>
    /// <param name="invert">Whether normalized values are turned back.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: Any to the same. Weights, when no mean is given: mean, variance, count; none is
    /// trained. Source: keras/src/layers/preprocessing/normalization.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Normalization(
        Axes? axis = null,
        Tensor? mean = null,
        Tensor? variance = null,
        bool invert = false,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "Normalization",
            name,
            new()
            {
                ["axis"] = axis?.Json ?? -1,
                ["mean"] = Numbers(mean),
                ["variance"] = Numbers(variance),
                ["invert"] = invert,
            },
            inputShape);

    /// <summary>The number of the bin that each number falls in; the boundaries are given, or <see
    /// cref="LayerExtensions.Adapt"/> takes them from data.</summary>
    /// <param name="binBoundaries">The boundaries, ascending; a number on one is above it.</param>
    /// <param name="numBins">Into how many bins of about one size data is to be parted, where no boundaries are
    /// given.</param>
    /// <param name="epsilon">The share of the data that a boundary may be off by.</param>
    /// <param name="outputMode">"int", "one_hot", "multi_hot" or "count".</param>
    /// <param name="sparse">Only false: there are no sparse tensors.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, ...) to the same, whole numbers; with one_hot (batch, ..., bins), in place of a last
    /// axis of length 1; else (batch, ..., n) to (batch, ..., bins). Source:
    /// keras/src/layers/preprocessing/discretization.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Discretization(
        IReadOnlyList<double>? binBoundaries = null,
        int? numBins = null,
        double epsilon = 0.01,
        string outputMode = "int",
        bool sparse = false,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "Discretization",
            name,
            new()
            {
                ["bin_boundaries"] = binBoundaries is null ? null : ConfiguredValue.List(binBoundaries),
                ["num_bins"] = numBins,
                ["epsilon"] = epsilon,
                ["output_mode"] = outputMode,
                ["sparse"] = sparse,
            },
            inputShape);

    /// <summary>Whole numbers as ones in vectors, or as counts; in mode "count" a second input weighs the
    /// numbers.</summary>
    /// <param name="numTokens">The numbers are from 0 to this, exclusive.</param>
    /// <param name="outputMode">"one_hot", "multi_hot" or "count".</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, ..., n) to (batch, ..., numTokens); with one_hot (batch, ..., n, numTokens)
    /// unless n is 1. Source: keras/src/layers/preprocessing/category_encoding.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer CategoryEncoding(
        int numTokens,
        string outputMode = "multi_hot",
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "CategoryEncoding",
            name,
            new()
            {
                ["num_tokens"] = numTokens,
                ["output_mode"] = outputMode,
            },
            inputShape);

    /// <summary>The bin that each whole number falls in by a hash of its decimal text, the same on every machine; what
    /// Keras's layer gives for whole numbers.</summary>
    /// <param name="numBins">The number of bins.</param>
    /// <param name="maskValue">A number that always falls in bin 0; the others share the rest.</param>
    /// <param name="salt">The key of the hash: a number, or <c>[first, second]</c>; null for a hash without a key.</param>
    /// <param name="outputMode">"int", "one_hot", "multi_hot" or "count".</param>
    /// <param name="sparse">Only false: there are no sparse tensors.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, ...) whole numbers to the same; with one_hot (batch, ..., numBins), in place of a last
    /// axis of length 1; else (batch, ..., n) to (batch, ..., numBins). Source:
    /// keras/src/layers/preprocessing/hashing.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Hashing(
        int numBins,
        int? maskValue = null,
        Axes? salt = null,
        string outputMode = "int",
        bool sparse = false,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "Hashing",
            name,
            new()
            {
                ["num_bins"] = numBins,
                ["mask_value"] = maskValue,
                ["salt"] = salt?.Json,
                ["output_mode"] = outputMode,
                ["sparse"] = sparse,
            },
            inputShape);

    /// <summary>Images in another size.</summary>
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
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, height, width, channels) of known height and width to (batch, newHeight,
    /// newWidth, channels). Source: keras/src/layers/preprocessing/image_preprocessing/resizing.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Resizing(
        int height,
        int width,
        string interpolation = "bilinear",
        bool cropToAspectRatio = false,
        bool padToAspectRatio = false,
        string fillMode = "constant",
        double fillValue = 0.0,
        string? dataFormat = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "Resizing",
            name,
            new()
            {
                ["height"] = height,
                ["width"] = width,
                ["interpolation"] = interpolation,
                ["crop_to_aspect_ratio"] = cropToAspectRatio,
                ["pad_to_aspect_ratio"] = padToAspectRatio,
                ["fill_mode"] = fillMode,
                ["fill_value"] = fillValue,
                ["data_format"] = dataFormat,
            },
            inputShape);

    /// <summary>The middle part of images; smaller images are resized without distortion.</summary>
    /// <param name="height">The new height.</param>
    /// <param name="width">The new width.</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, height, width, channels) of known height and width to (batch, newHeight,
    /// newWidth, channels). Source: keras/src/layers/preprocessing/image_preprocessing/center_crop.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer CenterCrop(
        int height,
        int width,
        string? dataFormat = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "CenterCrop",
            name,
            new()
            {
                ["height"] = height,
                ["width"] = width,
                ["data_format"] = dataFormat,
            },
            inputShape);
}
