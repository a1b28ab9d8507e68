using System.Numerics;
using Functional.Kernels.Convolution;
using Functional.Kernels.Memory;
using Functional.Kernels.Parallelism;

namespace Functional.Kernels.Pooling;

/// <summary>A pool over (batch, space.., channels) or one of its gradients, cut in independent parts.</summary>
/// <remarks>
/// Vectors lie along the channels. Pools that read windows are cut by batch, depth and row of windows; those that write
/// into windows, which may overlap, by image, and go through windows in order.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed unsafe class Pool<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int ElementsOfPart = 1 << 15;
    private const int MostParts = 64;

    private readonly PoolShape _shape;
    private readonly PoolFunction _function;
    private readonly Partition _parts;

    // Where the places of a window without padding lie, from its first one.
    private readonly nint[] _wholeWindow;
    private readonly bool _overlap;
    private readonly bool _tile;

    /// <summary>Makes a pool ready to run.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="function">What becomes of windows.</param>
    public Pool(PoolShape shape, PoolFunction function)
    {
        _shape = shape;
        _function = function;
        _wholeWindow = new nint[shape.Depth.Size * shape.Height.Size * shape.Width.Size];
        List(0, shape.Depth.Size, 0, shape.Height.Size, 0, shape.Width.Size, _wholeWindow);
        WindowAxis[] axes = [shape.Depth, shape.Height, shape.Width];
        _overlap = axes.Any(axis => axis.Size > axis.Stride && axis.Output > 1);
        _tile = axes.All(axis => axis.Low == 0 && axis.Output * axis.Size == axis.Input && (axis.Size == axis.Stride || axis.Output == 1));
        long rows = (long)shape.Batch * (Scatters ? 1 : shape.Depth.Output * shape.Height.Output);
        var work = (double)shape.Batch * shape.Channels * shape.Depth.Output * shape.Height.Output * shape.Width.Output
            * shape.Depth.Size * shape.Height.Size * shape.Width.Size;
        _parts = Partition.IntoParts(rows, (int)Math.Clamp(work / ElementsOfPart, 1, MostParts));
    }

    /// <summary>The number of independent parts; it depends on sizes only.</summary>
    public int Parts => _parts.Parts;

    private bool Scatters => _function is PoolFunction.SumGradient or PoolFunction.SelectAndScatter;

    private int Windows => _shape.Depth.Output * _shape.Height.Output * _shape.Width.Output;

    private int Positions => _shape.Depth.Input * _shape.Height.Input * _shape.Width.Input;

    /// <summary>Runs one part.</summary>
    /// <param name="part">The number of the part, from 0.</param>
    /// <param name="first">The input; windows' values for SumGradient.</param>
    /// <param name="second">Values of windows for SelectAndScatter, others shaped as the input for SelectAndGather.</param>
    /// <param name="result">Receives the result; it overlaps neither.</param>
    public void Run(int part, T* first, T* second, T* result)
    {
        if (Scatters)
        {
            for (var image = _parts.Start(part); image < _parts.End(part); image++)
                RunImage(image, first, second, result);
            return;
        }

        long rowsOfImage = (long)_shape.Depth.Output * _shape.Height.Output;
        for (var row = _parts.Start(part); row < _parts.End(part); row++)
        {
            var (image, inside) = Math.DivRem(row, rowsOfImage);
            RunRow(image, (int)inside, first, second, result);
        }
    }

    private void RunImage(long image, T* first, T* second, T* result)
    {
        // Windows that cover the image once write every place of it.
        if (!_tile)
            new Span<T>(result + (image * Positions * _shape.Channels), checked(Positions * _shape.Channels)).Clear();
        for (var row = 0; row < _shape.Depth.Output * _shape.Height.Output; row++)
            RunRow(image, row, first, second, result);
    }

    private void RunRow(long image, int row, T* first, T* second, T* result)
    {
        var (depth, height) = Math.DivRem(row, _shape.Height.Output);
        var ofImage = image * Positions * _shape.Channels;
        var ofWindow = ((image * Windows) + ((long)row * _shape.Width.Output)) * _shape.Channels;
        var clipped = new Span<nint>(Workspace.OfPart.Take<nint>(_wholeWindow.Length), _wholeWindow.Length);
        for (var width = 0; width < _shape.Width.Output; width++)
        {
            var window = new PoolWindow(_shape, depth, height, width);
            if (window.Count == _wholeWindow.Length)
            {
                var start = PoolWindow.Offset(_shape, window.DepthStart, window.HeightStart, window.WidthStart);
                Run(_wholeWindow, ofImage + start, ofWindow, first, second, result);
            }
            else
            {
                var count = List(
                    window.DepthStart, window.DepthEnd, window.HeightStart, window.HeightEnd, window.WidthStart, window.WidthEnd, clipped);
                Run(clipped[..count], ofImage, ofWindow, first, second, result);
            }

            ofWindow += _shape.Channels;
        }
    }

    // Of what is shaped as the input and of what is shaped as windows, the part of this window.
    private void Run(ReadOnlySpan<nint> window, long ofImage, long ofWindow, T* first, T* second, T* result)
    {
        var channels = _shape.Channels;
        switch (_function)
        {
            case PoolFunction.Sum:
                WindowVectors<T>.Sum(first + ofImage, window, result + ofWindow, channels);
                break;
            case PoolFunction.SumGradient:
                WindowVectors<T>.Spread(first + ofWindow, window, result + ofImage, channels, _overlap);
                break;
            case PoolFunction.Maximum:
                WindowVectors<T>.Maximum(first + ofImage, window, result + ofWindow, channels);
                break;
            case PoolFunction.SelectAndScatter:
                WindowVectors<T>.Scatter(first + ofImage, window, second + ofWindow, result + ofImage, channels, _overlap);
                break;
            default:
                WindowVectors<T>.Gather(first + ofImage, window, second + ofImage, result + ofWindow, channels);
                break;
        }
    }

    private int List(
        int depthStart, int depthEnd, int heightStart, int heightEnd, int widthStart, int widthEnd, Span<nint> places)
    {
        var count = 0;
        for (var depth = depthStart; depth < depthEnd; depth++)
        {
            for (var height = heightStart; height < heightEnd; height++)
            {
                for (var width = widthStart; width < widthEnd; width++)
                    places[count++] = PoolWindow.Offset(_shape, depth, height, width);
            }
        }

        return count;
    }
}
