using System.Numerics;
using Functional.Kernels.Blas.Simd;

namespace Functional.Kernels.Convolution.Winograd;

/// <summary>The transform of a block's sources: each tile's 4x4 positions, with zeros where the input ends.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
/// <param name="tiling">The tiles.</param>
internal sealed unsafe class SourceTiles<T, TVector, TLanes>(WinogradTiling tiling)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : struct, IVectorLanes<TVector, T>
{
    /// <summary>Writes the points of the tiles of some lines.</summary>
    /// <param name="source">The source of all images.</param>
    /// <param name="start">The first line of tiles, counted over all images.</param>
    /// <param name="end">The line behind the last one.</param>
    /// <param name="memory">Receives the points of the sources.</param>
    public void Transform(T* source, long start, long end, in BlockPoints<T> memory)
    {
        var lines = stackalloc T*[WinogradTiling.SourcesOfTile];
        new Span<T>(memory.Scratch, tiling.SourceLineLength).Clear();
        var points = memory.Sources;
        var left = tiling.Width.Place(0, 0);
        for (var line = start; line < end; line++)
        {
            var (image, ofImage) = Math.DivRem(line, tiling.Lines);
            var top = tiling.FirstSourceLine(ofImage);
            for (var index = 0; index < WinogradTiling.SourcesOfTile; index++)
            {
                var exists = (uint)(top + index) < (uint)tiling.Height.Input;
                var offset = ((image * tiling.Height.Input) + top + index) * tiling.SourceLineLength;
                lines[index] = exists ? source + offset : memory.Scratch;
            }

            WinogradTransform<T, TVector, TLanes>.OfSource(
                lines, tiling.Width.Input, left, tiling.Columns, tiling.SourceChannels, points, memory.SourcePlane);
            points += (nint)tiling.Columns * tiling.SourceChannels;
        }
    }
}
