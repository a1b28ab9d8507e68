namespace Functional.Kernels.Loops;

/// <summary>Comparisons as IEEE 754 defines them: with NaN, everything but <see cref="NotEqual"/> is false.</summary>
public enum LoopComparison
{
    /// <summary>x = y; Bool registers too.</summary>
    Equal,

    /// <summary>x differs from y; Bool registers too.</summary>
    NotEqual,

    /// <summary>x is below y.</summary>
    Less,

    /// <summary>x is not above y.</summary>
    LessOrEqual,

    /// <summary>x is above y.</summary>
    Greater,

    /// <summary>x is not below y.</summary>
    GreaterOrEqual,
}
