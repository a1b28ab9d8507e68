namespace Functional.Keras;

/// <content>Convolutions.</content>
public static partial class Layers
{
    /// <summary>Slides filters over series: <c>activation(kernel slid over x + bias)</c>.</summary>
    /// <param name="filters">The number of channels of the result.</param>
    /// <param name="kernelSize">The length of the kernel on each spatial axis, or one for all.</param>
    /// <param name="strides">How far the kernel moves on each axis, or one for all; null is 1.</param>
    /// <param name="padding">"valid" (the kernel stays inside), "same" (zeros at the ends, one result for every
    /// stride) or "causal" (the zeros come first, so that no result sees later steps).</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="dilationRate">From one element of the kernel to the next, on each axis, or one for all; null is 1.
    /// With strides above 1 it must be 1.</param>
    /// <param name="groups">Into how many groups the channels fall: every group of filters sees only its group of
    /// channels.</param>
    /// <param name="activation">The activation; null is linear.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">How the kernel begins; null is glorot_uniform.</param>
    /// <param name="biasInitializer">How the bias begins; null is zeros.</param>
    /// <param name="kernelRegularizer">A penalty on the kernel.</param>
    /// <param name="biasRegularizer">A penalty on the bias.</param>
    /// <param name="activityRegularizer">A penalty on the result.</param>
    /// <param name="kernelConstraint">A projection of the kernel after every update.</param>
    /// <param name="biasConstraint">A projection of the bias after every update.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, steps, channels) to (batch, new steps, filters). Weights: kernel
    /// (kernelSize..., channels / groups, filters), bias (filters,). Source:
    /// keras/src/layers/convolutional/conv1d.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Conv1D(
        int filters,
        Axes kernelSize,
        Axes? strides = null,
        string padding = "valid",
        string? dataFormat = null,
        Axes? dilationRate = null,
        int groups = 1,
        Activation? activation = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "Conv1D",
            name,
            new()
            {
                ["filters"] = filters,
                ["kernel_size"] = Required(kernelSize),
                ["strides"] = strides?.Json,
                ["padding"] = padding,
                ["data_format"] = dataFormat,
                ["dilation_rate"] = dilationRate?.Json,
                ["groups"] = groups,
                ["activation"] = Or(activation, "linear"),
                ["use_bias"] = useBias,
                ["kernel_initializer"] = Or(kernelInitializer, "glorot_uniform"),
                ["bias_initializer"] = Or(biasInitializer, "zeros"),
                ["kernel_regularizer"] = kernelRegularizer?.Json,
                ["bias_regularizer"] = biasRegularizer?.Json,
                ["activity_regularizer"] = activityRegularizer?.Json,
                ["kernel_constraint"] = kernelConstraint?.Json,
                ["bias_constraint"] = biasConstraint?.Json,
            },
            inputShape);

    /// <summary>Slides filters over images: <c>activation(kernel slid over x + bias)</c>.</summary>
    /// <param name="filters">The number of channels of the result.</param>
    /// <param name="kernelSize">The length of the kernel on each spatial axis, or one for all.</param>
    /// <param name="strides">How far the kernel moves on each axis, or one for all; null is 1.</param>
    /// <param name="padding">"valid" (the kernel stays inside) or "same" (zeros at the ends, one result for every
    /// stride).</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="dilationRate">From one element of the kernel to the next, on each axis, or one for all; null is 1.
    /// With strides above 1 it must be 1.</param>
    /// <param name="groups">Into how many groups the channels fall: every group of filters sees only its group of
    /// channels.</param>
    /// <param name="activation">The activation; null is linear.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">How the kernel begins; null is glorot_uniform.</param>
    /// <param name="biasInitializer">How the bias begins; null is zeros.</param>
    /// <param name="kernelRegularizer">A penalty on the kernel.</param>
    /// <param name="biasRegularizer">A penalty on the bias.</param>
    /// <param name="activityRegularizer">A penalty on the result.</param>
    /// <param name="kernelConstraint">A projection of the kernel after every update.</param>
    /// <param name="biasConstraint">A projection of the bias after every update.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, height, width, channels) to (batch, new height, new width, filters). Weights:
    /// kernel (kernelSize..., channels / groups, filters), bias (filters,). Source:
    /// keras/src/layers/convolutional/conv2d.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Conv2D(
        int filters,
        Axes kernelSize,
        Axes? strides = null,
        string padding = "valid",
        string? dataFormat = null,
        Axes? dilationRate = null,
        int groups = 1,
        Activation? activation = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "Conv2D",
            name,
            new()
            {
                ["filters"] = filters,
                ["kernel_size"] = Required(kernelSize),
                ["strides"] = strides?.Json,
                ["padding"] = padding,
                ["data_format"] = dataFormat,
                ["dilation_rate"] = dilationRate?.Json,
                ["groups"] = groups,
                ["activation"] = Or(activation, "linear"),
                ["use_bias"] = useBias,
                ["kernel_initializer"] = Or(kernelInitializer, "glorot_uniform"),
                ["bias_initializer"] = Or(biasInitializer, "zeros"),
                ["kernel_regularizer"] = kernelRegularizer?.Json,
                ["bias_regularizer"] = biasRegularizer?.Json,
                ["activity_regularizer"] = activityRegularizer?.Json,
                ["kernel_constraint"] = kernelConstraint?.Json,
                ["bias_constraint"] = biasConstraint?.Json,
            },
            inputShape);

    /// <summary>Slides filters over volumes: <c>activation(kernel slid over x + bias)</c>.</summary>
    /// <param name="filters">The number of channels of the result.</param>
    /// <param name="kernelSize">The length of the kernel on each spatial axis, or one for all.</param>
    /// <param name="strides">How far the kernel moves on each axis, or one for all; null is 1.</param>
    /// <param name="padding">"valid" (the kernel stays inside) or "same" (zeros at the ends, one result for every
    /// stride).</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="dilationRate">From one element of the kernel to the next, on each axis, or one for all; null is 1.
    /// With strides above 1 it must be 1.</param>
    /// <param name="groups">Into how many groups the channels fall: every group of filters sees only its group of
    /// channels.</param>
    /// <param name="activation">The activation; null is linear.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">How the kernel begins; null is glorot_uniform.</param>
    /// <param name="biasInitializer">How the bias begins; null is zeros.</param>
    /// <param name="kernelRegularizer">A penalty on the kernel.</param>
    /// <param name="biasRegularizer">A penalty on the bias.</param>
    /// <param name="activityRegularizer">A penalty on the result.</param>
    /// <param name="kernelConstraint">A projection of the kernel after every update.</param>
    /// <param name="biasConstraint">A projection of the bias after every update.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, depth, height, width, channels) to (batch, new depth, new height, new width,
    /// filters). Weights: kernel (kernelSize..., channels / groups, filters), bias (filters,). Source:
    /// keras/src/layers/convolutional/conv3d.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Conv3D(
        int filters,
        Axes kernelSize,
        Axes? strides = null,
        string padding = "valid",
        string? dataFormat = null,
        Axes? dilationRate = null,
        int groups = 1,
        Activation? activation = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "Conv3D",
            name,
            new()
            {
                ["filters"] = filters,
                ["kernel_size"] = Required(kernelSize),
                ["strides"] = strides?.Json,
                ["padding"] = padding,
                ["data_format"] = dataFormat,
                ["dilation_rate"] = dilationRate?.Json,
                ["groups"] = groups,
                ["activation"] = Or(activation, "linear"),
                ["use_bias"] = useBias,
                ["kernel_initializer"] = Or(kernelInitializer, "glorot_uniform"),
                ["bias_initializer"] = Or(biasInitializer, "zeros"),
                ["kernel_regularizer"] = kernelRegularizer?.Json,
                ["bias_regularizer"] = biasRegularizer?.Json,
                ["activity_regularizer"] = activityRegularizer?.Json,
                ["kernel_constraint"] = kernelConstraint?.Json,
                ["bias_constraint"] = biasConstraint?.Json,
            },
            inputShape);
}
