using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Kernels.Blas.Simd;
using Functional.Kernels.Loops;
using Functional.Kernels.Memory;
using Functional.Kernels.Parallelism;
using Functional.Kernels.Reductions;

namespace Functional.Kernels.Convolution;

/// <summary>The gradient of the kernel of a convolution whose every channel is a group of its own.</summary>
/// <remarks>
/// Vectors lie along the channels; for every line of upstream the taps of a line of the kernel are summed in registers. Lines
/// fall into parts by sizes only, whose sums are added in order.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
internal sealed unsafe class DepthwiseKernelGradient<T, TVector, TLanes> : ConvolutionKernel<T>, IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : struct, IVectorLanes<TVector, T>
{
    // So many places are added up before their sum is added to the sums of others, which are kept as doubles.
    private const int PlacesOfBlock = 512;

    private static readonly delegate*<nint, T*, nint, nint, T*, nint, nint, T*, nint, void>[] _ofOne =
    [
        &DepthwiseGradientTile<T, TVector, TLanes, TileSizes.Of1, TileSizes.Of1>.Run,
        &DepthwiseGradientTile<T, TVector, TLanes, TileSizes.Of2, TileSizes.Of1>.Run,
        &DepthwiseGradientTile<T, TVector, TLanes, TileSizes.Of3, TileSizes.Of1>.Run,
        &DepthwiseGradientTile<T, TVector, TLanes, TileSizes.Of4, TileSizes.Of1>.Run,
        &DepthwiseGradientTile<T, TVector, TLanes, TileSizes.Of5, TileSizes.Of1>.Run,
        &DepthwiseGradientTile<T, TVector, TLanes, TileSizes.Of6, TileSizes.Of1>.Run,
        &DepthwiseGradientTile<T, TVector, TLanes, TileSizes.Of7, TileSizes.Of1>.Run,
    ];

    private static readonly delegate*<nint, T*, nint, nint, T*, nint, nint, T*, nint, void>[] _ofTwo =
    [
        &DepthwiseGradientTile<T, TVector, TLanes, TileSizes.Of1, TileSizes.Of2>.Run,
        &DepthwiseGradientTile<T, TVector, TLanes, TileSizes.Of2, TileSizes.Of2>.Run,
        &DepthwiseGradientTile<T, TVector, TLanes, TileSizes.Of3, TileSizes.Of2>.Run,
        &DepthwiseGradientTile<T, TVector, TLanes, TileSizes.Of4, TileSizes.Of2>.Run,
        &DepthwiseGradientTile<T, TVector, TLanes, TileSizes.Of5, TileSizes.Of2>.Run,
        &DepthwiseGradientTile<T, TVector, TLanes, TileSizes.Of6, TileSizes.Of2>.Run,
        &DepthwiseGradientTile<T, TVector, TLanes, TileSizes.Of7, TileSizes.Of2>.Run,
    ];

    private readonly ConvolutionShape _shape;
    private readonly int _channels;
    private readonly int _padded;
    private readonly AxisTaps _width;
    private readonly (int Start, int Count, int FirstTap, int Taps)[] _stretches;
    private readonly Partition _parts;
    private readonly PartialSums<T> _sums;
    private T* _source;
    private T* _upstream;

    private static int MostTaps => Math.Min(_ofTwo.Length, TLanes.TileRows);

