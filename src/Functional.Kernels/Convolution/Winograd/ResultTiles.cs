using System.Numerics;
using Functional.Kernels.Blas.Simd;

namespace Functional.Kernels.Convolution.Winograd;

/// <summary>The tiles of a block's results: where they are written, and where gradients of them are read.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
/// <param name="tiling">The tiles.</param>
internal sealed unsafe class ResultTiles<T, TVector, TLanes>(WinogradTiling tiling)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : struct, IVectorLanes<TVector, T>
{
    /// <summary>Writes the results of the tiles of some lines.</summary>
    /// <param name="memory">Has the points of the results.</param>
    /// <param name="start">The first line of tiles, counted over all images.</param>
    /// <param name="end">The line behind the last one.</param>
    /// <param name="results">The results of all images.</param>
    public void Write(in BlockPoints<T> memory, long start, long end, T* results)
    {
        var points = memory.Results;
        for (var line = start; line < end; line++)
        {
            var (first, below) = Lines(results, line);
            for (var column = 0; column < tiling.Columns; column++)
            {
                var tile = Tile((T*)first, (T*)below, column, memory.Scratch);
                WinogradTransform<T, TVector, TLanes>.Results(points, memory.ResultPlane, tiling.ResultChannels, tile);
                points += tiling.ResultChannels;
            }
        }
    }

    /// <summary>Writes the points of gradients of the results.</summary>
    /// <param name="upstream">The gradients of the results of all images.</param>
    /// <param name="start">The first line of tiles, counted over all images.</param>
    /// <param name="end">The line behind the last one.</param>
    /// <param name="memory">Receives the points.</param>
    public void Transform(T* upstream, long start, long end, in BlockPoints<T> memory)
    {
        new Span<T>(memory.Scratch, tiling.ResultChannels).Clear();
        var points = memory.Results;
        for (var line = start; line < end; line++)
        {
            var (first, below) = Lines(upstream, line);
            for (var column = 0; column < tiling.Columns; column++)
            {
                var tile = Tile((T*)first, (T*)below, column, memory.Scratch);
                WinogradTransform<T, TVector, TLanes>.OfUpstream(tile, tiling.ResultChannels, points, memory.ResultPlane);
                points += tiling.ResultChannels;
            }
        }
    }

    // The addresses of the two lines of results of a line of tiles; 0 for one that is not there.
    private (nint First, nint Below) Lines(T* results, long line)
    {
        var (image, ofImage) = Math.DivRem(line, tiling.Lines);
        var above = tiling.ResultsAbove(ofImage);
        var first = results + (((image * tiling.Results) + above) * tiling.ResultChannels);
        var hasBelow = tiling.ResultsAbove(ofImage + 1) - above > tiling.Width.Output;
        return ((nint)first, hasBelow ? (nint)(first + ((nint)tiling.Width.Output * tiling.ResultChannels)) : 0);
    }

    private ResultTile<T> Tile(T* first, T* below, int column, T* beyond)
    {
        var left = 2 * (nint)column * tiling.ResultChannels;
        var right = left + tiling.ResultChannels;
        var hasRight = (2 * column) + 1 < tiling.Width.Output;
        return new ResultTile<T>(
            first + left,
            hasRight ? first + right : beyond,
            below is not null ? below + left : beyond,
            hasRight && below is not null ? below + right : beyond);
    }
}
