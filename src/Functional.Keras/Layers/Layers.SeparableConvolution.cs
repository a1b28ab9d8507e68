namespace Functional.Keras;

/// <content>Convolutions of every channel on its own.</content>
public static partial class Layers
{
    /// <summary>Slides filters over every channel of series on its own.</summary>
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
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, steps, channels) to (batch, new steps, channels * depthMultiplier). Weights:
    /// kernel (kernelSize..., channels, depthMultiplier), bias (channels * depthMultiplier,). Source:
    /// keras/src/layers/convolutional/depthwise_conv1d.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer DepthwiseConv1D(
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
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "DepthwiseConv1D",
            name,
            new()
            {
                ["kernel_size"] = Required(kernelSize),
                ["strides"] = strides?.Json,
                ["padding"] = padding,
                ["depth_multiplier"] = depthMultiplier,
                ["data_format"] = dataFormat,
                ["dilation_rate"] = dilationRate?.Json,
                ["activation"] = Or(activation, "linear"),
                ["use_bias"] = useBias,
                ["depthwise_initializer"] = Or(depthwiseInitializer, "glorot_uniform"),
                ["bias_initializer"] = Or(biasInitializer, "zeros"),
                ["depthwise_regularizer"] = depthwiseRegularizer?.Json,
                ["bias_regularizer"] = biasRegularizer?.Json,
                ["activity_regularizer"] = activityRegularizer?.Json,
                ["depthwise_constraint"] = depthwiseConstraint?.Json,
                ["bias_constraint"] = biasConstraint?.Json,
            },
            inputShape);

    /// <summary>Slides filters over every channel of images on its own.</summary>
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
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, height, width, channels) to (batch, new height, new width, channels *
    /// depthMultiplier). Weights: kernel (kernelSize..., channels, depthMultiplier), bias (channels *
    /// depthMultiplier,). Source: keras/src/layers/convolutional/depthwise_conv2d.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer DepthwiseConv2D(
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
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "DepthwiseConv2D",
            name,
            new()
            {
                ["kernel_size"] = Required(kernelSize),
                ["strides"] = strides?.Json,
                ["padding"] = padding,
                ["depth_multiplier"] = depthMultiplier,
                ["data_format"] = dataFormat,
                ["dilation_rate"] = dilationRate?.Json,
                ["activation"] = Or(activation, "linear"),
                ["use_bias"] = useBias,
                ["depthwise_initializer"] = Or(depthwiseInitializer, "glorot_uniform"),
                ["bias_initializer"] = Or(biasInitializer, "zeros"),
                ["depthwise_regularizer"] = depthwiseRegularizer?.Json,
                ["bias_regularizer"] = biasRegularizer?.Json,
                ["activity_regularizer"] = activityRegularizer?.Json,
                ["depthwise_constraint"] = depthwiseConstraint?.Json,
                ["bias_constraint"] = biasConstraint?.Json,
            },
            inputShape);

    /// <summary>Slides filters over every channel of series on its own, then mixes the channels.</summary>
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
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, steps, channels) to (batch, new steps, filters). Weights: depthwise_kernel
    /// (kernelSize..., channels, depthMultiplier), pointwise_kernel (1..., channels * depthMultiplier, filters), bias
    /// (filters,). Source: keras/src/layers/convolutional/separable_conv1d.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer SeparableConv1D(
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
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "SeparableConv1D",
            name,
            new()
            {
                ["filters"] = filters,
                ["kernel_size"] = Required(kernelSize),
                ["strides"] = strides?.Json,
                ["padding"] = padding,
                ["data_format"] = dataFormat,
                ["dilation_rate"] = dilationRate?.Json,
                ["depth_multiplier"] = depthMultiplier,
                ["activation"] = Or(activation, "linear"),
                ["use_bias"] = useBias,
                ["depthwise_initializer"] = Or(depthwiseInitializer, "glorot_uniform"),
                ["pointwise_initializer"] = Or(pointwiseInitializer, "glorot_uniform"),
                ["bias_initializer"] = Or(biasInitializer, "zeros"),
                ["depthwise_regularizer"] = depthwiseRegularizer?.Json,
                ["pointwise_regularizer"] = pointwiseRegularizer?.Json,
                ["bias_regularizer"] = biasRegularizer?.Json,
                ["activity_regularizer"] = activityRegularizer?.Json,
                ["depthwise_constraint"] = depthwiseConstraint?.Json,
                ["pointwise_constraint"] = pointwiseConstraint?.Json,
                ["bias_constraint"] = biasConstraint?.Json,
            },
            inputShape);

    /// <summary>Slides filters over every channel of images on its own, then mixes the channels.</summary>
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
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, height, width, channels) to (batch, new height, new width, filters). Weights:
    /// depthwise_kernel (kernelSize..., channels, depthMultiplier), pointwise_kernel (1..., channels *
    /// depthMultiplier, filters), bias (filters,). Source:
    /// keras/src/layers/convolutional/separable_conv2d.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer SeparableConv2D(
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
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "SeparableConv2D",
            name,
            new()
            {
                ["filters"] = filters,
                ["kernel_size"] = Required(kernelSize),
                ["strides"] = strides?.Json,
                ["padding"] = padding,
                ["data_format"] = dataFormat,
                ["dilation_rate"] = dilationRate?.Json,
                ["depth_multiplier"] = depthMultiplier,
                ["activation"] = Or(activation, "linear"),
                ["use_bias"] = useBias,
                ["depthwise_initializer"] = Or(depthwiseInitializer, "glorot_uniform"),
                ["pointwise_initializer"] = Or(pointwiseInitializer, "glorot_uniform"),
                ["bias_initializer"] = Or(biasInitializer, "zeros"),
                ["depthwise_regularizer"] = depthwiseRegularizer?.Json,
                ["pointwise_regularizer"] = pointwiseRegularizer?.Json,
                ["bias_regularizer"] = biasRegularizer?.Json,
                ["activity_regularizer"] = activityRegularizer?.Json,
                ["depthwise_constraint"] = depthwiseConstraint?.Json,
                ["pointwise_constraint"] = pointwiseConstraint?.Json,
                ["bias_constraint"] = biasConstraint?.Json,
            },
            inputShape);
}
