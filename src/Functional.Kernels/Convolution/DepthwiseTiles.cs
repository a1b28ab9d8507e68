using System.Numerics;
using Functional.Kernels.Blas.Simd;

namespace Functional.Kernels.Convolution;

/// <summary>Results of a depthwise convolution that all read the same taps, tile by tile.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
internal static unsafe class DepthwiseTiles<T, TVector, TLanes>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : struct, IVectorLanes<TVector, T>
{
    private static readonly delegate*<PlacePair<T>*, nint, nint, nint, nint, T*, nint, void>[] _kernels =
    [
        &DepthwiseTile<T, TVector, TLanes, TileSizes.Of1>.Run,
        &DepthwiseTile<T, TVector, TLanes, TileSizes.Of2>.Run,
        &DepthwiseTile<T, TVector, TLanes, TileSizes.Of3>.Run,
        &DepthwiseTile<T, TVector, TLanes, TileSizes.Of4>.Run,
        &DepthwiseTile<T, TVector, TLanes, TileSizes.Of5>.Run,
        &DepthwiseTile<T, TVector, TLanes, TileSizes.Of6>.Run,
        &DepthwiseTile<T, TVector, TLanes, TileSizes.Of7>.Run,
        &DepthwiseTile<T, TVector, TLanes, TileSizes.Of8>.Run,
        &DepthwiseTile<T, TVector, TLanes, TileSizes.Of9>.Run,
        &DepthwiseTile<T, TVector, TLanes, TileSizes.Of10>.Run,
        &DepthwiseTile<T, TVector, TLanes, TileSizes.Of11>.Run,
        &DepthwiseTile<T, TVector, TLanes, TileSizes.Of12>.Run,
        &DepthwiseTile<T, TVector, TLanes, TileSizes.Of13>.Run,
        &DepthwiseTile<T, TVector, TLanes, TileSizes.Of14>.Run,
    ];

    // Results and one vector of the kernel fill the registers: 32 of 512 bits, else 16.
    private static int MostPlaces => Math.Min(_kernels.Length, 2 * TLanes.TileRows);

    /// <summary>Computes neighbouring results.</summary>
    /// <param name="taps">What result 0 reads: the source and the kernel, at the first channel of all.</param>
    /// <param name="count">How many taps there are.</param>
    /// <param name="start">The first result.</param>
    /// <param name="end">The result behind the last one.</param>
    /// <param name="step">Elements of the source from one result to the next.</param>
    /// <param name="channels">How many channels there are; a vector or more.</param>
    /// <param name="target">Result 0.</param>
    /// <param name="targetStep">Elements from one result to the next.</param>
    public static void Run(
        PlacePair<T>* taps, nint count, int start, int end, nint step, int channels, T* target, nint targetStep)
    {
        if (start >= end)
            return;
        var tiles = (end - start + MostPlaces - 1) / MostPlaces;
        var (each, longer) = Math.DivRem(end - start, tiles);
        for (var tile = 0; tile < tiles; tile++)
        {
            var places = tile < longer ? each + 1 : each;
            var kernel = _kernels[places - 1];
            var result = target + (start * targetStep);
            var offset = start * step;
            for (var channel = 0; channel < channels; channel += TLanes.Count)
            {
                // The last vector reaches back over the one before: what both compute is the same.
                var first = Math.Min(channel, channels - TLanes.Count);
                kernel(taps, count, offset, step, first, result + first, targetStep);
            }

            start += places;
        }
    }
}
