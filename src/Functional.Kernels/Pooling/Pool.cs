using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Kernels.Parallelism;

namespace Functional.Kernels.Pooling;

/// <summary>A pool over (batch, space.., channels) or one of its gradients, cut in independent parts.</summary>
/// <remarks>
/// Vectors lie along the channels. Pools that read windows are cut by batch, depth and row of windows; those that write
/// into windows, which may overlap, by image and by blocks of channels, and go through windows in order.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed unsafe class Pool<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int ElementsOfPart = 1 << 15;
    private const int MostParts = 64;

    // Positions of first maxima are found for so many channels at a time, in memory of the stack.
    private const int ChannelsOfBlock = 64;

    private readonly PoolShape _shape;
    private readonly PoolFunction _function;
    private readonly Partition _parts;

    /// <summary>Makes a pool ready to run.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="function">What becomes of windows.</param>
    public Pool(PoolShape shape, PoolFunction function)
    {
        _shape = shape;
        _function = function;
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
        new Span<T>(result + (image * Positions * _shape.Channels), checked(Positions * _shape.Channels)).Clear();
        for (var row = 0; row < _shape.Depth.Output * _shape.Height.Output; row++)
            RunRow(image, row, first, second, result);
    }

    private void RunRow(long image, int row, T* first, T* second, T* result)
    {
        var (depth, height) = Math.DivRem(row, _shape.Height.Output);
        var ofImage = image * Positions * _shape.Channels;
        var ofWindow = ((image * Windows) + ((long)row * _shape.Width.Output)) * _shape.Channels;
        for (var width = 0; width < _shape.Width.Output; width++)
        {
            var window = new PoolWindow(_shape, depth, height, width);
            switch (_function)
            {
                case PoolFunction.Sum:
                    Sum(window, first + ofImage, result + ofWindow);
                    break;
                case PoolFunction.SumGradient:
                    Spread(window, first + ofWindow, result + ofImage);
                    break;
                case PoolFunction.Maximum:
                    Maximum(window, first + ofImage, result + ofWindow);
                    break;
                case PoolFunction.SelectAndScatter:
                    Select(window, first + ofImage, second + ofWindow, result + ofImage, scatters: true);
                    break;
                default:
                    Select(window, first + ofImage, second + ofImage, result + ofWindow, scatters: false);
                    break;
            }

            ofWindow += _shape.Channels;
        }
    }

    private void Sum(in PoolWindow window, T* image, T* target)
    {
        new Span<T>(target, _shape.Channels).Clear();
        for (var depth = window.DepthStart; depth < window.DepthEnd; depth++)
        {
            for (var height = window.HeightStart; height < window.HeightEnd; height++)
            {
                for (var width = window.WidthStart; width < window.WidthEnd; width++)
                    PoolVectors.Add(image + PoolWindow.Offset(_shape, depth, height, width), target, _shape.Channels);
            }
        }
    }

    private void Spread(in PoolWindow window, T* value, T* image)
    {
        for (var depth = window.DepthStart; depth < window.DepthEnd; depth++)
        {
            for (var height = window.HeightStart; height < window.HeightEnd; height++)
            {
                for (var width = window.WidthStart; width < window.WidthEnd; width++)
                    PoolVectors.Add(value, image + PoolWindow.Offset(_shape, depth, height, width), _shape.Channels);
            }
        }
    }

    private void Maximum(in PoolWindow window, T* image, T* target)
    {
        new Span<T>(target, _shape.Channels).Fill(T.NegativeInfinity);
        for (var depth = window.DepthStart; depth < window.DepthEnd; depth++)
        {
            for (var height = window.HeightStart; height < window.HeightEnd; height++)
            {
                for (var width = window.WidthStart; width < window.WidthEnd; width++)
                    PoolVectors.Maximum(image + PoolWindow.Offset(_shape, depth, height, width), target, _shape.Channels);
            }
        }
    }

    [SkipLocalsInit]
    private void Select(in PoolWindow window, T* image, T* others, T* target, bool scatters)
    {
        var greatest = stackalloc T[ChannelsOfBlock];
        var places = stackalloc nint[ChannelsOfBlock];
        for (var start = 0; start < _shape.Channels; start += ChannelsOfBlock)
        {
            var channels = Math.Min(ChannelsOfBlock, _shape.Channels - start);
            FindFirst(window, image + start, channels, greatest, places);
            for (var channel = 0; channel < channels; channel++)
            {
                var place = places[channel];
                if (scatters && place >= 0)
                    target[place + start + channel] += others[start + channel];
                else if (!scatters)
                    target[start + channel] = place >= 0 ? others[place + start + channel] : T.Zero;
            }
        }
    }

    private void FindFirst(in PoolWindow window, T* image, int channels, T* greatest, nint* places)
    {
        new Span<nint>(places, channels).Fill(-1);
        for (var depth = window.DepthStart; depth < window.DepthEnd; depth++)
        {
            for (var height = window.HeightStart; height < window.HeightEnd; height++)
            {
                for (var width = window.WidthStart; width < window.WidthEnd; width++)
                {
                    var place = PoolWindow.Offset(_shape, depth, height, width);
                    var values = image + place;
                    for (var channel = 0; channel < channels; channel++)
                    {
                        var value = values[channel];
                        var isFirst = places[channel] < 0;
                        if (isFirst || value > greatest[channel] || (T.IsNaN(value) && !T.IsNaN(greatest[channel])))
                        {
                            greatest[channel] = value;
                            places[channel] = place;
                        }
                    }
                }
            }
        }
    }
}
