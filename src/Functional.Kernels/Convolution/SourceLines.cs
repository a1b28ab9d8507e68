using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Functional.Kernels.Convolution;

/// <summary>Copies what a block of results reads, one group of channels, with zeros where there is no source.</summary>
/// <typeparam name="T">The type of an element.</typeparam>
internal static unsafe class SourceLines<T>
    where T : unmanaged
{
    /// <summary>Fills the lines of a block.</summary>
    /// <param name="grid">The results.</param>
    /// <param name="block">Which of them.</param>
    /// <param name="source">The first element of the group in (batch, depth, height, width, channels).</param>
    /// <param name="channels">Channels of all groups.</param>
    /// <param name="lines">Receives planes of lines.</param>
    public static void Fill(TapGrid grid, in TapBlock block, T* source, int channels, T* lines)
    {
        var depthStart = (block.Depth * grid.Depth.SourceStep) + grid.Depth.FirstOffset;
        var heightStart = (block.HeightStart * grid.Height.SourceStep) + grid.Height.FirstOffset;
        var widthStart = (block.WidthStart * grid.Width.SourceStep) + grid.Width.FirstOffset;
        var planes = grid.Depth.Span(1);
        var heights = grid.Height.Span(block.HeightEnd - block.HeightStart);
        var widths = grid.Width.Span(block.Width);
        for (var plane = 0; plane < planes; plane++)
        {
            var depth = depthStart + plane;
            for (var line = 0; line < heights; line++)
            {
                var height = heightStart + line;
                var target = lines + (((long)plane * grid.LinesOfPlane) + line) * grid.LineLength;
                if ((uint)depth >= (uint)grid.Depth.SourceLength || (uint)height >= (uint)grid.Height.SourceLength)
                {
                    new Span<T>(target, widths * grid.Channels).Clear();
                    continue;
                }

                var row = ((((long)block.Image * grid.Depth.SourceLength) + depth) * grid.Height.SourceLength) + height;
                FillLine(grid, source + (row * grid.Width.SourceLength * channels), channels, widthStart, widths, target);
            }
        }
    }

    private static void FillLine(TapGrid grid, T* source, int channels, int start, int count, T* target)
    {
        var before = Math.Clamp(-start, 0, count);
        var end = Math.Clamp(grid.Width.SourceLength - start, before, count);
        new Span<T>(target, before * grid.Channels).Clear();
        new Span<T>(target + ((long)end * grid.Channels), (count - end) * grid.Channels).Clear();
        if (grid.Channels == channels)
        {
            var length = (end - before) * channels;
            new ReadOnlySpan<T>(source + ((long)(start + before) * channels), length)
                .CopyTo(new Span<T>(target + ((long)before * channels), length));
            return;
        }

        var first = source + ((long)(start + before) * channels);
        CopyPlaces(first, channels, end - before, target + ((long)before * grid.Channels), grid.Channels);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyPlaces(T* source, nint sourceStep, int places, T* target, nint channels)
    {
        // Groups are small: most copies are some vectors, for which a call would take longer than the copy.
        var size = channels * sizeof(T);
        for (; places > 0; places--)
        {
            nint copied = 0;
            for (; copied + sizeof(Vector128<byte>) <= size; copied += sizeof(Vector128<byte>))
                Vector128.Store(Vector128.Load((byte*)source + copied), (byte*)target + copied);
            for (copied /= sizeof(T); copied < channels; copied++)
                target[copied] = source[copied];
            source += sourceStep;
            target += channels;
        }
    }
}
