namespace Functional.Keras;

/// <summary>Learning rates that depend on the number of steps done, under Keras's names.</summary>
public static class Schedules
{
    /// <summary>initial * rate^(step / decaySteps).</summary>
    /// <param name="initialLearningRate">Where it begins.</param>
    /// <param name="decaySteps">Steps for one factor.</param>
    /// <param name="decayRate">The factor.</param>
    /// <param name="staircase">Whether it falls in whole steps.</param>
    /// <returns>The schedule.</returns>
    public static Schedule ExponentialDecay(
        double initialLearningRate,
        int decaySteps,
        double decayRate,
        bool staircase = false) =>
        new("ExponentialDecay", new()
        {
            ["initial_learning_rate"] = initialLearningRate,
            ["decay_steps"] = decaySteps,
            ["decay_rate"] = decayRate,
            ["staircase"] = staircase,
        });

    /// <summary>One value up to each boundary, and another one after the last.</summary>
    /// <param name="boundaries">The last step of each value but the last.</param>
    /// <param name="values">One value more than boundaries.</param>
    /// <returns>The schedule.</returns>
    public static Schedule PiecewiseConstantDecay(IReadOnlyList<int> boundaries, IReadOnlyList<double> values) =>
        new("PiecewiseConstantDecay", new()
        {
            ["boundaries"] = ConfiguredValue.List(boundaries),
            ["values"] = ConfiguredValue.List(values),
        });

    /// <summary>From the initial to the end value along a power.</summary>
    /// <param name="initialLearningRate">Where it begins.</param>
    /// <param name="decaySteps">Steps to the end value.</param>
    /// <param name="endLearningRate">Where it ends.</param>
    /// <param name="power">The power; 1 is a straight line.</param>
    /// <param name="cycle">Whether it starts again, longer, when it has ended.</param>
    /// <returns>The schedule.</returns>
    public static Schedule PolynomialDecay(
        double initialLearningRate,
        int decaySteps,
        double endLearningRate = 0.0001,
        double power = 1.0,
        bool cycle = false) =>
        new("PolynomialDecay", new()
        {
            ["initial_learning_rate"] = initialLearningRate,
            ["decay_steps"] = decaySteps,
            ["end_learning_rate"] = endLearningRate,
            ["power"] = power,
            ["cycle"] = cycle,
        });

    /// <summary>initial / (1 + rate * step / decaySteps).</summary>
    /// <param name="initialLearningRate">Where it begins.</param>
    /// <param name="decaySteps">The unit of steps.</param>
    /// <param name="decayRate">The rate.</param>
    /// <param name="staircase">Whether it falls in whole steps.</param>
    /// <returns>The schedule.</returns>
    public static Schedule InverseTimeDecay(
        double initialLearningRate,
        int decaySteps,
        double decayRate,
        bool staircase = false) =>
        new("InverseTimeDecay", new()
        {
            ["initial_learning_rate"] = initialLearningRate,
            ["decay_steps"] = decaySteps,
            ["decay_rate"] = decayRate,
            ["staircase"] = staircase,
        });

    /// <summary>Along half a cosine from the initial value down to alpha times it, after a warm-up when asked
    /// for.</summary>
    /// <param name="initialLearningRate">Where it begins.</param>
    /// <param name="decaySteps">Steps of the cosine.</param>
    /// <param name="alpha">The end, as a part of the beginning.</param>
    /// <param name="warmupTarget">Where a warm-up ends and the cosine begins; null is no warm-up.</param>
    /// <param name="warmupSteps">Steps of the warm-up.</param>
    /// <returns>The schedule.</returns>
    public static Schedule CosineDecay(
        double initialLearningRate,
        int decaySteps,
        double alpha = 0.0,
        double? warmupTarget = null,
        int warmupSteps = 0) =>
        new("CosineDecay", new()
        {
            ["initial_learning_rate"] = initialLearningRate,
            ["decay_steps"] = decaySteps,
            ["alpha"] = alpha,
            ["warmup_target"] = warmupTarget,
            ["warmup_steps"] = warmupSteps,
        });

    /// <summary>Half cosines one after the other, each longer and lower than the one before when asked for (Loshchilov,
    /// Hutter 2016).</summary>
    /// <param name="initialLearningRate">Where the first one begins.</param>
    /// <param name="firstDecaySteps">Steps of the first one.</param>
    /// <param name="tMul">How many times as long each next one is.</param>
    /// <param name="mMul">How many times as high each next one is.</param>
    /// <param name="alpha">The end, as a part of the beginning.</param>
    /// <returns>The schedule.</returns>
    public static Schedule CosineDecayRestarts(
        double initialLearningRate,
        int firstDecaySteps,
        double tMul = 2.0,
        double mMul = 1.0,
        double alpha = 0.0) =>
        new("CosineDecayRestarts", new()
        {
            ["initial_learning_rate"] = initialLearningRate,
            ["first_decay_steps"] = firstDecaySteps,
            ["t_mul"] = tMul,
            ["m_mul"] = mMul,
            ["alpha"] = alpha,
        });
}
