namespace Functional.Keras;

/// <content>Convolutions of every channel on its own.</content>
public static partial class FluentLayers
{
    /// <summary>Slides filters over every channel of series on its own. Calls <see cref="Layers.DepthwiseConv1D"/> on
    /// a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="kernelSize">The length of the kernel on each spatial axis, or one for all.</param>
    /// <param name="strides">How far the kernel moves on each axis, or one for all; null is 1.</param>
    /// <param name="padding">"valid" (the kernel stays inside) or "same" (zeros at the ends, one result for every
    /// stride).</param>
    /// <param name="depthMultiplier">How many channels every channel becomes.</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="dilationRate">From one element of the kernel to the next, on each axis, or one for all; null is 1.
    /// With strides above 1 it must be 1.</param>
    /// <param name="activation">The activation; null is linear.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="depthwiseInitializer">How the kernel of every channel begins; null is glorot_uniform.</param>
    /// <param name="biasInitializer">How the bias begins; null is zeros.</param>
    /// <param name="depthwiseRegularizer">A penalty on the kernel of every channel.</param>
    /// <param name="biasRegularizer">A penalty on the bias.</param>
    /// <param name="activityRegularizer">A penalty on the result.</param>
    /// <param name="depthwiseConstraint">A projection of the kernel of every channel after every update.</param>
    /// <param name="biasConstraint">A projection of the bias after every update.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor DepthwiseConv1D(
        this SymbolicTensor input,
        Axes kernelSize,
        Axes? strides = null,
        string padding = "valid",
        int depthMultiplier = 1,
        string? dataFormat = null,
        Axes? dilationRate = null,
        Activation? activation = null,
        bool useBias = true,
        Initializer? depthwiseInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? depthwiseRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? depthwiseConstraint = null,
        Constraint? biasConstraint = null,
        string? name = null) =>
        Layers.DepthwiseConv1D(
            kernelSize, strides, padding, depthMultiplier, dataFormat, dilationRate, activation, useBias,
            depthwiseInitializer, biasInitializer, depthwiseRegularizer, biasRegularizer,
            activityRegularizer, depthwiseConstraint, biasConstraint, name)(input);

    /// <summary>Slides filters over every channel of images on its own. Calls <see cref="Layers.DepthwiseConv2D"/> on
    /// a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="kernelSize">The length of the kernel on each spatial axis, or one for all.</param>
    /// <param name="strides">How far the kernel moves on each axis, or one for all; null is 1.</param>
    /// <param name="padding">"valid" (the kernel stays inside) or "same" (zeros at the ends, one result for every
    /// stride).</param>
    /// <param name="depthMultiplier">How many channels every channel becomes.</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="dilationRate">From one element of the kernel to the next, on each axis, or one for all; null is 1.
    /// With strides above 1 it must be 1.</param>
    /// <param name="activation">The activation; null is linear.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="depthwiseInitializer">How the kernel of every channel begins; null is glorot_uniform.</param>
    /// <param name="biasInitializer">How the bias begins; null is zeros.</param>
    /// <param name="depthwiseRegularizer">A penalty on the kernel of every channel.</param>
    /// <param name="biasRegularizer">A penalty on the bias.</param>
    /// <param name="activityRegularizer">A penalty on the result.</param>
    /// <param name="depthwiseConstraint">A projection of the kernel of every channel after every update.</param>
    /// <param name="biasConstraint">A projection of the bias after every update.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor DepthwiseConv2D(
        this SymbolicTensor input,
        Axes kernelSize,
        Axes? strides = null,
        string padding = "valid",
        int depthMultiplier = 1,
        string? dataFormat = null,
        Axes? dilationRate = null,
        Activation? activation = null,
        bool useBias = true,
        Initializer? depthwiseInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? depthwiseRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? depthwiseConstraint = null,
        Constraint? biasConstraint = null,
        string? name = null) =>
        Layers.DepthwiseConv2D(
            kernelSize, strides, padding, depthMultiplier, dataFormat, dilationRate, activation, useBias,
            depthwiseInitializer, biasInitializer, depthwiseRegularizer, biasRegularizer,
            activityRegularizer, depthwiseConstraint, biasConstraint, name)(input);

    /// <summary>Slides filters over every channel of series on its own, then mixes the channels. Calls <see
    /// cref="Layers.SeparableConv1D"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="filters">The number of channels of the result.</param>
    /// <param name="kernelSize">The length of the kernel on each spatial axis, or one for all.</param>
    /// <param name="strides">How far the kernel moves on each axis, or one for all; null is 1.</param>
    /// <param name="padding">"valid" (the kernel stays inside) or "same" (zeros at the ends, one result for every
    /// stride).</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="dilationRate">From one element of the kernel to the next, on each axis, or one for all; null is 1.
    /// With strides above 1 it must be 1.</param>
    /// <param name="depthMultiplier">How many channels every channel becomes.</param>
    /// <param name="activation">The activation; null is linear.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="depthwiseInitializer">How the kernel of every channel begins; null is glorot_uniform.</param>
    /// <param name="pointwiseInitializer">How the kernel over the channels begins; null is glorot_uniform.</param>
    /// <param name="biasInitializer">How the bias begins; null is zeros.</param>
    /// <param name="depthwiseRegularizer">A penalty on the kernel of every channel.</param>
    /// <param name="pointwiseRegularizer">A penalty on the kernel over the channels.</param>
    /// <param name="biasRegularizer">A penalty on the bias.</param>
    /// <param name="activityRegularizer">A penalty on the result.</param>
    /// <param name="depthwiseConstraint">A projection of the kernel of every channel after every update.</param>
    /// <param name="pointwiseConstraint">A projection of the kernel over the channels after every update.</param>
    /// <param name="biasConstraint">A projection of the bias after every update.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor SeparableConv1D(
        this SymbolicTensor input,
        int filters,
        Axes kernelSize,
        Axes? strides = null,
        string padding = "valid",
        string? dataFormat = null,
        Axes? dilationRate = null,
        int depthMultiplier = 1,
        Activation? activation = null,
        bool useBias = true,
        Initializer? depthwiseInitializer = null,
        Initializer? pointwiseInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? depthwiseRegularizer = null,
        Regularizer? pointwiseRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? depthwiseConstraint = null,
        Constraint? pointwiseConstraint = null,
        Constraint? biasConstraint = null,
        string? name = null) =>
        Layers.SeparableConv1D(
            filters, kernelSize, strides, padding, dataFormat, dilationRate, depthMultiplier, activation,
            useBias, depthwiseInitializer, pointwiseInitializer, biasInitializer, depthwiseRegularizer,
            pointwiseRegularizer, biasRegularizer, activityRegularizer, depthwiseConstraint,
            pointwiseConstraint, biasConstraint, name)(input);

    /// <summary>Slides filters over every channel of images on its own, then mixes the channels. Calls <see
    /// cref="Layers.SeparableConv2D"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="filters">The number of channels of the result.</param>
    /// <param name="kernelSize">The length of the kernel on each spatial axis, or one for all.</param>
    /// <param name="strides">How far the kernel moves on each axis, or one for all; null is 1.</param>
    /// <param name="padding">"valid" (the kernel stays inside) or "same" (zeros at the ends, one result for every
    /// stride).</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="dilationRate">From one element of the kernel to the next, on each axis, or one for all; null is 1.
    /// With strides above 1 it must be 1.</param>
    /// <param name="depthMultiplier">How many channels every channel becomes.</param>
    /// <param name="activation">The activation; null is linear.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="depthwiseInitializer">How the kernel of every channel begins; null is glorot_uniform.</param>
    /// <param name="pointwiseInitializer">How the kernel over the channels begins; null is glorot_uniform.</param>
    /// <param name="biasInitializer">How the bias begins; null is zeros.</param>
    /// <param name="depthwiseRegularizer">A penalty on the kernel of every channel.</param>
    /// <param name="pointwiseRegularizer">A penalty on the kernel over the channels.</param>
    /// <param name="biasRegularizer">A penalty on the bias.</param>
    /// <param name="activityRegularizer">A penalty on the result.</param>
    /// <param name="depthwiseConstraint">A projection of the kernel of every channel after every update.</param>
    /// <param name="pointwiseConstraint">A projection of the kernel over the channels after every update.</param>
    /// <param name="biasConstraint">A projection of the bias after every update.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor SeparableConv2D(
        this SymbolicTensor input,
        int filters,
        Axes kernelSize,
        Axes? strides = null,
        string padding = "valid",
        string? dataFormat = null,
        Axes? dilationRate = null,
        int depthMultiplier = 1,
        Activation? activation = null,
        bool useBias = true,
        Initializer? depthwiseInitializer = null,
        Initializer? pointwiseInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? depthwiseRegularizer = null,
        Regularizer? pointwiseRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? depthwiseConstraint = null,
        Constraint? pointwiseConstraint = null,
        Constraint? biasConstraint = null,
        string? name = null) =>
        Layers.SeparableConv2D(
            filters, kernelSize, strides, padding, dataFormat, dilationRate, depthMultiplier, activation,
            useBias, depthwiseInitializer, pointwiseInitializer, biasInitializer, depthwiseRegularizer,
            pointwiseRegularizer, biasRegularizer, activityRegularizer, depthwiseConstraint,
            pointwiseConstraint, biasConstraint, name)(input);
}
