using System.Numerics;
using Functional.Kernels.Blas.Simd;
using Functional.Kernels.Loops;
using Functional.Kernels.Memory;
using Functional.Kernels.Parallelism;

namespace Functional.Kernels.Convolution.Winograd;

/// <summary>A 3x3 convolution or the gradient of its input, with 16 multiplications for four results instead of 36.</summary>
/// <remarks>
/// A block of tiles is transformed, each point of all its tiles times the same point of the kernel is a matrix product, and
/// the products are transformed back, all in the second-level cache. The gradient of the input is the convolution of
/// upstream with the kernel turned around. Each element is the same chain of operations however blocks are dealt out. A
/// source that is infinite makes NaN of the tiles that read it, which hold differences of it.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
internal sealed unsafe class WinogradConvolution<T, TVector, TLanes> : ConvolutionKernel<T>, IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : struct, IVectorLanes<TVector, T>
{
    private const int Taps = 9;
    private const double MultiplicationsOfPart = 400_000;
    private const int MostParts = 64;

    private readonly bool _isForward;
    private readonly WinogradTiling _tiling;
    private readonly SourceTiles<T, TVector, TLanes> _sources;
    private readonly ResultTiles<T, TVector, TLanes> _results;
    private readonly Partition _parts;

    private bool _isTransformingKernel;
    private T* _source;
    private T* _kernel;
    private T* _result;
    private T* _kernelPoints;

    /// <summary>Plans the blocks.</summary>
    public WinogradConvolution(ConvolutionShape shape, bool isForward)
    {
        _isForward = isForward;
        _tiling = isForward
            ? new WinogradTiling(
                shape.Batch, shape.Height, shape.Width, shape.InputChannels, shape.OutputChannels, sizeof(T))
            : new WinogradTiling(
                shape.Batch,
                TurnedAround(shape.Height),
                TurnedAround(shape.Width),
                shape.OutputChannels,
                shape.InputChannels,
                sizeof(T));
        _sources = new SourceTiles<T, TVector, TLanes>(_tiling);
        _results = new ResultTiles<T, TVector, TLanes>(_tiling);
        var work = (double)PointLength * WinogradTiling.Points * _tiling.Tiles;
        _parts = Partition.IntoParts(_tiling.Blocks, (int)Math.Clamp(work / MultiplicationsOfPart, 1, MostParts));

        var groups = new RowGroups(shape.Batch, _tiling.Results, ResultChannels, _tiling.ResultsOfBlock);
        Groups = groups.AreWorthVisiting(sizeof(T)) ? groups : null;
    }

    /// <inheritdoc/>
    public override RowGroups? Groups { get; }

    private static int PanelWidth => PanelTiles<T, TVector, TLanes>.PanelWidth;

    private int SourceChannels => _tiling.SourceChannels;

    private int ResultChannels => _tiling.ResultChannels;

    private int Panels => PanelTiles<T, TVector, TLanes>.CountOf(ResultChannels);

    // Elements from one point of the kernel to the next.
    private nint PointLength => (nint)SourceChannels * ResultChannels;

    /// <inheritdoc/>
    public override void Run(T* left, T* right, T* result)
    {
        _source = left;
        _kernel = right;
        _result = result;
        _kernelPoints = Workspace.OfRun.Take<T>(WinogradTiling.Points * PointLength);
        _isTransformingKernel = true;
        ThreadTeam.Run(Panels, this);
        _isTransformingKernel = false;
        ThreadTeam.Run(_parts.Parts, this);
    }

    /// <inheritdoc/>
    public void Run(int part)
    {
        if (_isTransformingKernel)
        {
            TransformKernel(part);
            return;
        }

        var points = new BlockPoints<T>(_tiling, PanelTiles<T, TVector, TLanes>.ScratchLength);
        for (var block = _parts.Start(part); block < _parts.End(part); block++)
        {
            var (start, end) = _tiling.Block(block);
            _sources.Transform(_source, start, end, points);
            Multiply((nint)(end - start) * _tiling.Columns, points);
            _results.Write(points, start, end, _result);
            Report(start, end);
        }
    }

    // What is a window's element for the result is one, in the opposite order, of windows over the gradient of the result.
    private static WindowAxis TurnedAround(WindowAxis axis) =>
        axis with { Input = axis.Output, Output = axis.Input, Low = axis.Size - 1 - axis.Low };

    private int WidthOf(int panel) => PanelTiles<T, TVector, TLanes>.WidthOf(panel, ResultChannels);

    private T* KernelPanel(int panel) => _kernelPoints + ((nint)panel * PanelWidth * SourceChannels);

    // A panel holds some columns of all channels of the source, point after point.
    private void TransformKernel(int panel)
    {
        nint width = WidthOf(panel);
        var points = KernelPanel(panel);
        if (_isForward)
        {
            TransformKernel(_kernel + (panel * PanelWidth), PointLength, ResultChannels, width, points);
            return;
        }

        // The last tap of the kernel is the first one when it is turned around, and its rows are columns.
        var turned = Workspace.OfPart.Take<T>(Taps * SourceChannels * width);
        var tap = SourceChannels * width;
        for (var index = 0; index < Taps; index++)
        {
            var rows = _kernel + (index * PointLength) + ((nint)panel * PanelWidth * SourceChannels);
            Transposition.Run(rows, SourceChannels, width, SourceChannels, turned + ((Taps - 1 - index) * tap), width);
        }

        TransformKernel(turned, tap, width, width, points);
    }

    private void TransformKernel(T* kernel, nint tap, nint row, nint width, T* points)
    {
        for (var channel = 0; channel < SourceChannels; channel++)
        {
            WinogradTransform<T, TVector, TLanes>.OfKernel(kernel, tap, width, points, PointLength);
            kernel += row;
            points += width;
        }
    }

    private void Multiply(nint tiles, in BlockPoints<T> points)
    {
        for (var point = 0; point < WinogradTiling.Points; point++)
        {
            for (var panel = 0; panel < Panels; panel++)
            {
                var width = WidthOf(panel);
                PanelTiles<T, TVector, TLanes>.Multiply(
                    tiles,
                    SourceChannels,
                    points.Sources + (point * points.SourcePlane),
                    SourceChannels,
                    1,
                    KernelPanel(panel) + (point * PointLength),
                    width,
                    width,
                    points.Results + (point * points.ResultPlane) + (panel * PanelWidth),
                    ResultChannels,
                    T.Zero,
                    points.Scratch);
            }
        }
    }

    private void Report(long start, long end)
    {
        while (start < end && RowsWritten is not null)
        {
            var (image, line) = Math.DivRem(start, _tiling.Lines);
            var lines = Math.Min(end - start, _tiling.Lines - line);
            RowsWritten.RowsWritten((int)image, _tiling.ResultsAbove(line), _tiling.ResultsAbove(line + lines));
            start += lines;
        }
    }
}
