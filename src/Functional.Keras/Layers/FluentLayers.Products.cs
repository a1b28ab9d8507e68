namespace Functional.Keras;

/// <content>Products in Einstein's convention, and maxout.</content>
public static partial class FluentLayers
{
    /// <summary>A dense layer whose products are written in Einstein's convention: <c>activation(einsum(equation, x,
    /// kernel) + bias)</c>. Calls <see cref="Layers.EinsumDense"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
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
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor EinsumDense(
        this SymbolicTensor input,
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
        string? name = null) =>
        Layers.EinsumDense(
            equation, outputShape, activation, biasAxes, kernelInitializer, biasInitializer, kernelRegularizer,
            biasRegularizer, activityRegularizer, kernelConstraint, biasConstraint, name)(input);

    /// <summary>The largest of every group of neighbouring features; after a Dense of pieces times as many units it is
    /// the textbooks' maxout layer. Calls <see cref="Layers.Maxout"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="pieces">How many neighbouring numbers a group has.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor Maxout(
        this SymbolicTensor input,
        int pieces = 2,
        string? name = null) =>
        Layers.Maxout(pieces, name)(input);
}
