namespace Functional.Keras;

/// <content>Convolutions.</content>
public static partial class FluentLayers
{
    /// <summary>Slides filters over series: <c>activation(kernel slid over x + bias)</c>. Calls <see
    /// cref="Layers.Conv1D"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
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
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor Conv1D(
        this SymbolicTensor input,
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
        string? name = null) =>
        Layers.Conv1D(
            filters, kernelSize, strides, padding, dataFormat, dilationRate, groups, activation, useBias,
            kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer, activityRegularizer,
            kernelConstraint, biasConstraint, name)(input);

    /// <summary>Slides filters over images: <c>activation(kernel slid over x + bias)</c>. Calls <see
    /// cref="Layers.Conv2D"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
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
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor Conv2D(
        this SymbolicTensor input,
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
        string? name = null) =>
        Layers.Conv2D(
            filters, kernelSize, strides, padding, dataFormat, dilationRate, groups, activation, useBias,
            kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer, activityRegularizer,
            kernelConstraint, biasConstraint, name)(input);

    /// <summary>Slides filters over volumes: <c>activation(kernel slid over x + bias)</c>. Calls <see
    /// cref="Layers.Conv3D"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
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
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor Conv3D(
        this SymbolicTensor input,
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
        string? name = null) =>
        Layers.Conv3D(
            filters, kernelSize, strides, padding, dataFormat, dilationRate, groups, activation, useBias,
            kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer, activityRegularizer,
            kernelConstraint, biasConstraint, name)(input);
}
