namespace Functional.Keras;

/// <content>Dense layers, tables and masks.</content>
public static partial class FluentLayers
{
    /// <summary>Every unit sees every number of the last axis: <c>activation(x · kernel + bias)</c>. Calls <see
    /// cref="Layers.Dense"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="units">The length of the last axis of the result.</param>
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
    public static SymbolicTensor Dense(
        this SymbolicTensor input,
        int units,
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
        Layers.Dense(
            units, activation, useBias, kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer,
            activityRegularizer, kernelConstraint, biasConstraint, name)(input);

    /// <summary>Looks whole numbers up in a table of vectors. Calls <see cref="Layers.Embedding"/> on a
    /// tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="inputDim">The number of vectors: whole numbers are below it.</param>
    /// <param name="outputDim">The length of a vector.</param>
    /// <param name="embeddingsInitializer">How the table begins; null is uniform.</param>
    /// <param name="embeddingsRegularizer">A penalty on the table.</param>
    /// <param name="embeddingsConstraint">A projection of the table after every update.</param>
    /// <param name="maskZero">Whether 0 is padding, which later layers leave out.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor Embedding(
        this SymbolicTensor input,
        int inputDim,
        int outputDim,
        Initializer? embeddingsInitializer = null,
        Regularizer? embeddingsRegularizer = null,
        Constraint? embeddingsConstraint = null,
        bool maskZero = false,
        string? name = null) =>
        Layers.Embedding(
            inputDim, outputDim, embeddingsInitializer, embeddingsRegularizer, embeddingsConstraint, maskZero,
            name)(input);

    /// <summary>Marks the time steps where every number is a certain value, so that later layers leave them out. Calls
    /// <see cref="Layers.Masking"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="maskValue">The value.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor Masking(this SymbolicTensor input, double maskValue = 0.0, string? name = null) =>
        Layers.Masking(maskValue, name)(input);

    /// <summary>The input itself. Calls <see cref="Layers.Identity"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor Identity(this SymbolicTensor input, string? name = null) =>
        Layers.Identity(name)(input);

    /// <summary><c>x * scale + offset</c>. Calls <see cref="Layers.Rescaling"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="scale">The factor.</param>
    /// <param name="offset">What is added.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor Rescaling(
        this SymbolicTensor input,
        double scale,
        double offset = 0.0,
        string? name = null) =>
        Layers.Rescaling(scale, offset, name)(input);
}
