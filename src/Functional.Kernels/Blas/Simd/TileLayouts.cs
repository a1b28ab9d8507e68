namespace Functional.Kernels.Blas.Simd;

/// <summary>The two layouts of a tile's factors, as types.</summary>
internal static class TileLayouts
{
    internal readonly struct InPlace : ITileLayout
    {
        public static bool IsPacked => false;
    }

    internal readonly struct Packed : ITileLayout
    {
        public static bool IsPacked => true;
    }
}
