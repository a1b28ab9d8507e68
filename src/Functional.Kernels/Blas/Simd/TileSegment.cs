namespace Functional.Kernels.Blas.Simd;

/// <summary>A stretch of the inner index along which a tile's factors follow their steps.</summary>
/// <param name="Left">Elements from the first one of A to where the stretch begins.</param>
/// <param name="Right">Rows of B above the stretch.</param>
/// <param name="Length">Inner indices; 1 or more.</param>
internal readonly record struct TileSegment(nint Left, nint Right, nint Length);
