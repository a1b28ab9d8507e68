namespace Functional.Keras;

/// <content>Transposed convolutions.</content>
public static partial class FluentLayers
{
    /// <summary>Makes series larger by filters: what flows back through a convolution, as a layer. Calls <see
    /// cref="Layers.Conv1DTranspose"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
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
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor Conv1DTranspose(
        this SymbolicTensor input,
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
        string? name = null) =>
        Layers.Conv1DTranspose(
            filters, kernelSize, strides, padding, dataFormat, dilationRate, activation, useBias,
            kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer, activityRegularizer,
            kernelConstraint, biasConstraint, outputPadding, name)(input);

    /// <summary>Makes images larger by filters: what flows back through a convolution, as a layer. Calls <see
    /// cref="Layers.Conv2DTranspose"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
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
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor Conv2DTranspose(
        this SymbolicTensor input,
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
        string? name = null) =>
        Layers.Conv2DTranspose(
            filters, kernelSize, strides, padding, dataFormat, dilationRate, activation, useBias,
            kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer, activityRegularizer,
            kernelConstraint, biasConstraint, outputPadding, name)(input);

    /// <summary>Makes volumes larger by filters: what flows back through a convolution, as a layer. Calls <see
    /// cref="Layers.Conv3DTranspose"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
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
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor Conv3DTranspose(
        this SymbolicTensor input,
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
        string? name = null) =>
        Layers.Conv3DTranspose(
            filters, kernelSize, strides, padding, dataFormat, dilationRate, activation, useBias,
            kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer, activityRegularizer,
            kernelConstraint, biasConstraint, outputPadding, name)(input);
}
