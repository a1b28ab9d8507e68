namespace Functional.Kernels.Randomness;

/// <summary>How random bits become floating-point numbers. Every number is computed in double and rounded
/// once.</summary>
public enum RandomDistribution
{
    /// <summary>Uniform in [0, 1): <c>(bits &gt;&gt;&gt; 8) * 2^-24</c>, the same value in float and in
    /// double.</summary>
    Uniform,

    /// <summary>Normal with mean 0 and deviation 1: <see cref="NormalQuantile"/> of
    /// <c>((bits &gt;&gt;&gt; 8) + 0.5) * 2^-24</c>.</summary>
    Normal,

    /// <summary>Normal, cut at two deviations: <see cref="NormalQuantile"/> of
    /// <c>0.0227501319481792072 + u * 0.954499736103641585</c> with <c>u = ((bits &gt;&gt;&gt; 8) + 0.5) * 2^-24</c>;
    /// the two numbers are the normal distribution function at -2, and what lies between -2 and 2.</summary>
    TruncatedNormal,
}
