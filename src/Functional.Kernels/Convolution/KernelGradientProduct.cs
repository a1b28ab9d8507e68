using System.Numerics;
using Functional.Kernels.Blas.Simd;
using Functional.Kernels.Memory;
using Functional.Kernels.Parallelism;
using Functional.Kernels.Reductions;

namespace Functional.Kernels.Convolution;

/// <summary>The gradient of a convolution's kernel, summed over lists of places.</summary>
/// <remarks>
/// For each tap, the input's channels times upstream's, summed over all results whose source for the tap exists. A list
/// says where both lie, so that the input is never copied and padding costs nothing. Taps that are neighbours in a line
/// and exist for the same results are one run of rows, which fill tiles better than each tap's. Parts follow from sizes
/// only: some of the places, whose sums are added in order, times some of the runs and panels of channels, which share
/// nothing.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
internal sealed unsafe class KernelGradientProduct<T, TVector, TLanes> : ConvolutionKernel<T>, IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : struct, IVectorLanes<TVector, T>
{
    // A panel of so many places and the strip of the input that meets it stay in the first-level cache.
    private const int PlacesOfBlock = 192;

    // Sums of a part are written, read and added: so many places make little of that.
    private const long PlacesOfSums = 2_048;
    private const int PartsForThreads = 16;

    private readonly ConvolutionShape _shape;
    private readonly AxisTaps _width;
    private readonly bool _isPadded;
    private readonly int _tapsOfRun;
    private readonly UpstreamPanels<T, TVector, TLanes> _panels;
    private readonly TileStrip[] _strips;
    private readonly Partition _places;
    private readonly Partition _units;
    private readonly PartialSums<T> _sums;
    private T* _source;
    private T* _upstream;

    /// <summary>Plans the parts.</summary>
    public KernelGradientProduct(ConvolutionShape shape)
    {
        _shape = shape;
        _width = AxisTaps.Forward(shape.Width);
        _isPadded = shape.Depth.IsPadded || shape.Height.IsPadded || shape.Width.IsPadded;
        _tapsOfRun = shape.Groups == 1 && shape.Width.Dilation == 1 && !shape.Width.IsPadded ? shape.Width.Size : 1;
        _panels = new UpstreamPanels<T, TVector, TLanes>(shape);
        _strips =
        [
            .. from @group in Enumerable.Range(0, shape.Groups)
               from strip in TileStrip.Divide(0, _tapsOfRun * shape.GroupInputs, @group * shape.GroupInputs, TLanes.TileRows)
               select strip,
        ];

        var places = (long)shape.Batch * shape.OutputPositions;
        var size = (long)shape.Taps * shape.GroupInputs * shape.OutputChannels;
        var wanted = PartialSums<T>.PartsFor(size, (double)places * size);
        _places = Partition.IntoParts(places, (int)Math.Clamp(places / PlacesOfSums, 1, wanted));

        var others = Math.Min(PartsForThreads, PartialSums<T>.PartsOf((double)places * size));
        _units = Partition.IntoParts(shape.Taps / _tapsOfRun * _panels.Count, (others + _places.Parts - 1) / _places.Parts);
        _sums = new PartialSums<T>(_places.Parts, size);
    }

    /// <inheritdoc/>
    public override void Run(T* left, T* right, T* result)
    {
        _source = left;
        _upstream = right;
        _sums.Collect(this, _places.Parts * _units.Parts, result);
    }

    /// <inheritdoc/>
    public void Run(int part)
    {
        var (ofPlaces, ofUnits) = Math.DivRem(part, _units.Parts);
        var sums = _sums.WithoutClearing(ofPlaces);
        Clear(ofUnits, sums);

        var panels = _panels.Length(PlacesOfBlock);
        var length = panels + PlaceTiles<T, TVector, TLanes>.ScratchLength;
        var list = Workspace.OfPart.Take<PlacePair<T>>(
            PlacesOfBlock + PlacePair<T>.Ahead + (length * sizeof(T) / sizeof(PlacePair<T>)) + 1);
        var packed = (T*)(list + PlacesOfBlock + PlacePair<T>.Ahead);
        var first = _places.Start(ofPlaces);
        var blocks = Partition.BySize(_places.End(ofPlaces) - first, PlacesOfBlock);
        for (var block = 0; block < blocks.Parts; block++)
            Add(first + blocks.Start(block), first + blocks.End(block), ofUnits, list, packed, packed + panels, sums);
    }

    private T* RowsOf(int run, T* sums) => sums + ((nint)run * _tapsOfRun * _shape.GroupInputs * _shape.OutputChannels);

    private void Clear(int part, T* sums)
    {
        for (var unit = _units.Start(part); unit < _units.End(part); unit++)
        {
            var (run, panel) = Math.DivRem((int)unit, _panels.Count);
            for (nint row = 0; row < _tapsOfRun * _shape.GroupInputs; row++)
            {
                for (var group = 0; group < _shape.Groups; group++)
                {
                    var start = RowsOf(run, sums) + (row * _shape.OutputChannels) + _panels.ColumnOf(group, panel);
                    new Span<T>(start, _panels.WidthOf(panel)).Clear();
                }
            }
        }
    }

