using System.Numerics;

namespace Functional.Kernels.Convolution;

/// <summary>Which kernel computes a convolution.</summary>
public static class ConvolutionKernels
{
    /// <summary>The fastest way to compute one of the three products.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="shape">The sizes.</param>
    /// <param name="direction">Which one.</param>
    public static ConvolutionKernel<T> Create<T>(ConvolutionShape shape, ConvolutionDirection direction)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new DirectConvolution<T>(shape, direction);
}
