using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Kernels.Blas.Simd;
using Functional.Kernels.Parallelism;
using Functional.Kernels.Reductions;

namespace Functional.Kernels.Convolution;

/// <summary>The gradient of the kernel of a convolution whose every channel is a group of its own.</summary>
/// <remarks>
/// Vectors lie along the channels; for every line of upstream each tap is summed over the line in registers. Lines fall
/// into parts by sizes only, whose sums are added in order.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
internal sealed unsafe class DepthwiseKernelGradient<T, TVector, TLanes> : ConvolutionKernel<T>, IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : struct, IVectorLanes<TVector, T>
{
    private readonly ConvolutionShape _shape;
    private readonly int _channels;
    private readonly AxisTaps _width;
    private readonly Partition _parts;
    private readonly PartialSums<T> _sums;
    private T* _source;
    private T* _upstream;

    /// <summary>Plans the parts.</summary>
    public DepthwiseKernelGradient(ConvolutionShape shape)
    {
        _shape = shape;
        _channels = shape.InputChannels;
        _width = AxisTaps.Forward(shape.Width);
        var size = (long)shape.Taps * _channels;
        var multiplications = (double)shape.Batch * shape.OutputPositions * size;

        // Each multiplication costs as much as several of a matrix product.
        _parts = Partition.IntoParts(
            (long)shape.Batch * shape.Depth.Output * shape.Height.Output,
            PartialSums<T>.PartsFor(size, 8 * multiplications));
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
        for (var line = _parts.Start(part); line < _parts.End(part); line++)
        {
            var (rest, height) = Math.DivRem(line, _shape.Height.Output);
            var (image, depth) = Math.DivRem(rest, _shape.Depth.Output);
            for (var d = 0; d < _shape.Depth.Size; d++)
            {
                for (var h = 0; h < _shape.Height.Size; h++)
                {
                    var plane = _shape.Depth.Place((int)depth, d);
                    var row = _shape.Height.Place((int)height, h);
                    if ((uint)plane >= (uint)_shape.Depth.Input || (uint)row >= (uint)_shape.Height.Input)
                        continue;
                    var place = ((((image * _shape.Depth.Input) + plane) * _shape.Height.Input) + row) * _shape.Width.Input;
                    var tap = ((d * _shape.Height.Size) + h) * _shape.Width.Size;
                    AddLine(
                        _source + (place * _channels),
                        _upstream + (line * _shape.Width.Output * _channels),
                        sums + ((long)tap * _channels));
                }
            }
        }
    }

    private void AddLine(T* source, T* upstream, T* sums)
    {
        for (var w = 0; w < _shape.Width.Size; w++)
        {
            var start = _width.FirstInside(w);
            var count = _width.EndInside(w) - start;
            if (count <= 0)
                continue;
            var target = sums + ((nint)w * _channels);
            var x = source + ((nint)((start * _width.SourceStep) + _width.Offsets[w]) * _channels);
            var y = upstream + ((nint)start * _channels);
            var channel = 0;
            for (; channel + (4 * TLanes.Count) <= _channels; channel += 4 * TLanes.Count)
                AddFour(x + channel, y + channel, count, target + channel);
            for (; channel + TLanes.Count <= _channels; channel += TLanes.Count)
                AddOne(x + channel, y + channel, count, target + channel);
            if (channel < _channels)
                AddFirst(x + channel, y + channel, count, target + channel, _channels - channel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddFour(T* x, T* y, int count, T* sums)
    {
        nint xStep = (nint)_width.SourceStep * _channels;
        nint yStep = _channels;
        var s0 = TLanes.Load(sums);
        var s1 = TLanes.Load(sums + TLanes.Count);
        var s2 = TLanes.Load(sums + (2 * TLanes.Count));
        var s3 = TLanes.Load(sums + (3 * TLanes.Count));
        for (; count > 0; count--)
        {
            s0 = TLanes.MultiplyAdd(TLanes.Load(x), TLanes.Load(y), s0);
            s1 = TLanes.MultiplyAdd(TLanes.Load(x + TLanes.Count), TLanes.Load(y + TLanes.Count), s1);
            s2 = TLanes.MultiplyAdd(TLanes.Load(x + (2 * TLanes.Count)), TLanes.Load(y + (2 * TLanes.Count)), s2);
            s3 = TLanes.MultiplyAdd(TLanes.Load(x + (3 * TLanes.Count)), TLanes.Load(y + (3 * TLanes.Count)), s3);
            x += xStep;
            y += yStep;
        }

        TLanes.Store(sums, s0);
        TLanes.Store(sums + TLanes.Count, s1);
        TLanes.Store(sums + (2 * TLanes.Count), s2);
        TLanes.Store(sums + (3 * TLanes.Count), s3);
    }

    // Four sums over every fourth place: one sum alone would wait for each multiplication.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddOne(T* x, T* y, int count, T* sums)
    {
        nint xStep = (nint)_width.SourceStep * _channels;
        nint yStep = _channels;
        var s0 = TLanes.Load(sums);
        var (s1, s2, s3) = (TLanes.Zero, TLanes.Zero, TLanes.Zero);
        for (; count >= 4; count -= 4)
        {
            s0 = TLanes.MultiplyAdd(TLanes.Load(x), TLanes.Load(y), s0);
            s1 = TLanes.MultiplyAdd(TLanes.Load(x + xStep), TLanes.Load(y + yStep), s1);
            s2 = TLanes.MultiplyAdd(TLanes.Load(x + (2 * xStep)), TLanes.Load(y + (2 * yStep)), s2);
            s3 = TLanes.MultiplyAdd(TLanes.Load(x + (3 * xStep)), TLanes.Load(y + (3 * yStep)), s3);
            x += 4 * xStep;
            y += 4 * yStep;
        }

        for (; count > 0; count--)
        {
            s0 = TLanes.MultiplyAdd(TLanes.Load(x), TLanes.Load(y), s0);
            x += xStep;
            y += yStep;
        }

        TLanes.Store(sums, TLanes.Add(TLanes.Add(s0, s1), TLanes.Add(s2, s3)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddFirst(T* x, T* y, int count, T* sums, int channels)
    {
        nint xStep = (nint)_width.SourceStep * _channels;
        nint yStep = _channels;
        var sum = TLanes.LoadFirst(sums, channels);
        for (; count > 0; count--)
        {
            sum = TLanes.MultiplyAdd(TLanes.LoadFirst(x, channels), TLanes.LoadFirst(y, channels), sum);
            x += xStep;
            y += yStep;
        }

        TLanes.StoreFirst(sums, sum, channels);
    }
}
