using System.Numerics;
using Functional.Kernels.Blas.Simd;
using Functional.Kernels.Loops;
using Functional.Kernels.Memory;
using Functional.Kernels.Parallelism;

namespace Functional.Kernels.Convolution;

/// <summary>A convolution or the gradient of its input, on the micro-kernels of the matrix product.</summary>
/// <remarks>
/// Every result is a row of a matrix product whose left factor never exists: a block copies the source lines that it
/// reads, padded with zeros, and a tile's rows are neighbours in such a line, which lie one step apart. Taps that are
/// neighbours too make one long sum. The kernel is packed in panels once per run. Each element is the same chain of
/// operations however blocks are dealt out.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
internal sealed unsafe class GatheredConvolution<T, TVector, TLanes> : ConvolutionKernel<T>, IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : struct, IVectorLanes<TVector, T>
{
    private const double MultiplicationsOfPart = 400_000;
    private const int MostParts = 64;

    // An image of results that several grids write is visited when all have; it should be in the second-level cache.
    private const int BytesOfImage = 1 << 19;
    private const int FewestImages = 16;

    private readonly ConvolutionShape _shape;
    private readonly bool _isForward;
    private readonly TapGrid[] _grids;
    private readonly Partition[] _parts;
    private readonly int[] _partStarts;
    private readonly Partition _images;
    private readonly long[] _packedStarts;
    private readonly nint _packedLength;
    private readonly int _sourceChannels;
    private readonly int _resultChannels;
    private readonly int _columns;
    private readonly int _panels;

    private bool _packing;
    private T* _source;
    private T* _kernel;
    private T* _result;
    private T* _packed;

    /// <summary>Plans the blocks.</summary>
    public GatheredConvolution(ConvolutionShape shape, bool isForward)
    {
        _shape = shape;
        _isForward = isForward;
        (_sourceChannels, _resultChannels) = isForward
            ? (shape.InputChannels, shape.OutputChannels)
            : (shape.OutputChannels, shape.InputChannels);
        _columns = _resultChannels / shape.Groups;
        _panels = PanelTiles<T, TVector, TLanes>.CountOf(_columns);
        _grids =
        [
            .. from depth in TapsOf(shape.Depth)
               from height in TapsOf(shape.Height)
               from width in TapsOf(shape.Width)
               select new TapGrid(
                   shape.Batch, depth, height, width, _sourceChannels / shape.Groups, _columns, sizeof(T)),
        ];
        _parts = new Partition[_grids.Length];
        _partStarts = new int[_grids.Length + 1];
        _packedStarts = new long[_grids.Length];
        long packed = 0;
        for (var grid = 0; grid < _grids.Length; grid++)
        {
            var parts = Math.Clamp(_grids[grid].Multiplications * shape.Groups / MultiplicationsOfPart, 1, MostParts);
            _parts[grid] = Partition.IntoParts(_grids[grid].Blocks, (int)parts);
            _partStarts[grid + 1] = _partStarts[grid] + _parts[grid].Parts;
            _packedStarts[grid] = packed;
            packed += (long)_grids[grid].Inner * shape.Groups * PackedWidth;
        }

        _packedLength = (nint)packed;
        var work = _grids.Sum(grid => grid.Multiplications) * shape.Groups;
        _images = Partition.IntoParts(shape.Batch, (int)Math.Clamp(work / MultiplicationsOfPart, 1, MostParts));
        Groups = FindGroups();
    }

    /// <inheritdoc/>
    public override RowGroups? Groups { get; }

    private static int PanelWidth => PanelTiles<T, TVector, TLanes>.PanelWidth;

    // Columns of all panels of a group, in whole vectors.
    private int PackedWidth => (_columns + TLanes.Count - 1) / TLanes.Count * TLanes.Count;

