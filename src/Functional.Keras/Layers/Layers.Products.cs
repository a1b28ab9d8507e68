namespace Functional.Keras;

/// <content>Products in Einstein's convention, and maxout.</content>
public static partial class Layers
{
    /// <summary>A dense layer whose products are written in Einstein's convention: <c>activation(einsum(equation, x,
    /// kernel) + bias)</c>.</summary>
    /// <param name="equation">The letters of the input, the kernel and the result: "abc,cd-&gt;abd"; "..." stands for
    /// leading axes.</param>
    /// <param name="outputShape">The shape of the result without the batch; null where data decides.</param>
    /// <param name="activation">The activation; null is linear.</param>
    /// <param name="biasAxes">The letters of the result that have a bias; null is no bias.</param>
    /// <param name="kernelInitializer">How kernels begin; null is glorot_uniform.</param>
    /// <param name="biasInitializer">How biases begin; null is zeros.</param>
    /// <param name="kernelRegularizer">A penalty on kernels.</param>
    /// <param name="biasRegularizer">A penalty on biases.</param>
    /// <param name="activityRegularizer">A penalty on the result.</param>
    /// <param name="kernelConstraint">A projection of kernels after every update.</param>
    /// <param name="biasConstraint">A projection of biases after every update.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: As the equation says. Weights: kernel, and bias where biasAxes has letters. Source:
    /// keras/src/layers/core/einsum_dense.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer EinsumDense(
        string equation,
        Shape outputShape,
        Activation? activation = null,
        string? biasAxes = null,
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
            "EinsumDense",
            name,
            new()
            {
                ["equation"] = equation,
                ["output_shape"] = Lengths(outputShape),
                ["activation"] = Or(activation, "linear"),
                ["bias_axes"] = biasAxes,
                ["kernel_initializer"] = Or(kernelInitializer, "glorot_uniform"),
                ["bias_initializer"] = Or(biasInitializer, "zeros"),
                ["kernel_regularizer"] = kernelRegularizer?.Json,
                ["bias_regularizer"] = biasRegularizer?.Json,
                ["activity_regularizer"] = activityRegularizer?.Json,
                ["kernel_constraint"] = kernelConstraint?.Json,
                ["bias_constraint"] = biasConstraint?.Json,
            },
            inputShape);

    /// <summary>The largest of every group of neighbouring features; after a Dense of pieces times as many units it is
    /// the textbooks' maxout layer.</summary>
    /// <param name="pieces">How many neighbouring numbers a group has.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, ..., pieces * n) to (batch, ..., n). Source: Goodfellow et al. 2013.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Maxout(
        int pieces = 2,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create("Maxout", name, new() { ["pieces"] = pieces }, inputShape);
}
