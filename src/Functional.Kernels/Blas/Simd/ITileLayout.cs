namespace Functional.Kernels.Blas.Simd;

/// <summary>How the factors of a tile lie in memory, known to the compiler.</summary>
internal interface ITileLayout
{
    /// <summary>
    /// True when the elements of an inner index lie side by side, those of A in one strip and those of B in one panel, and
    /// one inner index follows the other: then addresses are constants, and fewer instructions go with the multiply-adds.
    /// </summary>
    static abstract bool IsPacked { get; }
}
