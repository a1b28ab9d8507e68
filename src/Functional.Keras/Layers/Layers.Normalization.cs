namespace Functional.Keras;

/// <content>Layers that normalize.</content>
public static partial class Layers
{
    /// <summary><c>gamma * (x - mean) / sqrt(variance + epsilon) + beta</c> over the batch while training, with moving
    /// averages afterwards (Ioffe, Szegedy 2015).</summary>
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
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: Any to the same. Weights: gamma, beta, moving_mean, moving_variance, each of the length
    /// of the axis; the last two are not trained.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer BatchNormalization(
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
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "BatchNormalization",
            name,
            new()
            {
                ["axis"] = axis,
                ["momentum"] = momentum,
                ["epsilon"] = epsilon,
                ["center"] = center,
                ["scale"] = scale,
                ["beta_initializer"] = Or(betaInitializer, "zeros"),
                ["gamma_initializer"] = Or(gammaInitializer, "ones"),
                ["moving_mean_initializer"] = Or(movingMeanInitializer, "zeros"),
                ["moving_variance_initializer"] = Or(movingVarianceInitializer, "ones"),
                ["beta_regularizer"] = betaRegularizer?.Json,
                ["gamma_regularizer"] = gammaRegularizer?.Json,
                ["beta_constraint"] = betaConstraint?.Json,
                ["gamma_constraint"] = gammaConstraint?.Json,
                ["synchronized"] = false,
            },
            inputShape);

    /// <summary><c>gamma * (x - mean) / sqrt(variance + epsilon) + beta</c> over the features of one sample (Ba,
    /// Kiros, Hinton 2016).</summary>
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
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: Any to the same. Weights: gamma, beta, of the lengths of the axes.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer LayerNormalization(
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
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "LayerNormalization",
            name,
            new()
            {
                ["axis"] = axis?.Json ?? -1,
                ["epsilon"] = epsilon,
                ["center"] = center,
                ["scale"] = scale,
                ["rms_scaling"] = rmsScaling,
                ["beta_initializer"] = Or(betaInitializer, "zeros"),
                ["gamma_initializer"] = Or(gammaInitializer, "ones"),
                ["beta_regularizer"] = betaRegularizer?.Json,
                ["gamma_regularizer"] = gammaRegularizer?.Json,
                ["beta_constraint"] = betaConstraint?.Json,
                ["gamma_constraint"] = gammaConstraint?.Json,
            },
            inputShape);

    /// <summary><c>gamma * (x - mean) / sqrt(variance + epsilon) + beta</c> over groups of channels of one sample (Wu,
    /// He 2018).</summary>
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
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: Any to the same. Weights: gamma, beta, of the length of the axis.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer GroupNormalization(
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
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "GroupNormalization",
            name,
            new()
            {
                ["groups"] = groups,
                ["axis"] = axis,
                ["epsilon"] = epsilon,
                ["center"] = center,
                ["scale"] = scale,
                ["beta_initializer"] = Or(betaInitializer, "zeros"),
                ["gamma_initializer"] = Or(gammaInitializer, "ones"),
                ["beta_regularizer"] = betaRegularizer?.Json,
                ["gamma_regularizer"] = gammaRegularizer?.Json,
                ["beta_constraint"] = betaConstraint?.Json,
                ["gamma_constraint"] = gammaConstraint?.Json,
            },
            inputShape);

    /// <summary>Vectors of length 1.</summary>
    /// <param name="axis">The axis or axes of the vectors; null is the last.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: Any to the same.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer UnitNormalization(Axes? axis = null, string? name = null, Shape? inputShape = null) =>
        LayerInstance.Create("UnitNormalization", name, new() { ["axis"] = axis?.Json ?? -1 }, inputShape);

    /// <summary><c>scale * x / sqrt(mean(x^2) + epsilon)</c> over the features of one sample (Zhang, Sennrich
    /// 2019).</summary>
    /// <param name="axis">The axis or axes of features; null is the last.</param>
    /// <param name="epsilon">Added to the mean square.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: Any to the same. Weights: scale, of the lengths of the axes. Source:
    /// keras/src/layers/normalization/rms_normalization.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer RMSNormalization(
        Axes? axis = null,
        double epsilon = 1e-6,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "RMSNormalization",
            name,
            new()
            {
                ["axis"] = axis?.Json ?? -1,
                ["epsilon"] = epsilon,
            },
            inputShape);

    /// <summary>A layer whose kernel is divided by its largest singular value at every training step (Miyato and
    /// others 2018).</summary>
    /// <param name="layer">The layer, which has a kernel or embeddings; it is not called itself: one like it
    /// is.</param>
    /// <param name="powerIterations">How often the estimate of the singular value is improved at a step.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: Those of the layer. Weights: its kernel, vector_u (1, last axis of the kernel), its
    /// other weights. Source: keras/src/layers/normalization/spectral_normalization.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer SpectralNormalization(
        Layer layer,
        int powerIterations = 1,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            "SpectralNormalization",
            name,
            new()
            {
                ["layer"] = LayerInstance.Of(layer).Saved,
                ["power_iterations"] = powerIterations,
            },
            inputShape);
}
