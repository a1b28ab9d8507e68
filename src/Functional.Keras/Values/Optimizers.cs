namespace Functional.Keras;

/// <summary>How weights follow gradients, under Keras's names. A text converts to an optimizer as well:
/// <c>"adam"</c>.</summary>
public static partial class Optimizers
{
    /// <summary>w -= learningRate * g, with momentum when asked for.</summary>
    /// <param name="learningRate">The learning rate, a number or a schedule; null is 0.01.</param>
    /// <param name="momentum">How much of the last step is done again.</param>
    /// <param name="nesterov">Whether the momentum looks ahead.</param>
    /// <param name="weightDecay">Weights shrink by this times the learning rate each step; null is not at all.</param>
    /// <param name="clipNorm">Each gradient is shortened to at most this norm.</param>
    /// <param name="clipValue">Each number of a gradient is cut to plus or minus this.</param>
    /// <param name="globalClipNorm">All gradients together are shortened to at most this norm.</param>
    /// <param name="useEma">Whether an average of the weights is kept, which is their value when a fit ends.</param>
    /// <param name="emaMomentum">How much of that average stays each step.</param>
    /// <param name="emaOverwriteFrequency">Every so many steps the weights become their average; null waits for the
    /// end.</param>
    /// <param name="gradientAccumulationSteps">Gradients of so many steps, 2 or more, are averaged for one update; null
    /// updates at every step.</param>
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
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        int? gradientAccumulationSteps = null,
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
            ["use_ema"] = useEma,
            ["ema_momentum"] = emaMomentum,
            ["ema_overwrite_frequency"] = emaOverwriteFrequency,
            ["gradient_accumulation_steps"] = gradientAccumulationSteps,
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
    /// <param name="useEma">Whether an average of the weights is kept, which is their value when a fit ends.</param>
    /// <param name="emaMomentum">How much of that average stays each step.</param>
    /// <param name="emaOverwriteFrequency">Every so many steps the weights become their average; null waits for the
    /// end.</param>
    /// <param name="gradientAccumulationSteps">Gradients of so many steps, 2 or more, are averaged for one update; null
    /// updates at every step.</param>
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
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        int? gradientAccumulationSteps = null,
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
            ["use_ema"] = useEma,
            ["ema_momentum"] = emaMomentum,
            ["ema_overwrite_frequency"] = emaOverwriteFrequency,
            ["gradient_accumulation_steps"] = gradientAccumulationSteps,
            ["name"] = name,
        });

    /// <summary>Mean gradients over the root of mean squares, both corrected for their beginning (Kingma, Ba
    /// 2014).</summary>
    /// <param name="learningRate">The learning rate, a number or a schedule; null is 0.001.</param>
    /// <param name="beta1">How much of the mean gradient stays each step.</param>
    /// <param name="beta2">How much of the mean square stays each step.</param>
    /// <param name="epsilon">Added to denominators.</param>
    /// <param name="amsgrad">Whether the largest mean square so far counts.</param>
    /// <param name="weightDecay">Weights shrink by this times the learning rate each step; null is not at all.</param>
    /// <param name="clipNorm">Each gradient is shortened to at most this norm.</param>
    /// <param name="clipValue">Each number of a gradient is cut to plus or minus this.</param>
    /// <param name="globalClipNorm">All gradients together are shortened to at most this norm.</param>
    /// <param name="useEma">Whether an average of the weights is kept, which is their value when a fit ends.</param>
    /// <param name="emaMomentum">How much of that average stays each step.</param>
    /// <param name="emaOverwriteFrequency">Every so many steps the weights become their average; null waits for the
    /// end.</param>
    /// <param name="gradientAccumulationSteps">Gradients of so many steps, 2 or more, are averaged for one update; null
    /// updates at every step.</param>
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
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        int? gradientAccumulationSteps = null,
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
            ["use_ema"] = useEma,
            ["ema_momentum"] = emaMomentum,
            ["ema_overwrite_frequency"] = emaOverwriteFrequency,
            ["gradient_accumulation_steps"] = gradientAccumulationSteps,
            ["name"] = name,
        });

    /// <summary>Adam whose weights decay apart from the gradients (Loshchilov, Hutter 2017).</summary>
    /// <param name="learningRate">The learning rate, a number or a schedule; null is 0.001.</param>
    /// <param name="beta1">How much of the mean gradient stays each step.</param>
    /// <param name="beta2">How much of the mean square stays each step.</param>
    /// <param name="epsilon">Added to denominators.</param>
    /// <param name="amsgrad">Whether the largest mean square so far counts.</param>
    /// <param name="weightDecay">Weights shrink by this times the learning rate each step; null is not at all.</param>
    /// <param name="clipNorm">Each gradient is shortened to at most this norm.</param>
    /// <param name="clipValue">Each number of a gradient is cut to plus or minus this.</param>
    /// <param name="globalClipNorm">All gradients together are shortened to at most this norm.</param>
    /// <param name="useEma">Whether an average of the weights is kept, which is their value when a fit ends.</param>
    /// <param name="emaMomentum">How much of that average stays each step.</param>
    /// <param name="emaOverwriteFrequency">Every so many steps the weights become their average; null waits for the
    /// end.</param>
    /// <param name="gradientAccumulationSteps">Gradients of so many steps, 2 or more, are averaged for one update; null
    /// updates at every step.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The optimizer.</returns>
    public static Optimizer AdamW(
        Schedule? learningRate = null,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-7,
        bool amsgrad = false,
        double? weightDecay = 0.004,
        double? clipNorm = null,
        double? clipValue = null,
        double? globalClipNorm = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        int? gradientAccumulationSteps = null,
        string? name = null) =>
        new("AdamW", new()
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
            ["use_ema"] = useEma,
            ["ema_momentum"] = emaMomentum,
            ["ema_overwrite_frequency"] = emaOverwriteFrequency,
            ["gradient_accumulation_steps"] = gradientAccumulationSteps,
            ["name"] = name,
        });

    /// <summary>Steps of one size in the direction of the sign of a mean gradient (Chen et al. 2023).</summary>
    /// <param name="learningRate">The learning rate, a number or a schedule; null is 0.001.</param>
    /// <param name="beta1">How much of the mean gradient stays each step.</param>
    /// <param name="beta2">How much of the mean square stays each step.</param>
    /// <param name="weightDecay">Weights shrink by this times the learning rate each step; null is not at all.</param>
    /// <param name="clipNorm">Each gradient is shortened to at most this norm.</param>
    /// <param name="clipValue">Each number of a gradient is cut to plus or minus this.</param>
    /// <param name="globalClipNorm">All gradients together are shortened to at most this norm.</param>
    /// <param name="useEma">Whether an average of the weights is kept, which is their value when a fit ends.</param>
    /// <param name="emaMomentum">How much of that average stays each step.</param>
    /// <param name="emaOverwriteFrequency">Every so many steps the weights become their average; null waits for the
    /// end.</param>
    /// <param name="gradientAccumulationSteps">Gradients of so many steps, 2 or more, are averaged for one update; null
    /// updates at every step.</param>
    /// <param name="name">A name; null is Keras's.</param>
    /// <returns>The optimizer.</returns>
    public static Optimizer Lion(
        Schedule? learningRate = null,
        double beta1 = 0.9,
        double beta2 = 0.99,
        double? weightDecay = null,
        double? clipNorm = null,
        double? clipValue = null,
        double? globalClipNorm = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        int? gradientAccumulationSteps = null,
        string? name = null) =>
        new("Lion", new()
        {
            ["learning_rate"] = learningRate?.Json,
            ["beta_1"] = beta1,
            ["beta_2"] = beta2,
            ["weight_decay"] = weightDecay,
            ["clipnorm"] = clipNorm,
            ["clipvalue"] = clipValue,
            ["global_clipnorm"] = globalClipNorm,
            ["use_ema"] = useEma,
            ["ema_momentum"] = emaMomentum,
            ["ema_overwrite_frequency"] = emaOverwriteFrequency,
            ["gradient_accumulation_steps"] = gradientAccumulationSteps,
            ["name"] = name,
        });
}
