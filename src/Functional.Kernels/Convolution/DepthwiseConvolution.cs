using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Kernels.Blas.Simd;
using Functional.Kernels.Parallelism;

namespace Functional.Kernels.Convolution;

/// <summary>A convolution whose every channel is a group of its own, or the gradient of its input.</summary>
/// <remarks>
/// Vectors lie along the channels. A part is some lines of results; in a line some channels after the other are summed
/// over all taps in registers.
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
            RunLine(grid, image, (int)depth, (int)height);
        }
    }

    private AxisTaps[] TapsOf(WindowAxis axis) => _isForward ? [AxisTaps.Forward(axis)] : AxisTaps.InputGradient(axis);

    private void RunLine(TapGrid grid, long image, int depth, int height)
    {
        var (depths, heights, widths) = _isForward
            ? (_shape.Depth.Output, _shape.Height.Output, _shape.Width.Output)
            : (_shape.Depth.Input, _shape.Height.Input, _shape.Width.Input);
        var row = (((image * depths) + grid.Depth.ResultStart + ((long)depth * grid.Depth.ResultStep)) * heights)
            + grid.Height.ResultStart + ((long)height * grid.Height.ResultStep);
        var result = _result + (((row * widths) + grid.Width.ResultStart) * _channels);
        var image0 = _source
            + (image * grid.Depth.SourceLength * grid.Height.SourceLength * grid.Width.SourceLength * _channels);
        var channel = 0;
        for (; channel + (4 * TLanes.Count) <= _channels; channel += 4 * TLanes.Count)
        {
            for (var place = 0; place < grid.Width.Count; place++)
                SumFour(grid, image0 + channel, depth, height, place, channel, result + Offset(grid, place) + channel);
        }

        for (; channel < _channels; channel += TLanes.Count)
        {
            var count = Math.Min(TLanes.Count, _channels - channel);
            for (var place = 0; place < grid.Width.Count; place++)
            {
                var target = result + Offset(grid, place) + channel;
                SumOne(grid, image0 + channel, depth, height, place, channel, count, target);
            }
        }
    }

    private nint Offset(TapGrid grid, int place) => (nint)place * grid.Width.ResultStep * _channels;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumFour(TapGrid grid, T* image, int depth, int height, int place, int channel, T* target)
    {
        TVector s0 = TLanes.Zero, s1 = TLanes.Zero, s2 = TLanes.Zero, s3 = TLanes.Zero;
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
                    var x = image + ((line + column) * _channels);
                    var k = _kernel + ((nint)(taps + grid.Width.Taps[w]) * _channels) + channel;
                    s0 = TLanes.MultiplyAdd(TLanes.Load(x), TLanes.Load(k), s0);
                    s1 = TLanes.MultiplyAdd(TLanes.Load(x + TLanes.Count), TLanes.Load(k + TLanes.Count), s1);
                    s2 = TLanes.MultiplyAdd(TLanes.Load(x + (2 * TLanes.Count)), TLanes.Load(k + (2 * TLanes.Count)), s2);
                    s3 = TLanes.MultiplyAdd(TLanes.Load(x + (3 * TLanes.Count)), TLanes.Load(k + (3 * TLanes.Count)), s3);
                }
            }
        }

        TLanes.Store(target, s0);
        TLanes.Store(target + TLanes.Count, s1);
        TLanes.Store(target + (2 * TLanes.Count), s2);
        TLanes.Store(target + (3 * TLanes.Count), s3);
    }

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
