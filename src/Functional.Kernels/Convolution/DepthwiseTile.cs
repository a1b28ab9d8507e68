using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Kernels.Blas.Simd;

namespace Functional.Kernels.Convolution;

/// <summary>One vector of channels of some neighbouring results, in registers over all taps.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
/// <typeparam name="TPlaces">How many results there are.</typeparam>
internal static unsafe class DepthwiseTile<T, TVector, TLanes, TPlaces>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : struct, IVectorLanes<TVector, T>
    where TPlaces : struct, ITileSize
{
    /// <summary>Computes one tile.</summary>
    /// <param name="taps">What the first result reads: the source and the kernel, at the first channel of all.</param>
    /// <param name="count">How many taps there are.</param>
    /// <param name="offset">Elements from a tap's source to that of the tile.</param>
    /// <param name="step">Elements of the source from one result to the next.</param>
    /// <param name="channel">The first channel of the vector.</param>
    /// <param name="target">The first result.</param>
    /// <param name="targetStep">Elements from one result to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(PlacePair<T>* taps, nint count, nint offset, nint step, nint channel, T* target, nint targetStep)
    {
        TVector s0 = TLanes.Zero, s1 = TLanes.Zero, s2 = TLanes.Zero, s3 = TLanes.Zero, s4 = TLanes.Zero;
        TVector s5 = TLanes.Zero, s6 = TLanes.Zero, s7 = TLanes.Zero, s8 = TLanes.Zero, s9 = TLanes.Zero;
        TVector s10 = TLanes.Zero, s11 = TLanes.Zero, s12 = TLanes.Zero, s13 = TLanes.Zero;
        offset += channel;
        for (; count > 0; count--)
        {
            var x = taps->Source + offset;
            var k = TLanes.Load(taps->Factor + channel);
            taps++;
            var x4 = x + (4 * step);
            var x8 = x4 + (4 * step);
            var x12 = x8 + (4 * step);
            s0 = TLanes.MultiplyAdd(TLanes.Load(x), k, s0);
            if (TPlaces.Value > 1)
                s1 = TLanes.MultiplyAdd(TLanes.Load(x + step), k, s1);

            if (TPlaces.Value > 2)
                s2 = TLanes.MultiplyAdd(TLanes.Load(x + (2 * step)), k, s2);

            if (TPlaces.Value > 3)
                s3 = TLanes.MultiplyAdd(TLanes.Load(x + (3 * step)), k, s3);

            if (TPlaces.Value > 4)
                s4 = TLanes.MultiplyAdd(TLanes.Load(x4), k, s4);

            if (TPlaces.Value > 5)
                s5 = TLanes.MultiplyAdd(TLanes.Load(x4 + step), k, s5);

            if (TPlaces.Value > 6)
                s6 = TLanes.MultiplyAdd(TLanes.Load(x4 + (2 * step)), k, s6);

            if (TPlaces.Value > 7)
                s7 = TLanes.MultiplyAdd(TLanes.Load(x4 + (3 * step)), k, s7);

            if (TPlaces.Value > 8)
                s8 = TLanes.MultiplyAdd(TLanes.Load(x8), k, s8);

            if (TPlaces.Value > 9)
                s9 = TLanes.MultiplyAdd(TLanes.Load(x8 + step), k, s9);

            if (TPlaces.Value > 10)
                s10 = TLanes.MultiplyAdd(TLanes.Load(x8 + (2 * step)), k, s10);

            if (TPlaces.Value > 11)
                s11 = TLanes.MultiplyAdd(TLanes.Load(x8 + (3 * step)), k, s11);

            if (TPlaces.Value > 12)
                s12 = TLanes.MultiplyAdd(TLanes.Load(x12), k, s12);

            if (TPlaces.Value > 13)
                s13 = TLanes.MultiplyAdd(TLanes.Load(x12 + step), k, s13);
        }

        TLanes.Store(target, s0);
        if (TPlaces.Value > 1)
            TLanes.Store(target + (1 * targetStep), s1);
        if (TPlaces.Value > 2)
            TLanes.Store(target + (2 * targetStep), s2);
        if (TPlaces.Value > 3)
            TLanes.Store(target + (3 * targetStep), s3);
        if (TPlaces.Value > 4)
            TLanes.Store(target + (4 * targetStep), s4);
        if (TPlaces.Value > 5)
            TLanes.Store(target + (5 * targetStep), s5);
        if (TPlaces.Value > 6)
            TLanes.Store(target + (6 * targetStep), s6);
        if (TPlaces.Value > 7)
            TLanes.Store(target + (7 * targetStep), s7);
        if (TPlaces.Value > 8)
            TLanes.Store(target + (8 * targetStep), s8);
        if (TPlaces.Value > 9)
            TLanes.Store(target + (9 * targetStep), s9);
        if (TPlaces.Value > 10)
            TLanes.Store(target + (10 * targetStep), s10);
        if (TPlaces.Value > 11)
            TLanes.Store(target + (11 * targetStep), s11);
        if (TPlaces.Value > 12)
            TLanes.Store(target + (12 * targetStep), s12);
        if (TPlaces.Value > 13)
            TLanes.Store(target + (13 * targetStep), s13);
    }
}
