using System.Numerics;
using Functional.Kernels.Blas.Simd;
using Functional.Kernels.Parallelism;

namespace Functional.Kernels.Convolution;

/// <summary>The gradient of a convolution's kernel, on the micro-kernels of the matrix product.</summary>
/// <remarks>
/// For each line of upstream and each tap, the input's channels times upstream's, summed over the line. A block copies
/// the input lines that it reads, padded with zeros. Blocks fall into parts by sizes only; each part has sums of its own,
/// which are added in the order of the parts.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
internal sealed unsafe class KernelGradientProduct<T, TVector, TLanes> : ConvolutionKernel<T>, IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : struct, IVectorLanes<TVector, T>
{
    private const int ShortLine = 16;

    private readonly ConvolutionShape _shape;
    private readonly TapGrid _grid;
    private readonly Partition _parts;
    private readonly PartialSums<T> _sums;
    private readonly int _longestRun;
    private readonly bool _joinsLines;
    private T* _source;
    private T* _upstream;

    /// <summary>Plans the blocks and takes memory for the sums of parts.</summary>
    public KernelGradientProduct(ConvolutionShape shape)
    {
        _shape = shape;
        _grid = new TapGrid(
            shape.Batch,
            AxisTaps.Forward(shape.Depth),
            AxisTaps.Forward(shape.Height),
            AxisTaps.Forward(shape.Width),
            shape.GroupInputs,
            shape.GroupOutputs,
            sizeof(T));
        _longestRun = _grid.Runs.Max(run => run.Length);

        // Tiles are read and written once per sum: short lines are worth a copy into one long sum.
        _joinsLines = _grid.WidthBlocks == 1 && _grid.HeightOfBlock > 1 && _grid.Width.Count < ShortLine;
        var size = (long)_grid.Inner * shape.OutputChannels;
        _parts = Partition.IntoParts(
            _grid.Blocks, PartialSums<T>.PartsFor(size, _grid.Multiplications * shape.Groups));
        _sums = new PartialSums<T>(_parts.Parts, size);
    }

    private static int PanelWidth => PanelTiles<T, TVector, TLanes>.PanelWidth;

    /// <inheritdoc/>
    public override void Run(T* left, T* right, T* result)
    {
        _source = left;
        _upstream = right;
        _sums.Collect(this, result);
    }

    /// <inheritdoc/>
    public void Run(int part)
    {
        var sums = _sums.OfPart(part);
        var rows = (nint)_grid.HeightOfBlock * _grid.WidthOfBlock;
        var scratch = PanelTiles<T, TVector, TLanes>.ScratchLength;
        var lines = Workspace.OfThread.Take<T>(
            (nint)_grid.LinesLength + (rows * PanelWidth) + (_joinsLines ? rows * _longestRun : 0) + scratch);
        for (var block = _parts.Start(part); block < _parts.End(part); block++)
        {
            for (var group = 0; group < _shape.Groups; group++)
                Multiply(_grid.Block(block), group, lines, sums + (group * _shape.GroupOutputs));
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _sums.Dispose();
        base.Dispose(disposing);
    }

    private void Multiply(in TapBlock block, int group, T* lines, T* sums)
    {
        SourceLines<T>.Fill(_grid, block, _source + (group * _grid.Channels), _shape.InputChannels, lines);
        var packed = lines + _grid.LinesLength;
        for (var column = 0; column < _shape.GroupOutputs; column += PanelWidth)
        {
            var width = Math.Min(PanelWidth, _shape.GroupOutputs - column);
            var upstream = _upstream + UpstreamOffset(block, block.HeightStart) + (group * _shape.GroupOutputs) + column;
            nint step = _shape.OutputChannels;
            nint lineStep = (nint)_shape.Width.Output * step;
            var padded = PanelTiles<T, TVector, TLanes>.VectorsOf(width) * TLanes.Count;
            if (width < padded)
            {
                Pack(block, upstream, width, padded, packed);
                upstream = packed;
                step = padded;
                lineStep = (nint)block.Width * padded;
            }

            foreach (ref readonly var run in _grid.Runs.AsSpan())
            {
                var first = lines + ((((nint)run.Depth * _grid.LinesOfPlane) + run.Height) * _grid.LineLength) + run.Place;
                var target = sums + ((nint)run.Row * _shape.OutputChannels) + column;
                if (_joinsLines)
                    MultiplyJoined(block, run.Length, first, upstream, step, width, target, packed);
                else
                    MultiplyLines(block, run.Length, first, upstream, step, lineStep, width, target, packed);
            }
        }
    }

    private long UpstreamOffset(in TapBlock block, int line)
    {
        var row = ((((long)block.Image * _shape.Depth.Output) + block.Depth) * _shape.Height.Output) + line;
        return ((row * _shape.Width.Output) + block.WidthStart) * _shape.OutputChannels;
    }

    // Kernels read whole vectors: columns are filled up with zeros.
    private void Pack(in TapBlock block, T* upstream, int width, int padded, T* packed)
    {
        for (var line = block.HeightStart; line < block.HeightEnd; line++)
        {
            for (var place = 0; place < block.Width; place++)
            {
                new ReadOnlySpan<T>(upstream + ((nint)place * _shape.OutputChannels), width).CopyTo(new Span<T>(packed, width));
                new Span<T>(packed + width, padded - width).Clear();
                packed += padded;
            }

            upstream += (nint)_shape.Width.Output * _shape.OutputChannels;
        }
    }

    private void MultiplyLines(
        in TapBlock block, int length, T* first, T* upstream, nint step, nint lineStep, int width, T* target, T* packed)
    {
        var scratch = packed + ((nint)_grid.HeightOfBlock * _grid.WidthOfBlock * PanelWidth);
        nint sourceStep = (nint)_grid.Width.SourceStep * _grid.Channels;
        for (var line = block.HeightStart; line < block.HeightEnd; line++)
        {
            PanelTiles<T, TVector, TLanes>.Multiply(
                length, block.Width, first, 1, sourceStep, upstream, step, width, target, _shape.OutputChannels, T.One, scratch);
            first += (nint)_grid.Height.SourceStep * _grid.LineLength;
            upstream += lineStep;
        }
    }

    // One long sum over all lines of the block, after a copy of what the taps read of them.
    private void MultiplyJoined(
        in TapBlock block, int length, T* first, T* upstream, nint step, int width, T* target, T* packed)
    {
        var rows = (nint)_grid.HeightOfBlock * _grid.WidthOfBlock;
        var joined = packed + (rows * PanelWidth);
        var next = joined;
        for (var line = block.HeightStart; line < block.HeightEnd; line++)
        {
            var source = first;
            for (var place = 0; place < block.Width; place++)
            {
                new ReadOnlySpan<T>(source, length).CopyTo(new Span<T>(next, length));
                source += (nint)_grid.Width.SourceStep * _grid.Channels;
                next += length;
            }

            first += (nint)_grid.Height.SourceStep * _grid.LineLength;
        }

        var inner = (nint)block.Width * (block.HeightEnd - block.HeightStart);
        PanelTiles<T, TVector, TLanes>.Multiply(
            length, inner, joined, 1, length, upstream, step, width, target, _shape.OutputChannels, T.One, joined + (rows * _longestRun));
    }
}