    /// <summary>Plans the parts.</summary>
    public DepthwiseKernelGradient(ConvolutionShape shape)
    {
        _shape = shape;
        _channels = shape.InputChannels;
        _padded = (_channels + TLanes.Count - 1) / TLanes.Count * TLanes.Count;
        _width = AxisTaps.Forward(shape.Width);
        _stretches = StretchesOf(_width);
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
        var size = (nint)_shape.Taps * _padded;
        var totals = Workspace.OfPart.Take<double>(size + (size * sizeof(T) / sizeof(double)) + 1);
        var padded = (T*)(totals + size);
        new Span<double>(totals, checked((int)size)).Clear();
        new Span<T>(padded, checked((int)size)).Clear();
        var linesOfBlock = Math.Max(1, PlacesOfBlock / _shape.Width.Output);
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
                        padded + ((nint)tap * _padded));
                }
            }

            if ((line - _parts.Start(part) + 1) % linesOfBlock == 0)
                WideSums<T>.Move(padded, totals, size);
        }

        WideSums<T>.Move(padded, totals, size);
        WideSums<T>.Round(totals, padded, 1, size);
        Write(padded, _sums.WithoutClearing(part));
    }

    // Neighbouring places whose taps inside of the source are the same ones.
    private static (int Start, int Count, int FirstTap, int Taps)[] StretchesOf(AxisTaps width)
    {
        var stretches = new List<(int Start, int Count, int FirstTap, int Taps)>();
        for (var place = 0; place < width.Count; place++)
        {
            var (first, end) = width.TapsInside(place);
            if (stretches is [.., var last] && (last.FirstTap, last.Taps) == (first, end - first))
                stretches[^1] = last with { Count = last.Count + 1 };
            else
                stretches.Add((place, 1, first, end - first));
        }

        return [.. stretches.Where(stretch => stretch.Taps > 0)];
    }

    private void AddLine(T* source, T* upstream, T* sums)
    {
        nint sourceStep = (nint)_width.SourceStep * _channels;
        nint tapStep = (nint)_shape.Width.Dilation * _channels;
        foreach (var (start, count, firstTap, taps) in _stretches)
        {
            var x = source + ((nint)((start * _width.SourceStep) + _width.Offsets[firstTap]) * _channels);
            var y = upstream + ((nint)start * _channels);
            var target = sums + ((nint)firstTap * _padded);
            if (_channels < TLanes.Count)
                AddNarrow(count, x, sourceStep, taps, tapStep, y, target);
            else
                AddWide(count, x, sourceStep, taps, tapStep, y, target);
        }
    }

    private void AddWide(nint count, T* x, nint sourceStep, int taps, nint tapStep, T* y, T* sums)
    {
        for (var tap = 0; tap < taps; tap += MostTaps)
        {
            var each = Math.Min(MostTaps, taps - tap);
            var source = x + (tap * tapStep);
            for (var channel = 0; channel < _channels; channel += 2 * TLanes.Count)
            {
                // The last vector reaches back over the one before, and has sums of its own.
                var first = Math.Min(channel, _channels - TLanes.Count);
                var second = Math.Min(channel + TLanes.Count, _channels - TLanes.Count) - first;
                var kernel = channel + TLanes.Count < _channels ? _ofTwo[each - 1] : _ofOne[each - 1];
                kernel(
                    count, source + first, sourceStep, tapStep, y + first, _channels, second,
                    sums + ((nint)tap * _padded) + channel, _padded);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddNarrow(nint count, T* x, nint sourceStep, int taps, nint tapStep, T* y, T* sums)
    {
        for (var tap = 0; tap < taps; tap++, sums += _padded, x += tapStep)
        {
            var sum = TLanes.Load(sums);
            for (nint place = 0; place < count; place++)
            {
                sum = TLanes.MultiplyAdd(
                    TLanes.LoadFirst(x + (place * sourceStep), _channels),
                    TLanes.LoadFirst(y + (place * _channels), _channels),
                    sum);
            }

            TLanes.Store(sums, sum);
        }
    }

    // From whole vectors for each tap to the channels that there are.
    private void Write(T* padded, T* sums)
    {
        var last = _padded - TLanes.Count;
        var rest = _channels - last;
        var skipped = _channels < TLanes.Count ? 0 : TLanes.Count - rest;
        for (var tap = 0; tap < _shape.Taps; tap++, padded += _padded, sums += _channels)
        {
            new ReadOnlySpan<T>(padded, last).CopyTo(new Span<T>(sums, last));
            new ReadOnlySpan<T>(padded + last + skipped, rest).CopyTo(new Span<T>(sums + last, rest));
        }
    }
}
