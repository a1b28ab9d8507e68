namespace Functional.Keras;

/// <content>Transposed convolutions.</content>
public static partial class Layers
{
    /// <summary>Makes series larger by filters: what flows back through a convolution, as a layer.</summary>
    /// <param name="filters">The number of channels of the result.</param>
    /// <param name="kernelSize">The length of the kernel on each spatial axis, or one for all.</param>
    /// <param name="strides">How far the kernel moves on each axis, or one for all; null is 1.</param>
    /// <param name="padding">"valid" (all that the kernel writes) or "same" (as long as the input times the
    /// stride).</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="dilationRate">From one element of the kernel to the next, on each axis, or one for all; null is 1.
    /// With strides above 1 it must be 1.</param>
    /// <param name="activation">The activation; null is linear.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">How the kernel begins; null is glorot_uniform.</param>
    /// <param name="biasInitializer">How the bias begins; null is zeros.</param>
    /// <param name="kernelRegularizer">A penalty on the kernel.</param>
    /// <param name="biasRegularizer">A penalty on the bias.</param>
    /// <param name="activityRegularizer">A penalty on the result.</param>
    /// <param name="kernelConstraint">A projection of the kernel after every update.</param>
    /// <param name="biasConstraint">A projection of the bias after every update.</param>
    /// <param name="outputPadding">How much longer than the shortest possible result each axis is, below the stride;
    /// null is as "padding" says.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, steps, channels) to (batch, new steps, filters). Weights: kernel
    /// (kernelSize..., filters, channels), bias (filters,). Source:
    /// keras/src/layers/convolutional/conv1d_transpose.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Conv1DTranspose(
        int filters,
        Axes kernelSize,
        Axes? strides = null,
        string padding = "valid",
        string? dataFormat = null,
        Axes? dilationRate = null,
        Activation? activation = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        Axes? outputPadding = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "Conv1DTranspose",
            name,
            new()
            {
                ["filters"] = filters,
                ["kernel_size"] = Required(kernelSize),
                ["strides"] = strides?.Json,
                ["padding"] = padding,
                ["data_format"] = dataFormat,
                ["dilation_rate"] = dilationRate?.Json,
                ["activation"] = Or(activation, "linear"),
                ["use_bias"] = useBias,
                ["kernel_initializer"] = Or(kernelInitializer, "glorot_uniform"),
                ["bias_initializer"] = Or(biasInitializer, "zeros"),
                ["kernel_regularizer"] = kernelRegularizer?.Json,
                ["bias_regularizer"] = biasRegularizer?.Json,
                ["activity_regularizer"] = activityRegularizer?.Json,
                ["kernel_constraint"] = kernelConstraint?.Json,
                ["bias_constraint"] = biasConstraint?.Json,
                ["output_padding"] = outputPadding?.Json,
            },
            inputShape);

    /// <summary>Makes images larger by filters: what flows back through a convolution, as a layer.</summary>
    /// <param name="filters">The number of channels of the result.</param>
    /// <param name="kernelSize">The length of the kernel on each spatial axis, or one for all.</param>
    /// <param name="strides">How far the kernel moves on each axis, or one for all; null is 1.</param>
    /// <param name="padding">"valid" (all that the kernel writes) or "same" (as long as the input times the
    /// stride).</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="dilationRate">From one element of the kernel to the next, on each axis, or one for all; null is 1.
    /// With strides above 1 it must be 1.</param>
    /// <param name="activation">The activation; null is linear.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">How the kernel begins; null is glorot_uniform.</param>
    /// <param name="biasInitializer">How the bias begins; null is zeros.</param>
    /// <param name="kernelRegularizer">A penalty on the kernel.</param>
    /// <param name="biasRegularizer">A penalty on the bias.</param>
    /// <param name="activityRegularizer">A penalty on the result.</param>
    /// <param name="kernelConstraint">A projection of the kernel after every update.</param>
    /// <param name="biasConstraint">A projection of the bias after every update.</param>
    /// <param name="outputPadding">How much longer than the shortest possible result each axis is, below the stride;
    /// null is as "padding" says.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, height, width, channels) to (batch, new height, new width, filters). Weights:
    /// kernel (kernelSize..., filters, channels), bias (filters,). Source:
    /// keras/src/layers/convolutional/conv2d_transpose.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Conv2DTranspose(
        int filters,
        Axes kernelSize,
        Axes? strides = null,
        string padding = "valid",
        string? dataFormat = null,
        Axes? dilationRate = null,
        Activation? activation = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        Axes? outputPadding = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "Conv2DTranspose",
            name,
            new()
            {
                ["filters"] = filters,
                ["kernel_size"] = Required(kernelSize),
                ["strides"] = strides?.Json,
                ["padding"] = padding,
                ["data_format"] = dataFormat,
                ["dilation_rate"] = dilationRate?.Json,
                ["activation"] = Or(activation, "linear"),
                ["use_bias"] = useBias,
                ["kernel_initializer"] = Or(kernelInitializer, "glorot_uniform"),
                ["bias_initializer"] = Or(biasInitializer, "zeros"),
                ["kernel_regularizer"] = kernelRegularizer?.Json,
                ["bias_regularizer"] = biasRegularizer?.Json,
                ["activity_regularizer"] = activityRegularizer?.Json,
                ["kernel_constraint"] = kernelConstraint?.Json,
                ["bias_constraint"] = biasConstraint?.Json,
                ["output_padding"] = outputPadding?.Json,
            },
            inputShape);

    /// <summary>Makes volumes larger by filters: what flows back through a convolution, as a layer.</summary>
    /// <param name="filters">The number of channels of the result.</param>
    /// <param name="kernelSize">The length of the kernel on each spatial axis, or one for all.</param>
    /// <param name="strides">How far the kernel moves on each axis, or one for all; null is 1.</param>
    /// <param name="padding">"valid" (all that the kernel writes) or "same" (as long as the input times the
    /// stride).</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="dilationRate">From one element of the kernel to the next, on each axis, or one for all; null is 1.
    /// With strides above 1 it must be 1.</param>
    /// <param name="activation">The activation; null is linear.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">How the kernel begins; null is glorot_uniform.</param>
    /// <param name="biasInitializer">How the bias begins; null is zeros.</param>
    /// <param name="kernelRegularizer">A penalty on the kernel.</param>
    /// <param name="biasRegularizer">A penalty on the bias.</param>
    /// <param name="activityRegularizer">A penalty on the result.</param>
    /// <param name="kernelConstraint">A projection of the kernel after every update.</param>
    /// <param name="biasConstraint">A projection of the bias after every update.</param>
    /// <param name="outputPadding">How much longer than the shortest possible result each axis is, below the stride;
    /// null is as "padding" says.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, depth, height, width, channels) to (batch, new depth, new height, new width,
    /// filters). Weights: kernel (kernelSize..., filters, channels), bias (filters,). Source:
    /// keras/src/layers/convolutional/conv3d_transpose.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Conv3DTranspose(
        int filters,
        Axes kernelSize,
        Axes? strides = null,
        string padding = "valid",
        string? dataFormat = null,
        Axes? dilationRate = null,
        Activation? activation = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        Axes? outputPadding = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "Conv3DTranspose",
            name,
            new()
            {
                ["filters"] = filters,
                ["kernel_size"] = Required(kernelSize),
                ["strides"] = strides?.Json,
                ["padding"] = padding,
                ["data_format"] = dataFormat,
                ["dilation_rate"] = dilationRate?.Json,
                ["activation"] = Or(activation, "linear"),
                ["use_bias"] = useBias,
                ["kernel_initializer"] = Or(kernelInitializer, "glorot_uniform"),
                ["bias_initializer"] = Or(biasInitializer, "zeros"),
                ["kernel_regularizer"] = kernelRegularizer?.Json,
                ["bias_regularizer"] = biasRegularizer?.Json,
                ["activity_regularizer"] = activityRegularizer?.Json,
                ["kernel_constraint"] = kernelConstraint?.Json,
                ["bias_constraint"] = biasConstraint?.Json,
                ["output_padding"] = outputPadding?.Json,
            },
            inputShape);
}
