namespace Functional.Keras;

/// <content>Optimizers with step sizes of their own for every weight.</content>
public static partial class Optimizers
{
    /// <summary>Divides gradients by the root of the sum of their squares (Duchi et al. 2011).</summary>
    /// <param name="learningRate">The learning rate, a number or a schedule; null is 0.001.</param>
    /// <param name="initialAccumulatorValue">Where the sums of squares begin.</param>
    /// <param name="epsilon">Added to denominators.</param>
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
    public static Optimizer Adagrad(
        Schedule? learningRate = null,
        double initialAccumulatorValue = 0.1,
        double epsilon = 1e-7,
        double? weightDecay = null,
        double? clipNorm = null,
        double? clipValue = null,
        double? globalClipNorm = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        int? gradientAccumulationSteps = null,
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
            ["use_ema"] = useEma,
            ["ema_momentum"] = emaMomentum,
            ["ema_overwrite_frequency"] = emaOverwriteFrequency,
            ["gradient_accumulation_steps"] = gradientAccumulationSteps,
            ["name"] = name,
        });

    /// <summary>Adagrad with mean squares in place of sums, and with steps in the unit of the weights (Zeiler
    /// 2012).</summary>
    /// <param name="learningRate">The learning rate, a number or a schedule; null is 0.001.</param>
    /// <param name="rho">How much of the mean squares stays each step.</param>
    /// <param name="epsilon">Added to denominators.</param>
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
    public static Optimizer Adadelta(
        Schedule? learningRate = null,
        double rho = 0.95,
        double epsilon = 1e-7,
        double? weightDecay = null,
        double? clipNorm = null,
        double? clipValue = null,
        double? globalClipNorm = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        int? gradientAccumulationSteps = null,
        string? name = null) =>
        new("Adadelta", new()
        {
            ["learning_rate"] = learningRate?.Json,
            ["rho"] = rho,
            ["epsilon"] = epsilon,
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

    /// <summary>Adam with the largest gradient in place of the mean square (Kingma, Ba 2014).</summary>
    /// <param name="learningRate">The learning rate, a number or a schedule; null is 0.001.</param>
    /// <param name="beta1">How much of the mean gradient stays each step.</param>
    /// <param name="beta2">How much of the mean square stays each step.</param>
    /// <param name="epsilon">Added to denominators.</param>
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
    public static Optimizer Adamax(
        Schedule? learningRate = null,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-7,
        double? weightDecay = null,
        double? clipNorm = null,
        double? clipValue = null,
        double? globalClipNorm = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        int? gradientAccumulationSteps = null,
        string? name = null) =>
        new("Adamax", new()
        {
            ["learning_rate"] = learningRate?.Json,
            ["beta_1"] = beta1,
            ["beta_2"] = beta2,
            ["epsilon"] = epsilon,
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

    /// <summary>Adam that looks ahead as Nesterov's momentum does (Dozat 2015).</summary>
    /// <param name="learningRate">The learning rate, a number or a schedule; null is 0.001.</param>
    /// <param name="beta1">How much of the mean gradient stays each step.</param>
    /// <param name="beta2">How much of the mean square stays each step.</param>
    /// <param name="epsilon">Added to denominators.</param>
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
    public static Optimizer Nadam(
        Schedule? learningRate = null,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-7,
        double? weightDecay = null,
        double? clipNorm = null,
        double? clipValue = null,
        double? globalClipNorm = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        int? gradientAccumulationSteps = null,
        string? name = null) =>
        new("Nadam", new()
        {
            ["learning_rate"] = learningRate?.Json,
            ["beta_1"] = beta1,
            ["beta_2"] = beta2,
            ["epsilon"] = epsilon,
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

    /// <summary>Follow the regularized leader, which makes weights exactly 0 (McMahan et al. 2013).</summary>
    /// <param name="learningRate">The learning rate, a number or a schedule; null is 0.001.</param>
    /// <param name="learningRatePower">The power of the sums of squares in the learning rate; not above 0.</param>
    /// <param name="initialAccumulatorValue">Where the sums of squares begin.</param>
    /// <param name="l1RegularizationStrength">The penalty on magnitudes.</param>
    /// <param name="l2RegularizationStrength">The penalty on squares.</param>
    /// <param name="l2ShrinkageRegularizationStrength">A penalty on squares that the sums do not see.</param>
    /// <param name="beta">Added to the roots of the sums.</param>
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
    public static Optimizer Ftrl(
        Schedule? learningRate = null,
        double learningRatePower = -0.5,
        double initialAccumulatorValue = 0.1,
        double l1RegularizationStrength = 0.0,
        double l2RegularizationStrength = 0.0,
        double l2ShrinkageRegularizationStrength = 0.0,
        double beta = 0.0,
        double? weightDecay = null,
        double? clipNorm = null,
        double? clipValue = null,
        double? globalClipNorm = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        int? gradientAccumulationSteps = null,
        string? name = null) =>
        new("Ftrl", new()
        {
            ["learning_rate"] = learningRate?.Json,
            ["learning_rate_power"] = learningRatePower,
            ["initial_accumulator_value"] = initialAccumulatorValue,
            ["l1_regularization_strength"] = l1RegularizationStrength,
            ["l2_regularization_strength"] = l2RegularizationStrength,
            ["l2_shrinkage_regularization_strength"] = l2ShrinkageRegularizationStrength,
            ["beta"] = beta,
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

    /// <summary>Adam whose mean squares of a matrix are kept as a row and a column (Shazeer, Stern 2018).</summary>
    /// <param name="learningRate">The learning rate, a number or a schedule; null is 0.001.</param>
    /// <param name="beta2Decay">The power of the step in how much of the mean squares stays.</param>
    /// <param name="epsilon1">Added to squares.</param>
    /// <param name="epsilon2">The least size of weights in the size of steps.</param>
    /// <param name="clipThreshold">The root mean square that updates are shortened to.</param>
    /// <param name="relativeStep">Kept for files: Keras 3.3.3 limits the rate by 1 / sqrt(step) with and without
    /// it.</param>
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
    public static Optimizer Adafactor(
        Schedule? learningRate = null,
        double beta2Decay = -0.8,
        double epsilon1 = 1e-30,
        double epsilon2 = 1e-3,
        double clipThreshold = 1.0,
        bool relativeStep = true,
        double? weightDecay = null,
        double? clipNorm = null,
        double? clipValue = null,
        double? globalClipNorm = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        int? gradientAccumulationSteps = null,
        string? name = null) =>
        new("Adafactor", new()
        {
            ["learning_rate"] = learningRate?.Json,
            ["beta_2_decay"] = beta2Decay,
            ["epsilon_1"] = epsilon1,
            ["epsilon_2"] = epsilon2,
            ["clip_threshold"] = clipThreshold,
            ["relative_step"] = relativeStep,
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
