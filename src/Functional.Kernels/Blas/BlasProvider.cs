namespace Functional.Kernels.Blas;

/// <summary>The ways to choose who computes matrix products.</summary>
public enum BlasProvider
{
    /// <summary>
    /// By rule: Mkl where it is present and the processor is Intel's, but Simd for products up to 64 x 64 x 64;
    /// otherwise Simd.
    /// </summary>
    Auto,

    /// <summary>The built-in kernels.</summary>
    Simd,

    /// <summary>Intel MKL, called directly.</summary>
    Mkl,

    /// <summary>Whatever provider MathNet.Numerics is configured with.</summary>
    MathNet,
}
