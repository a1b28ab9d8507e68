using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Kernels.Loops;

namespace Functional.Kernels.Pooling;

/// <summary>What pools do with one window: vectors of channels, kept in registers over the window's positions.</summary>
/// <remarks>A window is a list of offsets, in elements from the image's first one; channels that fill no vector go alone.</remarks>
/// <typeparam name="T">float or double.</typeparam>
internal static unsafe class WindowVectors<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // So many places are added up before their sum is added to the sums of others, which are kept as doubles.
    private const int PlacesOfBlock = 64;
    private const int ChannelsOfBlocks = 128;

    private static int Lanes => Vector<T>.Count;

    /// <summary>The sum of a window.</summary>
    public static void Sum(T* image, ReadOnlySpan<nint> window, T* target, int channels)
    {
        if (window.Length <= PlacesOfBlock)
        {
            SumFew(image, window, target, channels);
            return;
        }

        var block = stackalloc T[ChannelsOfBlocks];
        var sums = stackalloc double[ChannelsOfBlocks];
        for (var channel = 0; channel < channels; channel += ChannelsOfBlocks)
        {
            var count = Math.Min(ChannelsOfBlocks, channels - channel);
            new Span<double>(sums, count).Clear();
            for (var place = 0; place < window.Length; place += PlacesOfBlock)
            {
                var places = window.Slice(place, Math.Min(PlacesOfBlock, window.Length - place));
                SumFew(image + channel, places, block, count);
                WideSums<T>.Add(block, sums, count);
            }

            WideSums<T>.Round(sums, target + channel, 1, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumFew(T* image, ReadOnlySpan<nint> window, T* target, int channels)
    {
        var channel = 0;
        for (; channel <= channels - (4 * Lanes); channel += 4 * Lanes)
        {
            Vector<T> a = Vector<T>.Zero, b = a, c = a, d = a;
            foreach (var offset in window)
            {
                var x = image + offset + channel;
                a += Vector.Load(x);
                b += Vector.Load(x + Lanes);
                c += Vector.Load(x + (2 * Lanes));
                d += Vector.Load(x + (3 * Lanes));
            }

            Store(target + channel, a, b, c, d);
        }

        for (; channel <= channels - Lanes; channel += Lanes)
        {
            var sum = Vector<T>.Zero;
            foreach (var offset in window)
                sum += Vector.Load(image + offset + channel);
            Vector.Store(sum, target + channel);
        }

        for (; channel < channels; channel++)
        {
            var sum = T.Zero;
            foreach (var offset in window)
                sum += image[offset + channel];
            target[channel] = sum;
        }
    }

    /// <summary>The greatest element of a window; NaN is greatest, and nothing is least.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Maximum(T* image, ReadOnlySpan<nint> window, T* target, int channels)
    {
        var channel = 0;
        var least = new Vector<T>(T.NegativeInfinity);
        for (; channel <= channels - (4 * Lanes); channel += 4 * Lanes)
        {
            Vector<T> a = least, b = least, c = least, d = least;
            foreach (var offset in window)
            {
                var x = image + offset + channel;
                a = Vector.Max(a, Vector.Load(x));
                b = Vector.Max(b, Vector.Load(x + Lanes));
                c = Vector.Max(c, Vector.Load(x + (2 * Lanes)));
                d = Vector.Max(d, Vector.Load(x + (3 * Lanes)));
            }

            Store(target + channel, a, b, c, d);
        }

        for (; channel <= channels - Lanes; channel += Lanes)
        {
            var greatest = least;
            foreach (var offset in window)
                greatest = Vector.Max(greatest, Vector.Load(image + offset + channel));
            Vector.Store(greatest, target + channel);
        }

        for (; channel < channels; channel++)
        {
            var greatest = T.NegativeInfinity;
            foreach (var offset in window)
                greatest = T.Max(greatest, image[offset + channel]);
            target[channel] = greatest;
        }
    }

    /// <summary>A value at every place of a window: written, or added where windows overlap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Spread(T* values, ReadOnlySpan<nint> window, T* image, int channels, bool adds)
    {
        foreach (var offset in window)
        {
            var target = image + offset;
            var channel = 0;
            for (; channel <= channels - Lanes; channel += Lanes)
            {
                var value = Vector.Load(values + channel);
                Vector.Store(adds ? Vector.Load(target + channel) + value : value, target + channel);
            }

            for (; channel < channels; channel++)
                target[channel] = adds ? target[channel] + values[channel] : values[channel];
        }
    }

    /// <summary>A value at the first maximum of a window and zeros elsewhere: written, or added where windows overlap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scatter(T* image, ReadOnlySpan<nint> window, T* values, T* target, int channels, bool adds)
    {
        var channel = 0;
        for (; channel <= channels - Lanes; channel += Lanes)
        {
            var first = First(image + channel, window);
            var value = Vector.Load(values + channel);
            for (var place = 0; place < window.Length; place++)
            {
                var here = Vector.Equals(first, new Vector<T>(T.CreateTruncating(place)));
                var part = Vector.ConditionalSelect(here, value, Vector<T>.Zero);
                var to = target + window[place] + channel;
                Vector.Store(adds ? Vector.Load(to) + part : part, to);
            }
        }

        for (; channel < channels; channel++)
        {
            var first = FirstOfOne(image + channel, window);
            for (var place = 0; place < window.Length; place++)
            {
                var to = target + window[place] + channel;
                var part = place == first ? values[channel] : T.Zero;
                *to = adds ? *to + part : part;
            }
        }
    }

    /// <summary>What another image holds at the first maximum of a window; zero for a window without places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(T* image, ReadOnlySpan<nint> window, T* others, T* target, int channels)
    {
        var channel = 0;
        for (; channel <= channels - Lanes && window.Length > 0; channel += Lanes)
        {
            var first = First(image + channel, window);
            var value = Vector<T>.Zero;
            for (var place = 0; place < window.Length; place++)
            {
                var here = Vector.Equals(first, new Vector<T>(T.CreateTruncating(place)));
                value = Vector.ConditionalSelect(here, Vector.Load(others + window[place] + channel), value);
            }

            Vector.Store(value, target + channel);
        }

        for (; channel < channels; channel++)
            target[channel] = window.Length == 0 ? T.Zero : others[window[FirstOfOne(image + channel, window)] + channel];
    }

    // The position in the window of each channel's first maximum, as numbers of the same type.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> First(T* image, ReadOnlySpan<nint> window)
    {
        var first = Vector<T>.Zero;
        if (window.Length == 0)
            return first;
        var greatest = Vector.Load(image + window[0]);
        for (var place = 1; place < window.Length; place++)
        {
            var value = Vector.Load(image + window[place]);

            // "Not less or equal" holds for NaN on either side; a NaN that is there already stays.
            var better = Vector.AndNot(Vector.Equals(greatest, greatest), Vector.LessThanOrEqual(value, greatest));
            greatest = Vector.ConditionalSelect(better, value, greatest);
            first = Vector.ConditionalSelect(better, new Vector<T>(T.CreateTruncating(place)), first);
        }

        return first;
    }

    private static int FirstOfOne(T* image, ReadOnlySpan<nint> window)
    {
        var first = 0;
        for (var place = 1; place < window.Length; place++)
        {
            var (value, greatest) = (image[window[place]], image[window[first]]);
            if (value > greatest || (T.IsNaN(value) && !T.IsNaN(greatest)))
                first = place;
        }

        return first;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(T* target, Vector<T> a, Vector<T> b, Vector<T> c, Vector<T> d)
    {
        Vector.Store(a, target);
        Vector.Store(b, target + Lanes);
        Vector.Store(c, target + (2 * Lanes));
        Vector.Store(d, target + (3 * Lanes));
    }
}
