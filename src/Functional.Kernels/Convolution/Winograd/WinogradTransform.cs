using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Kernels.Blas.Simd;

namespace Functional.Kernels.Convolution.Winograd;

/// <summary>
/// The transforms of Winograd's minimal filtering F(2x2, 3x3): 2x2 results of a 3x3 kernel take 16 multiplications of
/// transformed values, its points, instead of 36.
/// </summary>
/// <remarks>
/// Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks" (2015). With kernel g, source d and results y,
/// y = R ((K g K') * (S d S')) R', where S takes (x0, x1, x2, x3) to (x0 - x2, x1 + x2, x2 - x1, x1 - x3), K takes
/// (x0, x1, x2) to (x0, (x0 + x1 + x2) / 2, (x0 - x1 + x2) / 2, x2), and R takes (x0, x1, x2, x3) to
/// (x0 + x1 + x2, x1 - x2 - x3). The transposes of R and K serve the gradient of the kernel. The only factors are 1 and
/// 1/2, so that rounding errors are about those of a direct sum. Vectors lie along channels; the values of each of the 16
/// points are a plane of their own.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
internal static unsafe class WinogradTransform<T, TVector, TLanes>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : struct, IVectorLanes<TVector, T>
{
    private static TVector Half
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLanes.Broadcast(T.CreateTruncating(0.5));
    }

    /// <summary>Points of a line of tiles: each tile is 4x4 positions, two of them in common with the next one.</summary>
    /// <param name="lines">The first position's first channel in each of four lines of the source.</param>
    /// <param name="width">Positions of a line; beyond them are zeros.</param>
    /// <param name="first">The first position of the first tile, which may lie before the line.</param>
    /// <param name="tiles">How many tiles there are.</param>
    /// <param name="channels">How many channels there are, whole vectors.</param>
    /// <param name="points">Where the first point of the first tile goes; the next tile's is behind its channels.</param>
    /// <param name="plane">Elements from one point to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfSource(T** lines, int width, int first, int tiles, nint channels, T* points, nint plane)
    {
        for (nint channel = 0; channel < channels; channel += TLanes.Count)
        {
            T* l0 = lines[0] + channel, l1 = lines[1] + channel, l2 = lines[2] + channel, l3 = lines[3] + channel;
            var target = points + channel;
            var position = first;
            var (a0, a1, a2, a3) = SourceColumn(l0, l1, l2, l3, position, width, channels);
            var (b0, b1, b2, b3) = SourceColumn(l0, l1, l2, l3, position + 1, width, channels);
            for (var tile = 0; tile < tiles; tile++)
            {
                position += 2;
                var (c0, c1, c2, c3) = SourceColumn(l0, l1, l2, l3, position, width, channels);
                var (d0, d1, d2, d3) = SourceColumn(l0, l1, l2, l3, position + 1, width, channels);
                SourcePoints(a0, b0, c0, d0, target, plane);
                SourcePoints(a1, b1, c1, d1, target + (4 * plane), plane);
                SourcePoints(a2, b2, c2, d2, target + (8 * plane), plane);
                SourcePoints(a3, b3, c3, d3, target + (12 * plane), plane);
                (a0, a1, a2, a3) = (c0, c1, c2, c3);
                (b0, b1, b2, b3) = (d0, d1, d2, d3);
                target += channels;
            }
        }
    }

    /// <summary>Points of a 3x3 kernel.</summary>
    /// <param name="kernel">The first tap.</param>
    /// <param name="tap">Elements from one tap to the next.</param>
    /// <param name="columns">How many columns there are, whole vectors.</param>
    /// <param name="points">Where the first point goes.</param>
    /// <param name="plane">Elements from one point to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfKernel(T* kernel, nint tap, nint columns, T* points, nint plane)
    {
        for (; columns > 0; columns -= TLanes.Count)
        {
            var (a0, a1, a2) = (TLanes.Load(kernel), TLanes.Load(kernel + tap), TLanes.Load(kernel + (2 * tap)));
            var second = kernel + (3 * tap);
            var (b0, b1, b2) = (TLanes.Load(second), TLanes.Load(second + tap), TLanes.Load(second + (2 * tap)));
            var third = kernel + (6 * tap);
            var (c0, c1, c2) = (TLanes.Load(third), TLanes.Load(third + tap), TLanes.Load(third + (2 * tap)));
            KernelPoints(a0, a1, a2, points, plane);
            KernelPoints(HalfSum(a0, b0, c0), HalfSum(a1, b1, c1), HalfSum(a2, b2, c2), points + (4 * plane), plane);
            KernelPoints(
                HalfDifference(a0, b0, c0), HalfDifference(a1, b1, c1), HalfDifference(a2, b2, c2), points + (8 * plane), plane);
            KernelPoints(c0, c1, c2, points + (12 * plane), plane);
            kernel += TLanes.Count;
            points += TLanes.Count;
        }
    }

    /// <summary>The 2x2 results of points.</summary>
    /// <param name="points">The first point.</param>
    /// <param name="plane">Elements from one point to the next.</param>
    /// <param name="channels">How many channels there are, whole vectors.</param>
    /// <param name="tile">Where the four results go.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Results(T* points, nint plane, nint channels, ResultTile<T> tile)
    {
        for (nint channel = 0; channel < channels; channel += TLanes.Count)
        {
            var (a0, a1) = ResultLine(points, plane);
            var (b0, b1) = ResultLine(points + (4 * plane), plane);
            var (c0, c1) = ResultLine(points + (8 * plane), plane);
            var (d0, d1) = ResultLine(points + (12 * plane), plane);
            TLanes.Store(tile.UpperLeft + channel, Plus(Plus(a0, b0), c0));
            TLanes.Store(tile.UpperRight + channel, Plus(Plus(a1, b1), c1));
            TLanes.Store(tile.LowerLeft + channel, Minus(Minus(b0, c0), d0));
            TLanes.Store(tile.LowerRight + channel, Minus(Minus(b1, c1), d1));
            points += TLanes.Count;
        }
    }

    /// <summary>Points of the 2x2 gradients of results.</summary>
    /// <param name="tile">Where the four gradients lie.</param>
    /// <param name="channels">How many channels there are, whole vectors.</param>
    /// <param name="points">Where the first point goes.</param>
    /// <param name="plane">Elements from one point to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfUpstream(ResultTile<T> tile, nint channels, T* points, nint plane)
    {
        for (nint channel = 0; channel < channels; channel += TLanes.Count)
        {
            var (a0, a1) = (TLanes.Load(tile.UpperLeft + channel), TLanes.Load(tile.UpperRight + channel));
            var (b0, b1) = (TLanes.Load(tile.LowerLeft + channel), TLanes.Load(tile.LowerRight + channel));
            UpstreamPoints(a0, a1, points, plane);
            UpstreamPoints(Plus(a0, b0), Plus(a1, b1), points + (4 * plane), plane);
            UpstreamPoints(Minus(a0, b0), Minus(a1, b1), points + (8 * plane), plane);
            UpstreamPoints(Minus(TLanes.Zero, b0), Minus(TLanes.Zero, b1), points + (12 * plane), plane);
            points += TLanes.Count;
        }
    }

    /// <summary>The gradient of a 3x3 kernel from sums of products of points.</summary>
    /// <param name="points">The first point.</param>
    /// <param name="plane">Elements from one point to the next.</param>
    /// <param name="columns">How many columns there are, whole vectors.</param>
    /// <param name="kernel">Where the first tap goes.</param>
    /// <param name="tap">Elements from one tap to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void KernelGradient(T* points, nint plane, nint columns, T* kernel, nint tap)
    {
        for (; columns > 0; columns -= TLanes.Count)
        {
            var (a0, a1, a2) = GradientLine(points, plane);
            var (b0, b1, b2) = GradientLine(points + (4 * plane), plane);
            var (c0, c1, c2) = GradientLine(points + (8 * plane), plane);
            var (d0, d1, d2) = GradientLine(points + (12 * plane), plane);
            GradientColumn(a0, b0, c0, d0, kernel, 3 * tap);
            GradientColumn(a1, b1, c1, d1, kernel + tap, 3 * tap);
            GradientColumn(a2, b2, c2, d2, kernel + (2 * tap), 3 * tap);
            kernel += TLanes.Count;
            points += TLanes.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Plus(TVector left, TVector right) => TLanes.Add(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Minus(TVector left, TVector right) => TLanes.Subtract(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector HalfSum(TVector x, TVector y, TVector z) =>
        TLanes.MultiplyAdd(Plus(Plus(x, y), z), Half, TLanes.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector HalfDifference(TVector x, TVector y, TVector z) =>
        TLanes.MultiplyAdd(Plus(Minus(x, y), z), Half, TLanes.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector First, TVector Second, TVector Third, TVector Fourth) Line(T* address, nint step) =>
        (TLanes.Load(address), TLanes.Load(address + step), TLanes.Load(address + (2 * step)), TLanes.Load(address + (3 * step)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector First, TVector Second, TVector Third, TVector Fourth) SourceColumn(
        T* l0, T* l1, T* l2, T* l3, int position, int width, nint channels)
    {
        if ((uint)position >= (uint)width)
            return (TLanes.Zero, TLanes.Zero, TLanes.Zero, TLanes.Zero);
        var at = position * channels;
        var (x0, x1, x2, x3) = (TLanes.Load(l0 + at), TLanes.Load(l1 + at), TLanes.Load(l2 + at), TLanes.Load(l3 + at));
        return (Minus(x0, x2), Plus(x1, x2), Minus(x2, x1), Minus(x1, x3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SourcePoints(TVector x0, TVector x1, TVector x2, TVector x3, T* points, nint plane)
    {
        TLanes.Store(points, Minus(x0, x2));
        TLanes.Store(points + plane, Plus(x1, x2));
        TLanes.Store(points + (2 * plane), Minus(x2, x1));
        TLanes.Store(points + (3 * plane), Minus(x1, x3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void KernelPoints(TVector x0, TVector x1, TVector x2, T* points, nint plane)
    {
        TLanes.Store(points, x0);
        TLanes.Store(points + plane, HalfSum(x0, x1, x2));
        TLanes.Store(points + (2 * plane), HalfDifference(x0, x1, x2));
        TLanes.Store(points + (3 * plane), x2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector Left, TVector Right) ResultLine(T* points, nint plane)
    {
        var (x0, x1, x2, x3) = Line(points, plane);
        return (Plus(Plus(x0, x1), x2), Minus(Minus(x1, x2), x3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void UpstreamPoints(TVector x0, TVector x1, T* points, nint plane)
    {
        TLanes.Store(points, x0);
        TLanes.Store(points + plane, Plus(x0, x1));
        TLanes.Store(points + (2 * plane), Minus(x0, x1));
        TLanes.Store(points + (3 * plane), Minus(TLanes.Zero, x1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector First, TVector Second, TVector Third) GradientLine(T* points, nint plane)
    {
        var (x0, x1, x2, x3) = Line(points, plane);
        return (TLanes.MultiplyAdd(Plus(x1, x2), Half, x0), TLanes.MultiplyAdd(Minus(x1, x2), Half, TLanes.Zero),
            TLanes.MultiplyAdd(Plus(x1, x2), Half, x3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void GradientColumn(TVector x0, TVector x1, TVector x2, TVector x3, T* kernel, nint step)
    {
        TLanes.Store(kernel, TLanes.MultiplyAdd(Plus(x1, x2), Half, x0));
        TLanes.Store(kernel + step, TLanes.MultiplyAdd(Minus(x1, x2), Half, TLanes.Zero));
        TLanes.Store(kernel + (2 * step), TLanes.MultiplyAdd(Plus(x1, x2), Half, x3));
    }
}
