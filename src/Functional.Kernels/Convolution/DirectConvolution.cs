using System.Numerics;

namespace Functional.Kernels.Convolution;

/// <summary>Product by product, in one loop: correct for everything, fast for nothing.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="shape">The sizes.</param>
/// <param name="direction">Which of the three products is computed.</param>
internal sealed unsafe class DirectConvolution<T>(ConvolutionShape shape, ConvolutionDirection direction)
    : ConvolutionKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override void Run(T* left, T* right, T* result)
    {
        long size = direction switch
        {
            ConvolutionDirection.Forward => (long)shape.Batch * shape.OutputPositions * shape.OutputChannels,
            ConvolutionDirection.InputGradient => (long)shape.Batch * shape.InputPositions * shape.InputChannels,
            _ => (long)shape.Taps * shape.GroupInputs * shape.OutputChannels,
        };
        new Span<T>(result, checked((int)size)).Clear();
        for (var batch = 0; batch < shape.Batch; batch++)
        {
            for (var output = 0; output < shape.OutputPositions; output++)
            {
                for (var tap = 0; tap < shape.Taps; tap++)
                    Multiply(batch, output, tap, left, right, result);
            }
        }
    }

    private void Multiply(int batch, int output, int tap, T* left, T* right, T* result)
    {
        var depth = shape.Depth.Place(
            output / (shape.Height.Output * shape.Width.Output), tap / (shape.Height.Size * shape.Width.Size));
        var height = shape.Height.Place(
            output / shape.Width.Output % shape.Height.Output, tap / shape.Width.Size % shape.Height.Size);
        var width = shape.Width.Place(output % shape.Width.Output, tap % shape.Width.Size);
        if ((uint)depth >= (uint)shape.Depth.Input || (uint)height >= (uint)shape.Height.Input
            || (uint)width >= (uint)shape.Width.Input)
        {
            return;
        }

        var place = ((depth * shape.Height.Input) + height) * shape.Width.Input + width;
        var input = (((long)batch * shape.InputPositions) + place) * shape.InputChannels;
        var upstream = (((long)batch * shape.OutputPositions) + output) * shape.OutputChannels;
        for (var filter = 0; filter < shape.OutputChannels; filter++)
        {
            var group = filter / shape.GroupOutputs;
            for (var channel = 0; channel < shape.GroupInputs; channel++)
            {
                var x = input + (group * shape.GroupInputs) + channel;
                var k = ((((long)tap * shape.GroupInputs) + channel) * shape.OutputChannels) + filter;
                var y = upstream + filter;
                switch (direction)
                {
                    case ConvolutionDirection.Forward:
                        result[y] += left[x] * right[k];
                        break;
                    case ConvolutionDirection.InputGradient:
                        result[x] += left[y] * right[k];
                        break;
                    default:
                        result[k] += left[x] * right[y];
                        break;
                }
            }
        }
    }
}