    private void Add(long start, long end, int part, PlacePair<T>* list, T* packed, T* scratch, T* sums)
    {
        var upstream = _upstream + (start * _shape.OutputChannels);
        if (!_panels.AreInPlace)
        {
            Pack(upstream, (nint)(end - start), part, packed);
            upstream = packed;
        }

        var runOfList = -1;
        nint count = 0;
        for (var unit = _units.Start(part); unit < _units.End(part); unit++)
        {
            var (run, panel) = Math.DivRem((int)unit, _panels.Count);
            var (height, width) = Math.DivRem(run * _tapsOfRun, _shape.Width.Size);
            (var depth, height) = Math.DivRem(height, _shape.Height.Size);
            if (runOfList < 0 || (_isPadded && run != runOfList))
                count = List(start, end, depth, height, width, upstream, list);
            runOfList = run;
            if (count > 0)
                Add(count, list, OffsetOf(depth, height, width), panel, scratch, RowsOf(run, sums));
        }
    }

    // Elements from where a window begins to one of its taps.
    private nint OffsetOf(int depth, int height, int width)
    {
        var lines = ((long)depth * _shape.Depth.Dilation * _shape.Height.Input) + (height * _shape.Height.Dilation);
        return (nint)((lines * _shape.Width.Input) + (width * _shape.Width.Dilation)) * _shape.InputChannels;
    }

    private void Add(nint count, PlacePair<T>* list, nint tap, int panel, T* scratch, T* rows)
    {
        var ofGroup = _strips.Length / _shape.Groups;
        for (var group = 0; group < _shape.Groups; group++)
        {
            var panelStart = _panels.Offset(group, panel, PlacesOfBlock);
            foreach (ref readonly var strip in _strips.AsSpan(group * ofGroup, ofGroup))
            {
                var ofTap = strip with { Offset = strip.Offset + tap };
                PlaceTiles<T, TVector, TLanes>.Add(
                    count, list, ofTap, panelStart, _panels.WidthOf(panel), rows + _panels.ColumnOf(group, panel), _shape.OutputChannels, scratch);
            }
        }
    }

    // Only panels that the part reads.
    private void Pack(T* upstream, nint count, int part, T* packed)
    {
        var (first, units) = (_units.Start(part), _units.End(part) - _units.Start(part));
        for (var panel = 0; panel < _panels.Count; panel++)
        {
            var unitsBefore = (panel - (first % _panels.Count) + _panels.Count) % _panels.Count;
            for (var group = 0; group < _shape.Groups && unitsBefore < units; group++)
                _panels.Pack(upstream, count, group, panel, packed + _panels.Offset(group, panel, PlacesOfBlock));
        }
    }

    // The places of a tap among neighbouring results, which may lie in several lines and images: where windows begin, also
    // outside of the input.
    private nint List(long start, long end, int ofDepth, int ofHeight, int ofWidth, T* upstream, PlacePair<T>* list)
    {
        var (firstInside, endInside) = (_width.FirstInside(ofWidth), _width.EndInside(ofWidth));
        nint sourceStep = (nint)_shape.Width.Stride * _shape.InputChannels;
        var upstreamStep = _panels.Step;
        var next = list;
        var (line, place) = Math.DivRem(start, _shape.Width.Output);
        while (start < end)
        {
            var count = Math.Min(_shape.Width.Output - place, end - start);
            (var above, var height) = Math.DivRem(line, _shape.Height.Output);
            (var image, var depth) = Math.DivRem(above, _shape.Depth.Output);
            var plane = _shape.Depth.Place((int)depth, ofDepth);
            var row = _shape.Height.Place((int)height, ofHeight);
            if ((uint)plane < (uint)_shape.Depth.Input && (uint)row < (uint)_shape.Height.Input)
            {
                var first = Math.Max(place, firstInside);
                var last = Math.Min(place + count, endInside);
                var lines = (((image * _shape.Depth.Input) + _shape.Depth.Place((int)depth, 0)) * _shape.Height.Input)
                    + _shape.Height.Place((int)height, 0);
                var source = _source
                    + (((lines * _shape.Width.Input) + _shape.Width.Place((int)first, 0)) * _shape.InputChannels);
                var value = upstream + ((nint)(first - place) * upstreamStep);
                for (; first < last; first++)
                {
                    *next++ = new PlacePair<T>(source, value);
                    source += sourceStep;
                    value += upstreamStep;
                }
            }

            upstream += (nint)count * upstreamStep;
            start += count;
            place = 0;
            line++;
        }

        if (next > list)
            PlacePair<T>.Extend(next);
        return (nint)(next - list);
    }
}