    /// <inheritdoc/>
    public override void Run(T* left, T* right, T* result)
    {
        _source = left;
        _kernel = right;
        _result = result;
        _packed = Workspace.OfRun.Take<T>(_packedLength);
        _packing = true;
        ThreadTeam.Run(_grids.Length * _shape.Groups * _panels, this);
        _packing = false;
        ThreadTeam.Run(IsByImages ? _images.Parts : _partStarts[^1], this);
    }

    /// <inheritdoc/>
    public void Run(int part)
    {
        if (_packing)
        {
            var (ofGrid, panel) = Math.DivRem(part, _panels);
            Pack(ofGrid / _shape.Groups, ofGrid % _shape.Groups, panel);
            return;
        }

        if (IsByImages)
        {
            for (var image = _images.Start(part); image < _images.End(part); image++)
                MultiplyImage(image);
            return;
        }

        var index = 0;
        while (part >= _partStarts[index + 1])
            index++;
        part -= _partStarts[index];
        MultiplyBlocks(index, _parts[index].Start(part), _parts[index].End(part));
    }

    private AxisTaps[] TapsOf(WindowAxis axis) => _isForward ? [AxisTaps.Forward(axis)] : AxisTaps.InputGradient(axis);

    // Rows of several grids lie between each other: they are reported when all grids of an image are done.
    private bool IsByImages => RowsWritten is not null && _grids.Length > 1;

    private RowGroups? FindGroups()
    {
        var grid = _grids[0];
        var rows = _isForward ? _shape.OutputPositions : _shape.InputPositions;
        var groups = (_grids.Length, grid.WidthBlocks) switch
        {
            (1, 1) => new RowGroups(
                (long)grid.Batch * grid.Depth.Count,
                grid.Height.Count * grid.Width.Count,
                _resultChannels,
                grid.HeightOfBlock * grid.Width.Count),
            (1, _) => new RowGroups(
                (long)grid.Batch * grid.Depth.Count * grid.Height.Count,
                grid.Width.Count,
                _resultChannels,
                grid.WidthOfBlock),
            _ => new RowGroups(grid.Batch, rows, _resultChannels, rows),
        };
        var isByImages = _grids.Length == 1
            || (grid.Batch >= FewestImages && (long)rows * _resultChannels * sizeof(T) <= BytesOfImage);
        return isByImages && groups.AreWorthVisiting(sizeof(T)) ? groups : null;
    }

    private void MultiplyImage(long image)
    {
        for (var index = 0; index < _grids.Length; index++)
        {
            var blocks = _grids[index].Blocks / _shape.Batch;
            MultiplyBlocks(index, image * blocks, (image + 1) * blocks);
        }

        RowsWritten!.RowsWritten((int)image, 0, _isForward ? _shape.OutputPositions : _shape.InputPositions);
    }

    private void MultiplyBlocks(int index, long start, long end)
    {
        var grid = _grids[index];
        var linesSize = (nint)(grid.LinesLength + PanelTiles<T, TVector, TLanes>.ScratchLength) * sizeof(T);
        var memory = Workspace.OfPart.Take<byte>(linesSize + LineSegments.SizeInBytes(grid));
        var segments = new LineSegments(grid, memory + linesSize);
        for (var block = start; block < end; block++)
        {
            var results = grid.Block(block);
            segments.Fill(results);
            for (var group = 0; group < _shape.Groups; group++)
                Multiply(index, results, group, segments, (T*)memory);
            if (_grids.Length == 1 && RowsWritten is not null)
                Report(grid, results);
        }
    }

    private void Report(TapGrid grid, in TapBlock block)
    {
        var plane = (block.Image * grid.Depth.Count) + block.Depth;
        if (grid.WidthBlocks == 1)
        {
            RowsWritten!.RowsWritten(plane, block.HeightStart * grid.Width.Count, block.HeightEnd * grid.Width.Count);
            return;
        }

        for (var line = block.HeightStart; line < block.HeightEnd; line++)
            RowsWritten!.RowsWritten((plane * grid.Height.Count) + line, block.WidthStart, block.WidthEnd);
    }

