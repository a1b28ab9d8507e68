using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Kernels.Blas.Simd;

namespace Functional.Kernels.Convolution;

/// <summary>Gradients of some neighbouring taps, for one or two vectors of channels, summed in registers along a line.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
/// <typeparam name="TTaps">How many taps there are.</typeparam>
/// <typeparam name="TVectors">How many vectors there are, 1 or 2.</typeparam>
internal static unsafe class DepthwiseGradientTile<T, TVector, TLanes, TTaps, TVectors>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : struct, IVectorLanes<TVector, T>
    where TTaps : struct, ITileSize
    where TVectors : struct, ITileSize
{
    /// <summary>Adds the places of a line to the sums of one tile.</summary>
    /// <param name="count">How many places there are; 1 or more.</param>
    /// <param name="source">What the first place multiplies with the first tap.</param>
    /// <param name="sourceStep">Elements of the source from one place to the next.</param>
    /// <param name="tapStep">Elements of the source from one tap to the next.</param>
    /// <param name="upstream">The first place.</param>
    /// <param name="upstreamStep">Elements from one place to the next.</param>
    /// <param name="second">Elements of source and upstream from the first to the second vector.</param>
    /// <param name="sums">The sums of the first tap; those of the second vector lie beside those of the first.</param>
    /// <param name="sumStep">Elements from the sums of one tap to those of the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        nint count, T* source, nint sourceStep, nint tapStep, T* upstream, nint upstreamStep, nint second, T* sums, nint sumStep)
    {
        TVector s0 = Sum(0), s1 = Sum(1), s2 = Sum(2), s3 = Sum(3), s4 = Sum(4), s5 = Sum(5), s6 = Sum(6);
        TVector t0 = Other(0), t1 = Other(1), t2 = Other(2), t3 = Other(3), t4 = Other(4), t5 = Other(5), t6 = Other(6);
        do
        {
            var y = TLanes.Load(upstream);
            var z = TVectors.Value > 1 ? TLanes.Load(upstream + second) : TLanes.Zero;
            var x = source;
            s0 = TLanes.MultiplyAdd(TLanes.Load(x), y, s0);
            if (TVectors.Value > 1)
                t0 = TLanes.MultiplyAdd(TLanes.Load(x + second), z, t0);

            if (TTaps.Value > 1)
            {
                x += tapStep;
                s1 = TLanes.MultiplyAdd(TLanes.Load(x), y, s1);
                if (TVectors.Value > 1)
                    t1 = TLanes.MultiplyAdd(TLanes.Load(x + second), z, t1);
            }

            if (TTaps.Value > 2)
            {
                x += tapStep;
                s2 = TLanes.MultiplyAdd(TLanes.Load(x), y, s2);
                if (TVectors.Value > 1)
                    t2 = TLanes.MultiplyAdd(TLanes.Load(x + second), z, t2);
            }

            if (TTaps.Value > 3)
            {
                x += tapStep;
                s3 = TLanes.MultiplyAdd(TLanes.Load(x), y, s3);
                if (TVectors.Value > 1)
                    t3 = TLanes.MultiplyAdd(TLanes.Load(x + second), z, t3);
            }

            if (TTaps.Value > 4)
            {
                x += tapStep;
                s4 = TLanes.MultiplyAdd(TLanes.Load(x), y, s4);
                if (TVectors.Value > 1)
                    t4 = TLanes.MultiplyAdd(TLanes.Load(x + second), z, t4);
            }

            if (TTaps.Value > 5)
            {
                x += tapStep;
                s5 = TLanes.MultiplyAdd(TLanes.Load(x), y, s5);
                if (TVectors.Value > 1)
                    t5 = TLanes.MultiplyAdd(TLanes.Load(x + second), z, t5);
            }

            if (TTaps.Value > 6)
            {
                x += tapStep;
                s6 = TLanes.MultiplyAdd(TLanes.Load(x), y, s6);
                if (TVectors.Value > 1)
                    t6 = TLanes.MultiplyAdd(TLanes.Load(x + second), z, t6);
            }

            source += sourceStep;
            upstream += upstreamStep;
        }
        while (--count > 0);

        Store(0, s0, t0);
        Store(1, s1, t1);
        Store(2, s2, t2);
        Store(3, s3, t3);
        Store(4, s4, t4);
        Store(5, s5, t5);
        Store(6, s6, t6);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        TVector Sum(int tap) => tap < TTaps.Value ? TLanes.Load(sums + (tap * sumStep)) : TLanes.Zero;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        TVector Other(int tap) => tap < TTaps.Value && TVectors.Value > 1
            ? TLanes.Load(sums + (tap * sumStep) + TLanes.Count)
            : TLanes.Zero;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        void Store(int tap, TVector sum, TVector other)
        {
            if (tap < TTaps.Value)
                TLanes.Store(sums + (tap * sumStep), sum);
            if (tap < TTaps.Value && TVectors.Value > 1)
                TLanes.Store(sums + (tap * sumStep) + TLanes.Count, other);
        }
    }
}
