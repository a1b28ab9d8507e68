using Functional.Kernels.Blas.Simd;

namespace Functional.Kernels.Convolution;

/// <summary>For each line of a block what its results are summed from: the runs that lie inside of the source.</summary>
/// <remarks>Lines at an edge read fewer runs than others: what would be multiplied with zeros is left out.</remarks>
internal readonly unsafe struct LineSegments
{
    private readonly TapGrid _grid;
    private readonly TileSegment* _segments;
    private readonly nint* _counts;

    /// <summary>Lays the segments into memory of <see cref="SizeInBytes"/>.</summary>
    public LineSegments(TapGrid grid, byte* memory)
    {
        _grid = grid;
        _segments = (TileSegment*)memory;
        _counts = (nint*)(_segments + (grid.HeightOfBlock * grid.Runs.Length));
    }

    /// <summary>Memory for the segments of a block.</summary>
    public static nint SizeInBytes(TapGrid grid) =>
        grid.HeightOfBlock * ((grid.Runs.Length * sizeof(TileSegment)) + sizeof(nint));

    /// <summary>Finds the segments of a block, counted from the block's lines and the panel's first row.</summary>
    public void Fill(in TapBlock block)
    {
        for (var line = block.HeightStart; line < block.HeightEnd; line++)
        {
            var ofBlock = line - block.HeightStart;
            var segments = _segments + ((nint)ofBlock * _grid.Runs.Length);
            nint count = 0;
            foreach (ref readonly var run in _grid.Runs.AsSpan())
            {
                if (!_grid.IsInside(run, block.Depth, line))
                    continue;
                nint above = (run.Depth * _grid.LinesOfPlane) + run.Height + (ofBlock * _grid.Height.SourceStep);
                segments[count++] = new TileSegment((above * _grid.LineLength) + run.Place, run.Row, run.Length);
            }

            _counts[ofBlock] = count;
        }
    }

    /// <summary>The segments of one line that a tile sums in one go.</summary>
    /// <param name="line">The line, counted from the block's first one.</param>
    /// <param name="first">The first one.</param>
    /// <param name="segments">Where they are.</param>
    /// <returns>How many there are; none behind the last one.</returns>
    public nint Of(int line, int first, out TileSegment* segments)
    {
        segments = _segments + ((nint)line * _grid.Runs.Length) + first;
        return Math.Min(_grid.RunsOfTile, _counts[line] - first);
    }
}
