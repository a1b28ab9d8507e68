namespace Functional.Keras;

/// <summary>How weights follow gradients, under Keras's names. A text converts to an optimizer as well:
/// <c>"adam"</c>.</summary>
public static class Optimizers
{
    /// <summary>w -= learningRate * g, with momentum when asked for.</summary>
    /// <param name="learningRate">The learning rate, a number or a schedule; null is 0.01.</param>
    /// <param name="momentum">How much of the last step is done again.</param>
    /// <param name="nesterov">Whether the momentum looks ahead.</param>
    /// <param name="weightDecay">Weights shrink by this times the learning rate each step; null is not at all.</param>
    /// <param name="clipNorm">Each gradient is shortened to at most this norm.</param>
    /// <param name="clipValue">Each number of a gradient is cut to plus or minus this.</param>
    /// <param name="globalClipNorm">All gradients together are shortened to at most this norm.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The optimizer.</returns>
    public static Optimizer SGD(
        Schedule? learningRate = null,
        double momentum = 0.0,
        bool nesterov = false,
        double? weightDecay = null,
        double? clipNorm = null,
        double? clipValue = null,
        double? globalClipNorm = null,
        string? name = null) =>
        new("SGD", new()
        {
            ["learning_rate"] = learningRate?.Json,
            ["momentum"] = momentum,
            ["nesterov"] = nesterov,
            ["weight_decay"] = weightDecay,
            ["clipnorm"] = clipNorm,
            ["clipvalue"] = clipValue,
            ["global_clipnorm"] = globalClipNorm,
            ["name"] = name,
        });

    /// <summary>Divides gradients by the root of their mean square (Tieleman, Hinton 2012).</summary>
    /// <param name="learningRate">The learning rate, a number or a schedule; null is 0.001.</param>
    /// <param name="rho">How much of the mean square stays each step.</param>
    /// <param name="momentum">How much of the last step is done again.</param>
    /// <param name="epsilon">Added to denominators.</param>
    /// <param name="centered">Whether the mean is taken off the square.</param>
    /// <param name="weightDecay">Weights shrink by this times the learning rate each step; null is not at all.</param>
    /// <param name="clipNorm">Each gradient is shortened to at most this norm.</param>
    /// <param name="clipValue">Each number of a gradient is cut to plus or minus this.</param>
    /// <param name="globalClipNorm">All gradients together are shortened to at most this norm.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The optimizer.</returns>
    public static Optimizer RMSprop(
        Schedule? learningRate = null,
        double rho = 0.9,
        double momentum = 0.0,
        double epsilon = 1e-7,
        bool centered = false,
        double? weightDecay = null,
        double? clipNorm = null,
        double? clipValue = null,
        double? globalClipNorm = null,
        string? name = null) =>
        new("RMSprop", new()
        {
            ["learning_rate"] = learningRate?.Json,
            ["rho"] = rho,
            ["momentum"] = momentum,
            ["epsilon"] = epsilon,
            ["centered"] = centered,
            ["weight_decay"] = weightDecay,
            ["clipnorm"] = clipNorm,
            ["clipvalue"] = clipValue,
            ["global_clipnorm"] = globalClipNorm,
            ["name"] = name,
        });

