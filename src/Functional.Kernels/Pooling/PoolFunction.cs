namespace Functional.Kernels.Pooling;

/// <summary>What becomes of the windows of a pool.</summary>
public enum PoolFunction
{
    /// <summary>The sum of every window.</summary>
    Sum,

    /// <summary>The value of every window, added to all its places.</summary>
    SumGradient,

    /// <summary>The greatest element of every window; NaN counts as greatest.</summary>
    Maximum,

    /// <summary>A second input's value of every window, added to the place of its first maximum in the first input.</summary>
    SelectAndScatter,

    /// <summary>A second input's value at the place of every window's first maximum in the first input.</summary>
    SelectAndGather,
}
