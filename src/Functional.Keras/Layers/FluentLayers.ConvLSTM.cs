namespace Functional.Keras;

/// <content>Layers along sequences of images.</content>
public static partial class FluentLayers
{
    /// <summary>An LSTM along sequences of series, with convolutions in place of products. Calls <see
    /// cref="Layers.ConvLSTM1D"/> on a tensor.</summary>
    /// <param name="input">The sequence.</param>
    /// <param name="filters">The number of channels of output and states.</param>
    /// <param name="kernelSize">The lengths of the kernels; one number stands for all.</param>
    /// <param name="strides">Input positions from one output position to the next; null is 1.</param>
    /// <param name="padding">"valid" or "same".</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="dilationRate">Input positions from one element of the kernel to the next; null is 1.</param>
    /// <param name="activation">The activation of candidates and outputs; null is tanh.</param>
    /// <param name="recurrentActivation">The activation of the gates; null is sigmoid.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">How the kernel for inputs begins; null is glorot_uniform.</param>
    /// <param name="recurrentInitializer">How the kernel for the state begins; null is orthogonal.</param>
    /// <param name="biasInitializer">How the bias begins; null is zeros.</param>
    /// <param name="unitForgetBias">Whether the biases of the forget gate begin at 1.</param>
    /// <param name="kernelRegularizer">A penalty on the kernel for inputs.</param>
    /// <param name="recurrentRegularizer">A penalty on the kernel for the state.</param>
    /// <param name="biasRegularizer">A penalty on the bias.</param>
    /// <param name="activityRegularizer">A penalty on the results.</param>
    /// <param name="kernelConstraint">A projection of the kernel for inputs after every update.</param>
    /// <param name="recurrentConstraint">A projection of the kernel for the state after every update.</param>
    /// <param name="biasConstraint">A projection of the bias after every update.</param>
    /// <param name="dropout">The part of the inputs that is set to 0 in training, the same at all steps.</param>
    /// <param name="recurrentDropout">The part of the state that is set to 0 in training where it meets its kernel, the
    /// same at all steps.</param>
    /// <param name="seed">A seed of this layer's own; null is the run's.</param>
    /// <param name="returnSequences">Whether the outputs of all steps are given, not only the last one.</param>
    /// <param name="returnState">Whether the last states are given besides the output: <c>var (y, state) =
    /// layer(x);</c></param>
    /// <param name="goBackwards">Whether time goes backwards; the outputs are then in the order they were made.</param>
    /// <param name="stateful">Whether a batch begins with the states that the batch before ended with; the batch size
    /// is then fixed.</param>
    /// <param name="unroll">A hint, which changes nothing: how steps are carried out is the compiler's choice.</param>
    /// <param name="zeroOutputForMask">Whether the output of a masked step is 0, instead of the output before
    /// it.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="initialState">The states to begin with; null is zeros.</param>
    /// <returns>The result; its siblings are the states.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor ConvLSTM1D(
        this SymbolicTensor input,
        int filters,
        Axes kernelSize,
        Axes? strides = null,
        string padding = "valid",
        string? dataFormat = null,
        Axes? dilationRate = null,
        Activation? activation = null,
        Activation? recurrentActivation = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? recurrentInitializer = null,
        Initializer? biasInitializer = null,
        bool unitForgetBias = true,
        Regularizer? kernelRegularizer = null,
        Regularizer? recurrentRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? recurrentConstraint = null,
        Constraint? biasConstraint = null,
        double dropout = 0.0,
        double recurrentDropout = 0.0,
        int? seed = null,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
        bool unroll = false,
        bool zeroOutputForMask = false,
        string? name = null,
        SymbolicTensors? initialState = null) =>
        Layers.ConvLSTM1D(
            filters, kernelSize, strides, padding, dataFormat, dilationRate, activation,
            recurrentActivation, useBias, kernelInitializer, recurrentInitializer, biasInitializer,
            unitForgetBias, kernelRegularizer, recurrentRegularizer, biasRegularizer, activityRegularizer,
            kernelConstraint, recurrentConstraint, biasConstraint, dropout, recurrentDropout, seed,
            returnSequences, returnState, goBackwards, stateful, unroll, zeroOutputForMask, name)([input, .. initialState ?? []]);

    /// <summary>An LSTM along sequences of images, with convolutions in place of products. Calls <see
    /// cref="Layers.ConvLSTM2D"/> on a tensor.</summary>
    /// <param name="input">The sequence.</param>
    /// <param name="filters">The number of channels of output and states.</param>
    /// <param name="kernelSize">The lengths of the kernels; one number stands for all.</param>
    /// <param name="strides">Input positions from one output position to the next; null is 1.</param>
    /// <param name="padding">"valid" or "same".</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="dilationRate">Input positions from one element of the kernel to the next; null is 1.</param>
    /// <param name="activation">The activation of candidates and outputs; null is tanh.</param>
    /// <param name="recurrentActivation">The activation of the gates; null is sigmoid.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">How the kernel for inputs begins; null is glorot_uniform.</param>
    /// <param name="recurrentInitializer">How the kernel for the state begins; null is orthogonal.</param>
    /// <param name="biasInitializer">How the bias begins; null is zeros.</param>
    /// <param name="unitForgetBias">Whether the biases of the forget gate begin at 1.</param>
    /// <param name="kernelRegularizer">A penalty on the kernel for inputs.</param>
    /// <param name="recurrentRegularizer">A penalty on the kernel for the state.</param>
    /// <param name="biasRegularizer">A penalty on the bias.</param>
    /// <param name="activityRegularizer">A penalty on the results.</param>
    /// <param name="kernelConstraint">A projection of the kernel for inputs after every update.</param>
    /// <param name="recurrentConstraint">A projection of the kernel for the state after every update.</param>
    /// <param name="biasConstraint">A projection of the bias after every update.</param>
    /// <param name="dropout">The part of the inputs that is set to 0 in training, the same at all steps.</param>
    /// <param name="recurrentDropout">The part of the state that is set to 0 in training where it meets its kernel, the
    /// same at all steps.</param>
    /// <param name="seed">A seed of this layer's own; null is the run's.</param>
    /// <param name="returnSequences">Whether the outputs of all steps are given, not only the last one.</param>
    /// <param name="returnState">Whether the last states are given besides the output: <c>var (y, state) =
    /// layer(x);</c></param>
    /// <param name="goBackwards">Whether time goes backwards; the outputs are then in the order they were made.</param>
    /// <param name="stateful">Whether a batch begins with the states that the batch before ended with; the batch size
    /// is then fixed.</param>
    /// <param name="unroll">A hint, which changes nothing: how steps are carried out is the compiler's choice.</param>
    /// <param name="zeroOutputForMask">Whether the output of a masked step is 0, instead of the output before
    /// it.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="initialState">The states to begin with; null is zeros.</param>
    /// <returns>The result; its siblings are the states.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor ConvLSTM2D(
        this SymbolicTensor input,
        int filters,
        Axes kernelSize,
        Axes? strides = null,
        string padding = "valid",
        string? dataFormat = null,
        Axes? dilationRate = null,
        Activation? activation = null,
        Activation? recurrentActivation = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? recurrentInitializer = null,
        Initializer? biasInitializer = null,
        bool unitForgetBias = true,
        Regularizer? kernelRegularizer = null,
        Regularizer? recurrentRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? recurrentConstraint = null,
        Constraint? biasConstraint = null,
        double dropout = 0.0,
        double recurrentDropout = 0.0,
        int? seed = null,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
        bool unroll = false,
        bool zeroOutputForMask = false,
        string? name = null,
        SymbolicTensors? initialState = null) =>
        Layers.ConvLSTM2D(
            filters, kernelSize, strides, padding, dataFormat, dilationRate, activation,
            recurrentActivation, useBias, kernelInitializer, recurrentInitializer, biasInitializer,
            unitForgetBias, kernelRegularizer, recurrentRegularizer, biasRegularizer, activityRegularizer,
            kernelConstraint, recurrentConstraint, biasConstraint, dropout, recurrentDropout, seed,
            returnSequences, returnState, goBackwards, stateful, unroll, zeroOutputForMask, name)([input, .. initialState ?? []]);

    /// <summary>An LSTM along sequences of volumes, with convolutions in place of products. Calls <see
    /// cref="Layers.ConvLSTM3D"/> on a tensor.</summary>
    /// <param name="input">The sequence.</param>
    /// <param name="filters">The number of channels of output and states.</param>
    /// <param name="kernelSize">The lengths of the kernels; one number stands for all.</param>
    /// <param name="strides">Input positions from one output position to the next; null is 1.</param>
    /// <param name="padding">"valid" or "same".</param>
    /// <param name="dataFormat">"channels_last" or "channels_first"; null is the first.</param>
    /// <param name="dilationRate">Input positions from one element of the kernel to the next; null is 1.</param>
    /// <param name="activation">The activation of candidates and outputs; null is tanh.</param>
    /// <param name="recurrentActivation">The activation of the gates; null is sigmoid.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">How the kernel for inputs begins; null is glorot_uniform.</param>
    /// <param name="recurrentInitializer">How the kernel for the state begins; null is orthogonal.</param>
    /// <param name="biasInitializer">How the bias begins; null is zeros.</param>
    /// <param name="unitForgetBias">Whether the biases of the forget gate begin at 1.</param>
    /// <param name="kernelRegularizer">A penalty on the kernel for inputs.</param>
    /// <param name="recurrentRegularizer">A penalty on the kernel for the state.</param>
    /// <param name="biasRegularizer">A penalty on the bias.</param>
    /// <param name="activityRegularizer">A penalty on the results.</param>
    /// <param name="kernelConstraint">A projection of the kernel for inputs after every update.</param>
    /// <param name="recurrentConstraint">A projection of the kernel for the state after every update.</param>
    /// <param name="biasConstraint">A projection of the bias after every update.</param>
    /// <param name="dropout">The part of the inputs that is set to 0 in training, the same at all steps.</param>
    /// <param name="recurrentDropout">The part of the state that is set to 0 in training where it meets its kernel, the
    /// same at all steps.</param>
    /// <param name="seed">A seed of this layer's own; null is the run's.</param>
    /// <param name="returnSequences">Whether the outputs of all steps are given, not only the last one.</param>
    /// <param name="returnState">Whether the last states are given besides the output: <c>var (y, state) =
    /// layer(x);</c></param>
    /// <param name="goBackwards">Whether time goes backwards; the outputs are then in the order they were made.</param>
    /// <param name="stateful">Whether a batch begins with the states that the batch before ended with; the batch size
    /// is then fixed.</param>
    /// <param name="unroll">A hint, which changes nothing: how steps are carried out is the compiler's choice.</param>
    /// <param name="zeroOutputForMask">Whether the output of a masked step is 0, instead of the output before
    /// it.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="initialState">The states to begin with; null is zeros.</param>
    /// <returns>The result; its siblings are the states.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor ConvLSTM3D(
        this SymbolicTensor input,
        int filters,
        Axes kernelSize,
        Axes? strides = null,
        string padding = "valid",
        string? dataFormat = null,
        Axes? dilationRate = null,
        Activation? activation = null,
        Activation? recurrentActivation = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? recurrentInitializer = null,
        Initializer? biasInitializer = null,
        bool unitForgetBias = true,
        Regularizer? kernelRegularizer = null,
        Regularizer? recurrentRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? recurrentConstraint = null,
        Constraint? biasConstraint = null,
        double dropout = 0.0,
        double recurrentDropout = 0.0,
        int? seed = null,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
        bool unroll = false,
        bool zeroOutputForMask = false,
        string? name = null,
        SymbolicTensors? initialState = null) =>
        Layers.ConvLSTM3D(
            filters, kernelSize, strides, padding, dataFormat, dilationRate, activation,
            recurrentActivation, useBias, kernelInitializer, recurrentInitializer, biasInitializer,
            unitForgetBias, kernelRegularizer, recurrentRegularizer, biasRegularizer, activityRegularizer,
            kernelConstraint, recurrentConstraint, biasConstraint, dropout, recurrentDropout, seed,
            returnSequences, returnState, goBackwards, stateful, unroll, zeroOutputForMask, name)([input, .. initialState ?? []]);
}