    /// <summary>Divides gradients by the root of their summed squares (Duchi et al. 2011).</summary>
    /// <param name="learningRate">The learning rate, a number or a schedule; null is 0.001.</param>
    /// <param name="initialAccumulatorValue">Where the sums begin.</param>
    /// <param name="epsilon">Added to denominators.</param>
    /// <param name="weightDecay">Weights shrink by this times the learning rate each step; null is not at all.</param>
    /// <param name="clipNorm">Each gradient is shortened to at most this norm.</param>
    /// <param name="clipValue">Each number of a gradient is cut to plus or minus this.</param>
    /// <param name="globalClipNorm">All gradients together are shortened to at most this norm.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The optimizer.</returns>
    public static Optimizer Adagrad(
        Schedule? learningRate = null,
        double initialAccumulatorValue = 0.1,
        double epsilon = 1e-7,
        double? weightDecay = null,
        double? clipNorm = null,
        double? clipValue = null,
        double? globalClipNorm = null,
        string? name = null) =>
        new("Adagrad", new()
        {
            ["learning_rate"] = learningRate?.Json,
            ["initial_accumulator_value"] = initialAccumulatorValue,
            ["epsilon"] = epsilon,
            ["weight_decay"] = weightDecay,
            ["clipnorm"] = clipNorm,
            ["clipvalue"] = clipValue,
            ["global_clipnorm"] = globalClipNorm,
            ["name"] = name,
        });

    /// <summary>Mean gradients divided by the root of their mean square (Kingma, Ba 2015).</summary>
    /// <param name="learningRate">The learning rate, a number or a schedule; null is 0.001.</param>
    /// <param name="beta1">How much of the mean gradient stays each step.</param>
    /// <param name="beta2">How much of the mean squared gradient stays each step.</param>
    /// <param name="epsilon">Added to denominators.</param>
    /// <param name="amsgrad">Whether the mean square never falls.</param>
    /// <param name="weightDecay">Weights shrink by this times the learning rate each step; null is not at all.</param>
    /// <param name="clipNorm">Each gradient is shortened to at most this norm.</param>
    /// <param name="clipValue">Each number of a gradient is cut to plus or minus this.</param>
    /// <param name="globalClipNorm">All gradients together are shortened to at most this norm.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The optimizer.</returns>
    public static Optimizer Adam(
        Schedule? learningRate = null,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-7,
        bool amsgrad = false,
        double? weightDecay = null,
        double? clipNorm = null,
        double? clipValue = null,
        double? globalClipNorm = null,
        string? name = null) =>
        new("Adam", new()
        {
            ["learning_rate"] = learningRate?.Json,
            ["beta_1"] = beta1,
            ["beta_2"] = beta2,
            ["epsilon"] = epsilon,
            ["amsgrad"] = amsgrad,
            ["weight_decay"] = weightDecay,
            ["clipnorm"] = clipNorm,
            ["clipvalue"] = clipValue,
            ["global_clipnorm"] = globalClipNorm,
            ["name"] = name,
        });

    /// <summary>Adam with weight decay apart from the gradient (Loshchilov, Hutter 2019).</summary>
    /// <param name="learningRate">The learning rate, a number or a schedule; null is 0.001.</param>
    /// <param name="weightDecay">Weights shrink by this times the learning rate each step.</param>
    /// <param name="beta1">How much of the mean gradient stays each step.</param>
    /// <param name="beta2">How much of the mean squared gradient stays each step.</param>
    /// <param name="epsilon">Added to denominators.</param>
    /// <param name="amsgrad">Whether the mean square never falls.</param>
    /// <param name="clipNorm">Each gradient is shortened to at most this norm.</param>
    /// <param name="clipValue">Each number of a gradient is cut to plus or minus this.</param>
    /// <param name="globalClipNorm">All gradients together are shortened to at most this norm.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The optimizer.</returns>
    public static Optimizer AdamW(
        Schedule? learningRate = null,
        double? weightDecay = 0.004,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-7,
        bool amsgrad = false,
        double? clipNorm = null,
        double? clipValue = null,
        double? globalClipNorm = null,
        string? name = null) =>
        new("AdamW", new()
        {
            ["learning_rate"] = learningRate?.Json,
            ["weight_decay"] = weightDecay,
            ["beta_1"] = beta1,
            ["beta_2"] = beta2,
            ["epsilon"] = epsilon,
            ["amsgrad"] = amsgrad,
            ["clipnorm"] = clipNorm,
            ["clipvalue"] = clipValue,
            ["global_clipnorm"] = globalClipNorm,
            ["name"] = name,
        });
}
