using System.Numerics;

namespace Functional.Kernels.Blas.Simd;

/// <summary>The table of tile kernels by size; each is compiled when it is first called.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
/// <typeparam name="TLayout">How A and B lie in memory.</typeparam>
internal static unsafe class TileKernels<T, TVector, TLanes, TLayout>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : struct, IVectorLanes<TVector, T>
    where TLayout : struct, ITileLayout
{
    private static readonly delegate*<nint, TileSegment*, T*, nint, nint, T*, nint, T*, nint, T, void>[] _oneVector =
        ByRows<TileSizes.Of1>();

    private static readonly delegate*<nint, TileSegment*, T*, nint, nint, T*, nint, T*, nint, T, void>[] _twoVectors =
        ByRows<TileSizes.Of2>();

    /// <summary>The kernels for tiles of a number of vectors; the index is the number of rows less one.</summary>
    public static delegate*<nint, TileSegment*, T*, nint, nint, T*, nint, T*, nint, T, void>[] OfVectors(int vectors) =>
        vectors == 1 ? _oneVector : _twoVectors;

    private static delegate*<nint, TileSegment*, T*, nint, nint, T*, nint, T*, nint, T, void>[] ByRows<TVectors>()
        where TVectors : struct, ITileSize =>
    [
        &TileKernel<T, TVector, TLanes, TileSizes.Of1, TVectors, TLayout>.Run,
        &TileKernel<T, TVector, TLanes, TileSizes.Of2, TVectors, TLayout>.Run,
        &TileKernel<T, TVector, TLanes, TileSizes.Of3, TVectors, TLayout>.Run,
        &TileKernel<T, TVector, TLanes, TileSizes.Of4, TVectors, TLayout>.Run,
        &TileKernel<T, TVector, TLanes, TileSizes.Of5, TVectors, TLayout>.Run,
        &TileKernel<T, TVector, TLanes, TileSizes.Of6, TVectors, TLayout>.Run,
        &TileKernel<T, TVector, TLanes, TileSizes.Of7, TVectors, TLayout>.Run,
        &TileKernel<T, TVector, TLanes, TileSizes.Of8, TVectors, TLayout>.Run,
        &TileKernel<T, TVector, TLanes, TileSizes.Of9, TVectors, TLayout>.Run,
        &TileKernel<T, TVector, TLanes, TileSizes.Of10, TVectors, TLayout>.Run,
        &TileKernel<T, TVector, TLanes, TileSizes.Of11, TVectors, TLayout>.Run,
        &TileKernel<T, TVector, TLanes, TileSizes.Of12, TVectors, TLayout>.Run,
        &TileKernel<T, TVector, TLanes, TileSizes.Of13, TVectors, TLayout>.Run,
        &TileKernel<T, TVector, TLanes, TileSizes.Of14, TVectors, TLayout>.Run,
    ];
}
