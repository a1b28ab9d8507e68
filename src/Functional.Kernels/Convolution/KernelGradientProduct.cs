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
    private readonly ConvolutionShape _shape;
    private readonly TapGrid _grid;
    private readonly Partition _parts;
    private readonly PartialSums<T> _sums;
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
        var packedLength = (nint)_grid.WidthOfBlock * PanelWidth;
        var lines = Workspace.OfThread.Take<T>(
            (nint)_grid.LinesLength + packedLength + PanelTiles<T, TVector, TLanes>.ScratchLength);
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
        for (var line = block.HeightStart; line < block.HeightEnd; line++)
        {
            var row = ((((long)block.Image * _shape.Depth.Output) + block.Depth) * _shape.Height.Output) + line;
            var place = (row * _shape.Width.Output) + block.WidthStart;
            var upstream = _upstream + (place * _shape.OutputChannels) + (group * _shape.GroupOutputs);
            var first = lines + ((long)(line - block.HeightStart) * _grid.Height.SourceStep * _grid.LineLength);
            for (var column = 0; column < _shape.GroupOutputs; column += PanelWidth)
            {
                var width = Math.Min(PanelWidth, _shape.GroupOutputs - column);
                MultiplyPanel(block, first, upstream + column, width, packed, sums + column);
            }
        }
    }

    private void MultiplyPanel(in TapBlock block, T* lines, T* upstream, int width, T* packed, T* sums)
    {
        nint step = _shape.OutputChannels;
        var padded = PanelTiles<T, TVector, TLanes>.VectorsOf(width) * TLanes.Count;
        if (width < padded)
        {
            // Kernels read whole vectors.
            for (var place = 0; place < block.Width; place++)
            {
                var target = packed + (place * padded);
                new ReadOnlySpan<T>(upstream + (place * step), width).CopyTo(new Span<T>(target, width));
                new Span<T>(target + width, padded - width).Clear();
            }

            upstream = packed;
            step = padded;
        }

        var scratch = packed + ((nint)_grid.WidthOfBlock * PanelWidth);
        foreach (ref readonly var run in _grid.Runs.AsSpan())
        {
            var a = lines + ((((nint)run.Depth * _grid.LinesOfPlane) + run.Height) * _grid.LineLength) + run.Place;
            PanelTiles<T, TVector, TLanes>.Multiply(
                run.Length,
                block.Width,
                a,
                1,
                (nint)_grid.Width.SourceStep * _grid.Channels,
                upstream,
                step,
                width,
                sums + ((nint)run.Row * _shape.OutputChannels),
                _shape.OutputChannels,
                T.One,
                scratch);
        }
    }
}
