namespace Functional.Keras;

/// <content>Layers along sequences of images.</content>
public static partial class Layers
{
    /// <summary>An LSTM along sequences of series, with convolutions in place of products (Shi et al. 2015).</summary>
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
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, time, steps, channels) to (batch, steps, filters), with a time axis when
    /// returnSequences. Inputs after the sequence are the states to begin with, <c>layer(x, h, c)</c>. Weights, in the
    /// order i, f, c, o: kernel (size.., channels, 4 filters), recurrent_kernel (size.., filters, 4 filters), bias (4
    /// filters,). Source: keras/src/layers/rnn/conv_lstm1d.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer ConvLSTM1D(
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
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "ConvLSTM1D",
            name,
            new()
            {
                ["filters"] = filters,
                ["kernel_size"] = Required(kernelSize),
                ["strides"] = strides?.Json ?? 1,
                ["padding"] = padding,
                ["data_format"] = dataFormat,
                ["dilation_rate"] = dilationRate?.Json ?? 1,
                ["activation"] = Or(activation, "tanh"),
                ["recurrent_activation"] = Or(recurrentActivation, "sigmoid"),
                ["use_bias"] = useBias,
                ["kernel_initializer"] = Or(kernelInitializer, "glorot_uniform"),
                ["recurrent_initializer"] = Or(recurrentInitializer, "orthogonal"),
                ["bias_initializer"] = Or(biasInitializer, "zeros"),
                ["unit_forget_bias"] = unitForgetBias,
                ["kernel_regularizer"] = kernelRegularizer?.Json,
                ["recurrent_regularizer"] = recurrentRegularizer?.Json,
                ["bias_regularizer"] = biasRegularizer?.Json,
                ["activity_regularizer"] = activityRegularizer?.Json,
                ["kernel_constraint"] = kernelConstraint?.Json,
                ["recurrent_constraint"] = recurrentConstraint?.Json,
                ["bias_constraint"] = biasConstraint?.Json,
                ["dropout"] = dropout,
                ["recurrent_dropout"] = recurrentDropout,
                ["seed"] = seed,
                ["return_sequences"] = returnSequences,
                ["return_state"] = returnState,
                ["go_backwards"] = goBackwards,
                ["stateful"] = stateful,
                ["unroll"] = unroll,
                ["zero_output_for_mask"] = zeroOutputForMask,
            },
            inputShape);

    /// <summary>An LSTM along sequences of images, with convolutions in place of products (Shi et al. 2015).</summary>
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
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, time, rows, columns, channels) to (batch, rows, columns, filters), with a time
    /// axis when returnSequences. Inputs after the sequence are the states to begin with, <c>layer(x, h, c)</c>.
    /// Weights, in the order i, f, c, o: kernel (size.., channels, 4 filters), recurrent_kernel (size.., filters, 4
    /// filters), bias (4 filters,). Source: keras/src/layers/rnn/conv_lstm2d.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer ConvLSTM2D(
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
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "ConvLSTM2D",
            name,
            new()
            {
                ["filters"] = filters,
                ["kernel_size"] = Required(kernelSize),
                ["strides"] = strides?.Json ?? 1,
                ["padding"] = padding,
                ["data_format"] = dataFormat,
                ["dilation_rate"] = dilationRate?.Json ?? 1,
                ["activation"] = Or(activation, "tanh"),
                ["recurrent_activation"] = Or(recurrentActivation, "sigmoid"),
                ["use_bias"] = useBias,
                ["kernel_initializer"] = Or(kernelInitializer, "glorot_uniform"),
                ["recurrent_initializer"] = Or(recurrentInitializer, "orthogonal"),
                ["bias_initializer"] = Or(biasInitializer, "zeros"),
                ["unit_forget_bias"] = unitForgetBias,
                ["kernel_regularizer"] = kernelRegularizer?.Json,
                ["recurrent_regularizer"] = recurrentRegularizer?.Json,
                ["bias_regularizer"] = biasRegularizer?.Json,
                ["activity_regularizer"] = activityRegularizer?.Json,
                ["kernel_constraint"] = kernelConstraint?.Json,
                ["recurrent_constraint"] = recurrentConstraint?.Json,
                ["bias_constraint"] = biasConstraint?.Json,
                ["dropout"] = dropout,
                ["recurrent_dropout"] = recurrentDropout,
                ["seed"] = seed,
                ["return_sequences"] = returnSequences,
                ["return_state"] = returnState,
                ["go_backwards"] = goBackwards,
                ["stateful"] = stateful,
                ["unroll"] = unroll,
                ["zero_output_for_mask"] = zeroOutputForMask,
            },
            inputShape);

    /// <summary>An LSTM along sequences of volumes, with convolutions in place of products (Shi et al. 2015).</summary>
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
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, time, depth, rows, columns, channels) to (batch, depth, rows, columns, filters),
    /// with a time axis when returnSequences. Inputs after the sequence are the states to begin with, <c>layer(x, h,
    /// c)</c>. Weights, in the order i, f, c, o: kernel (size.., channels, 4 filters), recurrent_kernel (size..,
    /// filters, 4 filters), bias (4 filters,). Source: keras/src/layers/rnn/conv_lstm3d.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer ConvLSTM3D(
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
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "ConvLSTM3D",
            name,
            new()
            {
                ["filters"] = filters,
                ["kernel_size"] = Required(kernelSize),
                ["strides"] = strides?.Json ?? 1,
                ["padding"] = padding,
                ["data_format"] = dataFormat,
                ["dilation_rate"] = dilationRate?.Json ?? 1,
                ["activation"] = Or(activation, "tanh"),
                ["recurrent_activation"] = Or(recurrentActivation, "sigmoid"),
                ["use_bias"] = useBias,
                ["kernel_initializer"] = Or(kernelInitializer, "glorot_uniform"),
                ["recurrent_initializer"] = Or(recurrentInitializer, "orthogonal"),
                ["bias_initializer"] = Or(biasInitializer, "zeros"),
                ["unit_forget_bias"] = unitForgetBias,
                ["kernel_regularizer"] = kernelRegularizer?.Json,
                ["recurrent_regularizer"] = recurrentRegularizer?.Json,
                ["bias_regularizer"] = biasRegularizer?.Json,
                ["activity_regularizer"] = activityRegularizer?.Json,
                ["kernel_constraint"] = kernelConstraint?.Json,
                ["recurrent_constraint"] = recurrentConstraint?.Json,
                ["bias_constraint"] = biasConstraint?.Json,
                ["dropout"] = dropout,
                ["recurrent_dropout"] = recurrentDropout,
                ["seed"] = seed,
                ["return_sequences"] = returnSequences,
                ["return_state"] = returnState,
                ["go_backwards"] = goBackwards,
                ["stateful"] = stateful,
                ["unroll"] = unroll,
                ["zero_output_for_mask"] = zeroOutputForMask,
            },
            inputShape);
}
