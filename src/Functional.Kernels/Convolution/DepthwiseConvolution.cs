using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Kernels.Blas.Simd;
using Functional.Kernels.Memory;
using Functional.Kernels.Parallelism;

namespace Functional.Kernels.Convolution;

/// <summary>A convolution whose every channel is a group of its own, or the gradient of its input.</summary>
/// <remarks>
/// Vectors lie along the channels. A part is some lines of results. The taps of a line whose source line exists are listed
/// once; results whose taps all lie inside share that list and registers, those at the edges have lists of their own.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
internal sealed unsafe class DepthwiseConvolution<T, TVector, TLanes> : ConvolutionKernel<T>, IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : struct, IVectorLanes<TVector, T>
{
    private const double MultiplicationsOfPart = 50_000;
    private const int MostParts = 64;

    private readonly ConvolutionShape _shape;
    private readonly bool _isForward;
    private readonly int _channels;
    private readonly TapGrid[] _grids;
    private readonly Partition[] _parts;
    private readonly int[] _partStarts;
    private readonly (int Start, int End)[] _inside;
    private T* _source;
    private T* _kernel;
    private T* _result;

    /// <summary>Plans the parts.</summary>
    public DepthwiseConvolution(ConvolutionShape shape, bool isForward)
    {
        _shape = shape;
        _isForward = isForward;
        _channels = shape.InputChannels;
        _grids =
        [
            .. from depth in TapsOf(shape.Depth)
               from height in TapsOf(shape.Height)
               from width in TapsOf(shape.Width)
               select new TapGrid(shape.Batch, depth, height, width, channels: 1, columns: 1, sizeof(T)),
        ];
        _parts = new Partition[_grids.Length];
        _partStarts = new int[_grids.Length + 1];
        _inside = [.. _grids.Select(grid => Inside(grid.Width))];
        for (var index = 0; index < _grids.Length; index++)
        {
            var grid = _grids[index];
            var parts = Math.Clamp(grid.Multiplications * _channels / MultiplicationsOfPart, 1, MostParts);
            _parts[index] = Partition.IntoParts((long)grid.Batch * grid.Depth.Count * grid.Height.Count, (int)parts);
            _partStarts[index + 1] = _partStarts[index] + _parts[index].Parts;
        }
    }

    /// <inheritdoc/>
    public override void Run(T* left, T* right, T* result)
    {
        _source = left;
        _kernel = right;
        _result = result;
        if (_partStarts[^1] == 1)
            Run(0);
        else
            ThreadTeam.Run(_partStarts[^1], this);
    }

    /// <inheritdoc/>
    public void Run(int part)
    {
        var index = 0;
        while (part >= _partStarts[index + 1])
            index++;
        var grid = _grids[index];
        var lines = _parts[index];
        for (var line = lines.Start(part - _partStarts[index]); line < lines.End(part - _partStarts[index]); line++)
        {
            var (rest, height) = Math.DivRem(line, grid.Height.Count);
            var (image, depth) = Math.DivRem(rest, grid.Depth.Count);
            RunLine(grid, _inside[index], image, (int)depth, (int)height);
        }
    }

    private AxisTaps[] TapsOf(WindowAxis axis) => _isForward ? [AxisTaps.Forward(axis)] : AxisTaps.InputGradient(axis);

    // Results whose taps along the line all lie inside of the source.
    private static (int Start, int End) Inside(AxisTaps axis)
    {
        var (start, end) = (0, axis.Count);
        for (var tap = 0; tap < axis.Taps.Length; tap++)
            (start, end) = (Math.Max(start, axis.FirstInside(tap)), Math.Min(end, axis.EndInside(tap)));
        return start < end ? (start, end) : (0, 0);
    }

