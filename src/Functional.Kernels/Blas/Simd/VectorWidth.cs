
namespace Functional.Kernels.Blas.Simd;

/// <summary>The widths of vectors that the built-in product is written for.</summary>
public enum VectorWidth
{
    /// <summary>128 bits: NEON, SSE; runs everywhere.</summary>
    Bits128 = 128,

    /// <summary>256 bits: AVX2.</summary>
    Bits256 = 256,

    /// <summary>512 bits: AVX-512.</summary>
    Bits512 = 512,
}