    private T* PackedPanel(int grid, int group, int panel)
    {
        var columns = ((long)group * PackedWidth) + ((long)panel * PanelWidth);
        return _packed + _packedStarts[grid] + (columns * _grids[grid].Inner);
    }

    private int WidthOf(int panel) => PanelTiles<T, TVector, TLanes>.WidthOf(panel, _columns);

    private void Pack(int index, int group, int panel)
    {
        var grid = _grids[index];
        var width = WidthOf(panel);
        var padded = PanelTiles<T, TVector, TLanes>.VectorsOf(width) * TLanes.Count;
        var target = PackedPanel(index, group, panel);
        var column = panel * PanelWidth;
        foreach (var depth in grid.Depth.Taps)
        {
            foreach (var height in grid.Height.Taps)
            {
                foreach (var across in grid.Width.Taps)
                {
                    var tap = (((depth * _shape.Height.Size) + height) * _shape.Width.Size) + across;
                    var matrix = _kernel + ((long)tap * _shape.GroupInputs * _shape.OutputChannels);
                    var first = _isForward
                        ? (group * _columns) + column
                        : ((nint)column * _shape.OutputChannels) + (group * grid.Channels);
                    PanelPacking<T, TVector, TLanes>.Pack(
                        matrix + first, _shape.OutputChannels, !_isForward, grid.Channels, width, target);
                    target += grid.Channels * padded;
                }
            }
        }
    }

    private void Multiply(int index, in TapBlock block, int group, LineSegments segments, T* lines)
    {
        var grid = _grids[index];
        if (grid.Runs.Length > 0)
            SourceLines<T>.Fill(grid, block, _source + (group * grid.Channels), _sourceChannels, lines);
        for (var panel = 0; panel < _panels; panel++)
        {
            var result = _result + ((long)group * _columns) + ((long)panel * PanelWidth);
            for (var run = 0; run == 0 || run < grid.Runs.Length; run += grid.RunsOfTile)
                MultiplyRuns(grid, block, segments, run, PackedPanel(index, group, panel), WidthOf(panel), result, lines);
        }
    }

    private void MultiplyRuns(
        TapGrid grid, in TapBlock block, LineSegments segments, int first, T* panel, int width, T* result, T* lines)
    {
        nint step = grid.Width.SourceStep * grid.Channels;
        nint resultStep = grid.Width.ResultStep * _resultChannels;
        var beta = first == 0 ? T.Zero : T.One;
        for (var line = block.HeightStart; line < block.HeightEnd; line++)
        {
            var c = result + Offset(grid, block, line);
            var count = segments.Of(line - block.HeightStart, first, out var ofLine);
            if (count > 0)
            {
                PanelTiles<T, TVector, TLanes>.MultiplySegments(
                    block.Width, count, ofLine, lines, step, panel, width, c, resultStep, beta, lines + grid.LinesLength);
            }
            else if (first == 0)
            {
                for (var place = 0; place < block.Width; place++)
                    new Span<T>(c + (place * resultStep), width).Clear();
            }
        }
    }

    // Where the first result of a line lies.
    private nint Offset(TapGrid grid, in TapBlock block, int line)
    {
        var (depths, heights, widths) = _isForward
            ? (_shape.Depth.Output, _shape.Height.Output, _shape.Width.Output)
            : (_shape.Depth.Input, _shape.Height.Input, _shape.Width.Input);
        var depth = grid.Depth.ResultStart + (block.Depth * grid.Depth.ResultStep);
        var height = grid.Height.ResultStart + (line * grid.Height.ResultStep);
        var width = grid.Width.ResultStart + (block.WidthStart * grid.Width.ResultStep);
        return (nint)(((((((long)block.Image * depths) + depth) * heights) + height) * widths) + width) * _resultChannels;
    }
}
