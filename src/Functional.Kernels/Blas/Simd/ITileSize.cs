namespace Functional.Kernels.Blas.Simd;

/// <summary>A number of rows known to the compiler, so that a tile's accumulators stay in registers.</summary>
internal interface ITileSize
{
    static abstract int Value { get; }
}
