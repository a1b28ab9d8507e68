namespace Functional.Keras;

/// <summary>How weights begin, under Keras's names. A text converts to an initializer as well:
/// <c>"he_normal"</c>.</summary>
public static class Initializers
{
    /// <summary>0 everywhere.</summary>
    /// <returns>The initializer.</returns>
    public static Initializer Zeros() => new("Zeros", []);

    /// <summary>1 everywhere.</summary>
    /// <returns>The initializer.</returns>
    public static Initializer Ones() => new("Ones", []);

    /// <summary>One number everywhere.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The initializer.</returns>
    public static Initializer Constant(double value = 0.0) => new("Constant", new() { ["value"] = value });

    /// <summary>A number on the diagonal of a matrix, 0 elsewhere.</summary>
    /// <param name="gain">The number.</param>
    /// <returns>The initializer.</returns>
    public static Initializer Identity(double gain = 1.0) => new("Identity", new() { ["gain"] = gain });

    /// <summary>Normal numbers.</summary>
    /// <param name="mean">Their mean.</param>
    /// <param name="stddev">Their standard deviation.</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <returns>The initializer.</returns>
    public static Initializer RandomNormal(double mean = 0.0, double stddev = 0.05, int? seed = null) =>
        new("RandomNormal", new() { ["mean"] = mean, ["stddev"] = stddev, ["seed"] = seed });

    /// <summary>Numbers that are equally likely everywhere between two limits.</summary>
    /// <param name="minval">The lower limit.</param>
    /// <param name="maxval">The upper limit, not reached.</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <returns>The initializer.</returns>
    public static Initializer RandomUniform(double minval = -0.05, double maxval = 0.05, int? seed = null) =>
        new("RandomUniform", new() { ["minval"] = minval, ["maxval"] = maxval, ["seed"] = seed });

    /// <summary>Normal numbers within two standard deviations.</summary>
    /// <param name="mean">Their mean.</param>
    /// <param name="stddev">Their standard deviation before cutting.</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <returns>The initializer.</returns>
    public static Initializer TruncatedNormal(double mean = 0.0, double stddev = 0.05, int? seed = null) =>
        new("TruncatedNormal", new() { ["mean"] = mean, ["stddev"] = stddev, ["seed"] = seed });

    /// <summary>Numbers whose variance is scale divided by the number of connections.</summary>
    /// <param name="scale">The factor.</param>
    /// <param name="mode">"fan_in", "fan_out" or "fan_avg".</param>
    /// <param name="distribution">"truncated_normal", "untruncated_normal" or "uniform".</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <returns>The initializer.</returns>
    public static Initializer VarianceScaling(
        double scale = 1.0,
        string mode = "fan_in",
        string distribution = "truncated_normal",
        int? seed = null) =>
        new("VarianceScaling", new()
        {
            ["scale"] = scale,
            ["mode"] = mode,
            ["distribution"] = distribution,
            ["seed"] = seed,
        });

    /// <summary>Uniform numbers of variance 2 / (fan_in + fan_out) (Glorot, Bengio 2010).</summary>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <returns>The initializer.</returns>
    public static Initializer GlorotUniform(int? seed = null) => new("GlorotUniform", new() { ["seed"] = seed });

    /// <summary>Normal numbers of variance 2 / (fan_in + fan_out) (Glorot, Bengio 2010).</summary>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <returns>The initializer.</returns>
    public static Initializer GlorotNormal(int? seed = null) => new("GlorotNormal", new() { ["seed"] = seed });

    /// <summary>Uniform numbers of variance 2 / fan_in (He et al. 2015).</summary>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <returns>The initializer.</returns>
    public static Initializer HeUniform(int? seed = null) => new("HeUniform", new() { ["seed"] = seed });

    /// <summary>Normal numbers of variance 2 / fan_in (He et al. 2015).</summary>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <returns>The initializer.</returns>
    public static Initializer HeNormal(int? seed = null) => new("HeNormal", new() { ["seed"] = seed });

    /// <summary>Uniform numbers of variance 1 / fan_in (LeCun et al. 1998).</summary>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <returns>The initializer.</returns>
    public static Initializer LecunUniform(int? seed = null) => new("LecunUniform", new() { ["seed"] = seed });

    /// <summary>Normal numbers of variance 1 / fan_in (LeCun et al. 1998).</summary>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <returns>The initializer.</returns>
    public static Initializer LecunNormal(int? seed = null) => new("LecunNormal", new() { ["seed"] = seed });

    /// <summary>Orthogonal vectors (Saxe et al. 2014).</summary>
    /// <param name="gain">Their length.</param>
    /// <param name="seed">A seed of its own; null takes one from <see cref="RandomSeed"/>.</param>
    /// <returns>The initializer.</returns>
    public static Initializer Orthogonal(double gain = 1.0, int? seed = null) =>
        new("Orthogonal", new() { ["gain"] = gain, ["seed"] = seed });
}
