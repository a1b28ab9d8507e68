using System.Numerics;
using Functional.Kernels.Blas.Simd;
using Functional.Kernels.Parallelism;
using Functional.Kernels.Reductions;

namespace Functional.Kernels.Convolution.Winograd;

/// <summary>The gradient of the kernel of a 3x3 convolution, with 16 multiplications for four results instead of 36.</summary>
/// <remarks>
/// The points of sources times those of upstream, summed over all tiles, are a matrix product for each of the 16 points; the
/// sums are transformed to the nine taps. Parts are some of the blocks, by sizes only, whose sums are added in order.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
internal sealed unsafe class WinogradKernelGradient<T, TVector, TLanes> : ConvolutionKernel<T>, IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : struct, IVectorLanes<TVector, T>
{
    private const int MostParts = 16;
    private const int ElementsOfTransform = 4096;

    private readonly WinogradTiling _tiling;
    private readonly SourceTiles<T, TVector, TLanes> _sources;
    private readonly ResultTiles<T, TVector, TLanes> _results;
    private readonly Partition _parts;
    private readonly PartialSums<T> _sums;
    private readonly Partition _ofResult;

    private bool _isTransformingSums;
    private T* _source;
    private T* _upstream;
    private T* _points;
    private T* _result;

    /// <summary>Plans the parts.</summary>
    public WinogradKernelGradient(ConvolutionShape shape)
    {
        _tiling = new WinogradTiling(
            shape.Batch, shape.Height, shape.Width, shape.InputChannels, shape.OutputChannels, sizeof(T));
        _sources = new SourceTiles<T, TVector, TLanes>(_tiling);
        _results = new ResultTiles<T, TVector, TLanes>(_tiling);

        var size = WinogradTiling.Points * PointLength;
        var parts = PartialSums<T>.PartsFor(size, (double)size * _tiling.Tiles);
        _parts = Partition.IntoParts(_tiling.Blocks, Math.Min(MostParts, parts));
        _sums = new PartialSums<T>(_parts.Parts, size);
        _ofResult = Partition.BySize(PointLength, ElementsOfTransform, TLanes.Count);
    }

    // Elements from one point of the sums to the next, and from one tap of the gradient to the next.
    private nint PointLength => (nint)_tiling.SourceChannels * _tiling.ResultChannels;

    /// <inheritdoc/>
    public override void Run(T* left, T* right, T* result)
    {
        _source = left;
        _upstream = right;
        _result = result;
        _points = _sums.Collect(this);
        _isTransformingSums = true;
        ThreadTeam.Run(_ofResult.Parts, this);
        _isTransformingSums = false;
    }

    /// <inheritdoc/>
    public void Run(int part)
    {
        if (_isTransformingSums)
        {
            var first = (nint)_ofResult.Start(part);
            var length = (nint)_ofResult.End(part) - first;
            WinogradTransform<T, TVector, TLanes>.KernelGradient(
                _points + first, PointLength, length, _result + first, PointLength);
            return;
        }

        var points = new BlockPoints<T>(_tiling, PanelTiles<T, TVector, TLanes>.ScratchLength);
        var sums = _sums.WithoutClearing(part);
        for (var block = _parts.Start(part); block < _parts.End(part); block++)
        {
            var (start, end) = _tiling.Block(block);
            _sources.Transform(_source, start, end, points);
            _results.Transform(_upstream, start, end, points);
            var beta = block == _parts.Start(part) ? T.Zero : T.One;
            Multiply((nint)(end - start) * _tiling.Columns, points, sums, beta);
        }
    }

    private void Multiply(nint tiles, in BlockPoints<T> points, T* sums, T beta)
    {
        for (var point = 0; point < WinogradTiling.Points; point++)
        {
            for (var panel = 0; panel < PanelTiles<T, TVector, TLanes>.CountOf(_tiling.ResultChannels); panel++)
            {
                var column = panel * PanelTiles<T, TVector, TLanes>.PanelWidth;
                PanelTiles<T, TVector, TLanes>.Multiply(
                    _tiling.SourceChannels,
                    tiles,
                    points.Sources + (point * points.SourcePlane),
                    1,
                    _tiling.SourceChannels,
                    points.Results + (point * points.ResultPlane) + column,
                    _tiling.ResultChannels,
                    PanelTiles<T, TVector, TLanes>.WidthOf(panel, _tiling.ResultChannels),
                    sums + (point * PointLength) + column,
                    _tiling.ResultChannels,
                    beta,
                    points.Scratch);
            }
        }
    }
}
