using System.Numerics;
using Functional.Kernels.Blas.Simd;
using Functional.Kernels.Memory;
using Functional.Kernels.Parallelism;
using Functional.Kernels.Reductions;

namespace Functional.Kernels.Convolution;

/// <summary>The gradient of a kernel whose taps have too few channels to fill a tile.</summary>
/// <remarks>
/// A block copies the input lines that it reads, padded with zeros: neighbouring taps follow each other there, and a tile
/// computes several of them. Blocks fall into parts by sizes only, whose sums are added in order.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
internal sealed unsafe class FewChannelsKernelGradient<T, TVector, TLanes> : ConvolutionKernel<T>, IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : struct, IVectorLanes<TVector, T>
{
    /// <summary>Up to so many channels of a group, tiles of several taps are worth the copy of the input.</summary>
    public const int MostChannels = 16;

    private const int PlacesOfBlock = 192;

    private readonly ConvolutionShape _shape;
    private readonly TapGrid _grid;
    private readonly UpstreamPanels<T, TVector, TLanes> _panels;
    private readonly TileStrip[] _strips;
    private readonly Partition _parts;
    private readonly PartialSums<T> _sums;
    private T* _source;
    private T* _upstream;

    /// <summary>Plans the blocks.</summary>
    public FewChannelsKernelGradient(ConvolutionShape shape)
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
        _panels = new UpstreamPanels<T, TVector, TLanes>(shape);
        _strips = [.. Strips()];
        var size = (long)_grid.Inner * shape.OutputChannels;
        _parts = Partition.IntoParts(_grid.Blocks, PartialSums<T>.PartsFor(size, _grid.Multiplications * shape.Groups));
        _sums = new PartialSums<T>(_parts.Parts, size);
    }

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
        var length = _panels.Length(PlacesOfBlock) + PlaceTiles<T, TVector, TLanes>.ScratchLength + (nint)_grid.LinesLength;
        var list = Workspace.OfPart.Take<PlacePair<T>>(
            PlacesOfBlock + PlacePair<T>.Ahead + (length * sizeof(T) / sizeof(PlacePair<T>)) + 1);
        for (var index = _parts.Start(part); index < _parts.End(part); index++)
        {
            var block = _grid.Block(index);
            for (var group = 0; group < _shape.Groups; group++)
                Add(block, group, list, sums);
        }
    }

    private IEnumerable<TileStrip> Strips()
    {
        var runs = _grid.Runs;
        nint Offset(int run) =>
            ((((nint)runs[run].Depth * _grid.LinesOfPlane) + runs[run].Height) * _grid.LineLength) + runs[run].Place;

        for (var run = 0; run < runs.Length;)
        {
            if (runs[run].Length != 3)
            {
                foreach (var strip in TileStrip.Divide(runs[run].Row, runs[run].Length, Offset(run), TLanes.TileRows))
                    yield return strip;
                run++;
                continue;
            }

            // Runs of three elements, the same distance apart, share a tile.
            var (start, third) = (run, run + 1 < runs.Length ? Offset(run + 1) - Offset(run) : 3);
            do
                run++;
            while (run < runs.Length && run - start < TLanes.TileRows / 3
                && runs[run].Length == 3 && Offset(run) - Offset(run - 1) == third);
            yield return new TileStrip(runs[start].Row, 3 * (run - start), Offset(start), third);
        }
    }

    private void Add(in TapBlock block, int group, PlacePair<T>* list, T* sums)
    {
        var packed = (T*)(list + PlacesOfBlock + PlacePair<T>.Ahead);
        var lines = packed + _panels.Length(PlacesOfBlock) + PlaceTiles<T, TVector, TLanes>.ScratchLength;
        SourceLines<T>.Fill(_grid, block, _source + (group * _grid.Channels), _shape.InputChannels, lines);

        var listed = 0;
        for (var line = block.HeightStart; line < block.HeightEnd; line++)
        {
            var source = lines + ((nint)(line - block.HeightStart) * _grid.Height.SourceStep * _grid.LineLength);
            var row = ((((long)block.Image * _shape.Depth.Output) + block.Depth) * _shape.Height.Output) + line;
            var upstream = _upstream + (((row * _shape.Width.Output) + block.WidthStart) * _shape.OutputChannels);
            for (var place = 0; place < block.Width;)
            {
                var count = Math.Min(PlacesOfBlock - listed, block.Width - place);
                List(source, upstream, count, group, listed, list, packed);
                source += (nint)count * _grid.Width.SourceStep * _grid.Channels;
                upstream += (nint)count * _shape.OutputChannels;
                place += count;
                listed += count;
                if (listed == PlacesOfBlock)
                {
                    Add(listed, group, list, packed, sums);
                    listed = 0;
                }
            }
        }

        if (listed > 0)
            Add(listed, group, list, packed, sums);
    }

    // Places of one line, behind those that are listed already.
    private void List(T* source, T* upstream, int count, int group, int listed, PlacePair<T>* list, T* packed)
    {
        for (var panel = 0; panel < _panels.Count && !_panels.AreInPlace; panel++)
        {
            var target = packed + _panels.Offset(group, panel, PlacesOfBlock) + (listed * _panels.Step);
            _panels.Pack(upstream, count, group, panel, target);
        }

        if (!_panels.AreInPlace)
            upstream = packed + (listed * _panels.Step);
        nint step = (nint)_grid.Width.SourceStep * _grid.Channels;
        for (var place = 0; place < count; place++)
            list[listed + place] = new PlacePair<T>(source + (place * step), upstream + (place * _panels.Step));
    }

    private void Add(int count, int group, PlacePair<T>* list, T* packed, T* sums)
    {
        PlacePair<T>.Extend(list + count);
        var scratch = packed + _panels.Length(PlacesOfBlock);
        for (var panel = 0; panel < _panels.Count; panel++)
        {
            var (start, column) = (_panels.Offset(group, panel, PlacesOfBlock), _panels.ColumnOf(group, panel));
            foreach (ref readonly var strip in _strips.AsSpan())
            {
                PlaceTiles<T, TVector, TLanes>.Add(
                    count, list, strip, start, _panels.WidthOf(panel), sums + column, _shape.OutputChannels, scratch);
            }
        }
    }
}