    private void RunLine(TapGrid grid, (int Start, int End) inside, long image, int depth, int height)
    {
        var (depths, heights, widths) = _isForward
            ? (_shape.Depth.Output, _shape.Height.Output, _shape.Width.Output)
            : (_shape.Depth.Input, _shape.Height.Input, _shape.Width.Input);
        var row = (((image * depths) + grid.Depth.ResultStart + ((long)depth * grid.Depth.ResultStep)) * heights)
            + grid.Height.ResultStart + ((long)height * grid.Height.ResultStep);
        var result = _result + (((row * widths) + grid.Width.ResultStart) * _channels);
        var image0 = _source
            + (image * grid.Depth.SourceLength * grid.Height.SourceLength * grid.Width.SourceLength * _channels);
        if (_channels < TLanes.Count)
        {
            for (var place = 0; place < grid.Width.Count; place++)
                SumOne(grid, image0, depth, height, place, 0, _channels, result + Offset(grid, place));
            return;
        }

        nint step = (nint)grid.Width.SourceStep * _channels;
        nint resultStep = (nint)grid.Width.ResultStep * _channels;
        var list = Workspace.OfPart.Take<PlacePair<T>>(grid.Inner);
        for (var place = 0; place < grid.Width.Count; place++)
        {
            if (place == inside.Start && inside.End > place)
            {
                var all = List(grid, image0, depth, height, 0, grid.Width.Taps.Length, list);
                DepthwiseTiles<T, TVector, TLanes>.Run(list, all, place, inside.End, step, _channels, result, resultStep);
                place = inside.End - 1;
                continue;
            }

            var (first, end) = grid.Width.TapsInside(place);
            var count = List(grid, image0, depth, height, first, end, list);
            DepthwiseTiles<T, TVector, TLanes>.Run(list, count, place, place + 1, step, _channels, result, resultStep);
        }
    }

    // What the first result of a line would read with some of the taps along it.
    private nint List(TapGrid grid, T* image, int depth, int height, int firstTap, int endTap, PlacePair<T>* list)
    {
        var next = list;
        for (var d = 0; d < grid.Depth.Taps.Length; d++)
        {
            for (var h = 0; h < grid.Height.Taps.Length; h++)
            {
                if (!TryLine(grid, depth, height, d, h, out var line, out var taps))
                    continue;
                for (var w = firstTap; w < endTap; w++)
                {
                    *next++ = new PlacePair<T>(
                        image + ((line + grid.Width.Offsets[w]) * _channels),
                        _kernel + ((nint)(taps + grid.Width.Taps[w]) * _channels));
                }
            }
        }

        return (nint)(next - list);
    }

    private nint Offset(TapGrid grid, int place) => (nint)place * grid.Width.ResultStep * _channels;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumOne(TapGrid grid, T* image, int depth, int height, int place, int channel, int count, T* target)
    {
        var sum = TLanes.Zero;
        for (var d = 0; d < grid.Depth.Taps.Length; d++)
        {
            for (var h = 0; h < grid.Height.Taps.Length; h++)
            {
                if (!TryLine(grid, depth, height, d, h, out var line, out var taps))
                    continue;
                for (var w = 0; w < grid.Width.Taps.Length; w++)
                {
                    var column = (place * grid.Width.SourceStep) + grid.Width.Offsets[w];
                    if ((uint)column >= (uint)grid.Width.SourceLength)
                        continue;
                    var x = TLanes.LoadFirst(image + ((line + column) * _channels), count);
                    var k = TLanes.LoadFirst(_kernel + ((nint)(taps + grid.Width.Taps[w]) * _channels) + channel, count);
                    sum = TLanes.MultiplyAdd(x, k, sum);
                }
            }
        }

        TLanes.StoreFirst(target, sum, count);
    }

    // The first position of a source line and the first element of the kernel that belong to two taps.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryLine(TapGrid grid, int depth, int height, int d, int h, out nint line, out int taps)
    {
        var plane = (depth * grid.Depth.SourceStep) + grid.Depth.Offsets[d];
        var row = (height * grid.Height.SourceStep) + grid.Height.Offsets[h];
        line = (((nint)plane * grid.Height.SourceLength) + row) * grid.Width.SourceLength;
        taps = ((grid.Depth.Taps[d] * _shape.Height.Size) + grid.Height.Taps[h]) * _shape.Width.Size;
        return (uint)plane < (uint)grid.Depth.SourceLength && (uint)row < (uint)grid.Height.SourceLength;
    }
}
