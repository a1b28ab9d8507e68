namespace Functional.Keras;

/// <content>Dense layers, tables and masks.</content>
public static partial class Layers
{
    /// <summary>Every unit sees every number of the last axis: <c>activation(x · kernel + bias)</c>.</summary>
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
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, ..., n) to (batch, ..., units). Weights: kernel (n, units), bias (units,).
    /// Source: keras/src/layers/core/dense.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Dense(
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
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "Dense",
            name,
            new()
            {
                ["units"] = units,
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

    /// <summary>Looks whole numbers up in a table of vectors.</summary>
    /// <param name="inputDim">The number of vectors: whole numbers are below it.</param>
    /// <param name="outputDim">The length of a vector.</param>
    /// <param name="embeddingsInitializer">How the table begins; null is uniform.</param>
    /// <param name="embeddingsRegularizer">A penalty on the table.</param>
    /// <param name="embeddingsConstraint">A projection of the table after every update.</param>
    /// <param name="maskZero">Whether 0 is padding, which later layers leave out.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, ...) to (batch, ..., outputDim). Weights: embeddings (inputDim, outputDim).
    /// Source: keras/src/layers/core/embedding.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Embedding(
        int inputDim,
        int outputDim,
        Initializer? embeddingsInitializer = null,
        Regularizer? embeddingsRegularizer = null,
        Constraint? embeddingsConstraint = null,
        bool maskZero = false,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "Embedding",
            name,
            new()
            {
                ["input_dim"] = inputDim,
                ["output_dim"] = outputDim,
                ["embeddings_initializer"] = Or(embeddingsInitializer, "uniform"),
                ["embeddings_regularizer"] = embeddingsRegularizer?.Json,
                ["activity_regularizer"] = null,
                ["embeddings_constraint"] = embeddingsConstraint?.Json,
                ["mask_zero"] = maskZero,
            },
            inputShape);

    /// <summary>Marks the time steps where every number is a certain value, so that later layers leave them
    /// out.</summary>
    /// <param name="maskValue">The value.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, time, n) to the same.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Masking(double maskValue = 0.0, string? name = null, Shape? inputShape = null) =>
        LayerInstance.Create("Masking", name, new() { ["mask_value"] = maskValue }, inputShape);

    /// <summary>The input itself.</summary>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: Any to the same.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Identity(string? name = null, Shape? inputShape = null) =>
        LayerInstance.Create("Identity", name, [], inputShape);

    /// <summary><c>x * scale + offset</c>.</summary>
    /// <param name="scale">The factor.</param>
    /// <param name="offset">What is added.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: Any to the same.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Rescaling(double scale, double offset = 0.0, string? name = null, Shape? inputShape = null) =>
        LayerInstance.Create("Rescaling", name, new() { ["scale"] = scale, ["offset"] = offset }, inputShape);
}
