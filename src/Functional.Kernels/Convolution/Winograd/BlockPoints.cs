using System.Numerics;
using Functional.Kernels.Memory;

namespace Functional.Kernels.Convolution.Winograd;

/// <summary>Memory for the points of a block's sources and results: for each of the 16 a plane of tiles and channels.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal readonly unsafe struct BlockPoints<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Takes memory of the calling thread, for a part.</summary>
    /// <param name="tiling">The tiles.</param>
    /// <param name="tileLength">Elements that products need beside their factors.</param>
    public BlockPoints(WinogradTiling tiling, int tileLength)
    {
        var scratchLength = Math.Max(tileLength, Math.Max(tiling.SourceLineLength, tiling.ResultChannels));
        SourcePlane = tiling.PlaneLength(tiling.SourceChannels);
        ResultPlane = tiling.PlaneLength(tiling.ResultChannels);
        Sources = Workspace.OfPart.Take<T>((WinogradTiling.Points * (SourcePlane + ResultPlane)) + scratchLength);
        Results = Sources + (WinogradTiling.Points * SourcePlane);
        Scratch = Results + (WinogradTiling.Points * ResultPlane);
    }

    /// <summary>The first point of the sources.</summary>
    public T* Sources { get; }

    /// <summary>Elements from one point of the sources to the next.</summary>
    public nint SourcePlane { get; }

    /// <summary>The first point of the results.</summary>
    public T* Results { get; }

    /// <summary>Elements from one point of the results to the next.</summary>
    public nint ResultPlane { get; }

    /// <summary>Memory for a line of sources, the channels of a result, or a tile of a product.</summary>
    public T* Scratch { get; }
}
