using Functional.Runtime.Interop;

namespace Functional.Keras;

/// <content>One step of layers along time.</content>
public static partial class Layers
{
    /// <summary>One step of <see cref="SimpleRNN"/>, for <see cref="RNN"/> and <see cref="StackedRNNCells"/>.</summary>
    /// <param name="units">The number of units: the length of output and states.</param>
    /// <param name="activation">The activation of candidates and outputs; null is tanh.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">How the kernel for inputs begins; null is glorot_uniform.</param>
    /// <param name="recurrentInitializer">How the kernel for the state begins; null is orthogonal.</param>
    /// <param name="biasInitializer">How the bias begins; null is zeros.</param>
    /// <param name="kernelRegularizer">A penalty on the kernel for inputs.</param>
    /// <param name="recurrentRegularizer">A penalty on the kernel for the state.</param>
    /// <param name="biasRegularizer">A penalty on the bias.</param>
    /// <param name="kernelConstraint">A projection of the kernel for inputs after every update.</param>
    /// <param name="recurrentConstraint">A projection of the kernel for the state after every update.</param>
    /// <param name="biasConstraint">A projection of the bias after every update.</param>
    /// <param name="dropout">The part of the inputs that is set to 0 in training, the same at all steps.</param>
    /// <param name="recurrentDropout">The part of the state that is set to 0 in training where it meets its kernel, the
    /// same at all steps.</param>
    /// <param name="seed">A seed of this layer's own; null is the run's.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The cell.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Cell SimpleRNNCell(
        int units,
        Activation? activation = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? recurrentInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? recurrentRegularizer = null,
        Regularizer? biasRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? recurrentConstraint = null,
        Constraint? biasConstraint = null,
        double dropout = 0.0,
        double recurrentDropout = 0.0,
        int? seed = null,
        string? name = null) =>
        Cell.Create(
            "SimpleRNNCell",
            name,
            new()
            {
                ["units"] = units,
                ["activation"] = Or(activation, "tanh"),
                ["use_bias"] = useBias,
                ["kernel_initializer"] = Or(kernelInitializer, "glorot_uniform"),
                ["recurrent_initializer"] = Or(recurrentInitializer, "orthogonal"),
                ["bias_initializer"] = Or(biasInitializer, "zeros"),
                ["kernel_regularizer"] = kernelRegularizer?.Json,
                ["recurrent_regularizer"] = recurrentRegularizer?.Json,
                ["bias_regularizer"] = biasRegularizer?.Json,
                ["kernel_constraint"] = kernelConstraint?.Json,
                ["recurrent_constraint"] = recurrentConstraint?.Json,
                ["bias_constraint"] = biasConstraint?.Json,
                ["dropout"] = dropout,
                ["recurrent_dropout"] = recurrentDropout,
                ["seed"] = seed,
            });

    /// <summary>One step of <see cref="LSTM"/>, for <see cref="RNN"/> and <see cref="StackedRNNCells"/>.</summary>
    /// <param name="units">The number of units: the length of output and states.</param>
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
    /// <param name="kernelConstraint">A projection of the kernel for inputs after every update.</param>
    /// <param name="recurrentConstraint">A projection of the kernel for the state after every update.</param>
    /// <param name="biasConstraint">A projection of the bias after every update.</param>
    /// <param name="dropout">The part of the inputs that is set to 0 in training, the same at all steps.</param>
    /// <param name="recurrentDropout">The part of the state that is set to 0 in training where it meets its kernel, the
    /// same at all steps.</param>
    /// <param name="seed">A seed of this layer's own; null is the run's.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The cell.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Cell LSTMCell(
        int units,
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
        Constraint? kernelConstraint = null,
        Constraint? recurrentConstraint = null,
        Constraint? biasConstraint = null,
        double dropout = 0.0,
        double recurrentDropout = 0.0,
        int? seed = null,
        string? name = null) =>
        Cell.Create(
            "LSTMCell",
            name,
            new()
            {
                ["units"] = units,
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
                ["kernel_constraint"] = kernelConstraint?.Json,
                ["recurrent_constraint"] = recurrentConstraint?.Json,
                ["bias_constraint"] = biasConstraint?.Json,
                ["dropout"] = dropout,
                ["recurrent_dropout"] = recurrentDropout,
                ["seed"] = seed,
            });

    /// <summary>One step of <see cref="GRU"/>, for <see cref="RNN"/> and <see cref="StackedRNNCells"/>.</summary>
    /// <param name="units">The number of units: the length of output and states.</param>
    /// <param name="activation">The activation of candidates and outputs; null is tanh.</param>
    /// <param name="recurrentActivation">The activation of the gates; null is sigmoid.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">How the kernel for inputs begins; null is glorot_uniform.</param>
    /// <param name="recurrentInitializer">How the kernel for the state begins; null is orthogonal.</param>
    /// <param name="biasInitializer">How the bias begins; null is zeros.</param>
    /// <param name="kernelRegularizer">A penalty on the kernel for inputs.</param>
    /// <param name="recurrentRegularizer">A penalty on the kernel for the state.</param>
    /// <param name="biasRegularizer">A penalty on the bias.</param>
    /// <param name="kernelConstraint">A projection of the kernel for inputs after every update.</param>
    /// <param name="recurrentConstraint">A projection of the kernel for the state after every update.</param>
    /// <param name="biasConstraint">A projection of the bias after every update.</param>
    /// <param name="dropout">The part of the inputs that is set to 0 in training, the same at all steps.</param>
    /// <param name="recurrentDropout">The part of the state that is set to 0 in training where it meets its kernel, the
    /// same at all steps.</param>
    /// <param name="resetAfter">Whether the state is reset after it met its kernel.</param>
    /// <param name="seed">A seed of this layer's own; null is the run's.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The cell.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Cell GRUCell(
        int units,
        Activation? activation = null,
        Activation? recurrentActivation = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? recurrentInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? recurrentRegularizer = null,
        Regularizer? biasRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? recurrentConstraint = null,
        Constraint? biasConstraint = null,
        double dropout = 0.0,
        double recurrentDropout = 0.0,
        bool resetAfter = true,
        int? seed = null,
        string? name = null) =>
        Cell.Create(
            "GRUCell",
            name,
            new()
            {
                ["units"] = units,
                ["activation"] = Or(activation, "tanh"),
                ["recurrent_activation"] = Or(recurrentActivation, "sigmoid"),
                ["use_bias"] = useBias,
                ["kernel_initializer"] = Or(kernelInitializer, "glorot_uniform"),
                ["recurrent_initializer"] = Or(recurrentInitializer, "orthogonal"),
                ["bias_initializer"] = Or(biasInitializer, "zeros"),
                ["kernel_regularizer"] = kernelRegularizer?.Json,
                ["recurrent_regularizer"] = recurrentRegularizer?.Json,
                ["bias_regularizer"] = biasRegularizer?.Json,
                ["kernel_constraint"] = kernelConstraint?.Json,
                ["recurrent_constraint"] = recurrentConstraint?.Json,
                ["bias_constraint"] = biasConstraint?.Json,
                ["dropout"] = dropout,
                ["recurrent_dropout"] = recurrentDropout,
                ["reset_after"] = resetAfter,
                ["seed"] = seed,
            });

    /// <summary>Cells one after another at every step: each takes the output of the one before.</summary>
    /// <param name="cells">The cells, at least one.</param>
    /// <param name="name">A name; null is "stacked_rnn_cells".</param>
    /// <remarks>States and weights are those of the cells in their order. Source:
    /// keras/src/layers/rnn/stacked_rnn_cells.py.</remarks>
    /// <returns>The cell.</returns>
    /// <exception cref="ArgumentException">There are no cells, or two have one name.</exception>
    public static Cell StackedRNNCells(IReadOnlyList<Cell> cells, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (cells.Any(cell => cell is null))
            throw new ArgumentException("StackedRNNCells expects cells, but one of them is null.", nameof(cells));
        return new Cell(RecurrentInterop.StackedCells(name, [.. cells.Select(cell => cell.Core)]));
    }
}
