namespace Functional.Keras;

/// <content>Layers that normalize.</content>
public static partial class FluentLayers
{
    /// <summary><c>gamma * (x - mean) / sqrt(variance + epsilon) + beta</c> over the batch while training, with moving
    /// averages afterwards (Ioffe, Szegedy 2015). Calls <see cref="Layers.BatchNormalization"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="axis">The axis of features.</param>
    /// <param name="momentum">How much of the moving averages stays each step.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="center">Whether beta is added.</param>
    /// <param name="scale">Whether gamma multiplies.</param>
    /// <param name="betaInitializer">How beta begins; null is zeros.</param>
    /// <param name="gammaInitializer">How gamma begins; null is ones.</param>
    /// <param name="movingMeanInitializer">How the moving mean begins; null is zeros.</param>
    /// <param name="movingVarianceInitializer">How the moving variance begins; null is ones.</param>
    /// <param name="betaRegularizer">A penalty on beta.</param>
    /// <param name="gammaRegularizer">A penalty on gamma.</param>
    /// <param name="betaConstraint">A projection of beta after every update.</param>
    /// <param name="gammaConstraint">A projection of gamma after every update.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor BatchNormalization(
        this SymbolicTensor input,
        int axis = -1,
        double momentum = 0.99,
        double epsilon = 1e-3,
        bool center = true,
        bool scale = true,
        Initializer? betaInitializer = null,
        Initializer? gammaInitializer = null,
        Initializer? movingMeanInitializer = null,
        Initializer? movingVarianceInitializer = null,
        Regularizer? betaRegularizer = null,
        Regularizer? gammaRegularizer = null,
        Constraint? betaConstraint = null,
        Constraint? gammaConstraint = null,
        string? name = null) =>
        Layers.BatchNormalization(
            axis, momentum, epsilon, center, scale, betaInitializer, gammaInitializer, movingMeanInitializer,
            movingVarianceInitializer, betaRegularizer, gammaRegularizer, betaConstraint, gammaConstraint,
            name)(input);

    /// <summary><c>gamma * (x - mean) / sqrt(variance + epsilon) + beta</c> over the features of one sample (Ba,
    /// Kiros, Hinton 2016). Calls <see cref="Layers.LayerNormalization"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="axis">The axis or axes of features; null is the last.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="center">Whether beta is added.</param>
    /// <param name="scale">Whether gamma multiplies.</param>
    /// <param name="rmsScaling">Whether x is only divided by its root mean square.</param>
    /// <param name="betaInitializer">How beta begins; null is zeros.</param>
    /// <param name="gammaInitializer">How gamma begins; null is ones.</param>
    /// <param name="betaRegularizer">A penalty on beta.</param>
    /// <param name="gammaRegularizer">A penalty on gamma.</param>
    /// <param name="betaConstraint">A projection of beta after every update.</param>
    /// <param name="gammaConstraint">A projection of gamma after every update.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor LayerNormalization(
        this SymbolicTensor input,
        Axes? axis = null,
        double epsilon = 1e-3,
        bool center = true,
        bool scale = true,
        bool rmsScaling = false,
        Initializer? betaInitializer = null,
        Initializer? gammaInitializer = null,
        Regularizer? betaRegularizer = null,
        Regularizer? gammaRegularizer = null,
        Constraint? betaConstraint = null,
        Constraint? gammaConstraint = null,
        string? name = null) =>
        Layers.LayerNormalization(
            axis, epsilon, center, scale, rmsScaling, betaInitializer, gammaInitializer, betaRegularizer,
            gammaRegularizer, betaConstraint, gammaConstraint, name)(input);

    /// <summary><c>gamma * (x - mean) / sqrt(variance + epsilon) + beta</c> over groups of channels of one sample (Wu,
    /// He 2018). Calls <see cref="Layers.GroupNormalization"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="groups">The number of groups; -1 is one for every channel.</param>
    /// <param name="axis">The axis of channels.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="center">Whether beta is added.</param>
    /// <param name="scale">Whether gamma multiplies.</param>
    /// <param name="betaInitializer">How beta begins; null is zeros.</param>
    /// <param name="gammaInitializer">How gamma begins; null is ones.</param>
    /// <param name="betaRegularizer">A penalty on beta.</param>
    /// <param name="gammaRegularizer">A penalty on gamma.</param>
    /// <param name="betaConstraint">A projection of beta after every update.</param>
    /// <param name="gammaConstraint">A projection of gamma after every update.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor GroupNormalization(
        this SymbolicTensor input,
        int groups = 32,
        int axis = -1,
        double epsilon = 1e-3,
        bool center = true,
        bool scale = true,
        Initializer? betaInitializer = null,
        Initializer? gammaInitializer = null,
        Regularizer? betaRegularizer = null,
        Regularizer? gammaRegularizer = null,
        Constraint? betaConstraint = null,
        Constraint? gammaConstraint = null,
        string? name = null) =>
        Layers.GroupNormalization(
            groups, axis, epsilon, center, scale, betaInitializer, gammaInitializer, betaRegularizer,
            gammaRegularizer, betaConstraint, gammaConstraint, name)(input);

    /// <summary>Vectors of length 1. Calls <see cref="Layers.UnitNormalization"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="axis">The axis or axes of the vectors; null is the last.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor UnitNormalization(
        this SymbolicTensor input,
        Axes? axis = null,
        string? name = null) =>
        Layers.UnitNormalization(axis, name)(input);

    /// <summary><c>scale * x / sqrt(mean(x^2) + epsilon)</c> over the features of one sample (Zhang, Sennrich 2019).
    /// Calls <see cref="Layers.RMSNormalization"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="axis">The axis or axes of features; null is the last.</param>
    /// <param name="epsilon">Added to the mean square.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor RMSNormalization(
        this SymbolicTensor input,
        Axes? axis = null,
        double epsilon = 1e-6,
        string? name = null) =>
        Layers.RMSNormalization(axis, epsilon, name)(input);

    /// <summary>A layer whose kernel is divided by its largest singular value at every training step (Miyato and
    /// others 2018). Calls <see cref="Layers.SpectralNormalization"/> on a tensor.</summary>
    /// <param name="input">The tensor.</param>
    /// <param name="layer">The layer, which has a kernel or embeddings; it is not called itself: one like it
    /// is.</param>
    /// <param name="powerIterations">How often the estimate of the singular value is improved at a step.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor SpectralNormalization(
        this SymbolicTensor input,
        Layer layer,
        int powerIterations = 1,
        string? name = null) =>
        Layers.SpectralNormalization(layer, powerIterations, name)(input);
}
