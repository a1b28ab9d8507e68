namespace Functional.Kernels.Loops;

/// <summary>How many values become one. The order of the steps is fixed by sizes, never by the number of
/// threads.</summary>
public enum LoopReduction
{
    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>The greatest; NaN if one is NaN.</summary>
    Maximum,

    /// <summary>The smallest; NaN if one is NaN.</summary>
    Minimum,

    /// <summary>Their product.</summary>
    Product,

    /// <summary>The greatest; a NaN may count or not, whichever costs less.</summary>
    MaximumNumber,
}
