using System.Numerics;
using System.Runtime.Intrinsics;
using Functional.Kernels.Blas.Simd;
using Functional.Kernels.Convolution.Winograd;

namespace Functional.Kernels.Convolution;

/// <summary>Which kernel computes a convolution.</summary>
public static class ConvolutionKernels
{
    /// <summary>The fastest way to compute one of the three products on this machine.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="shape">The sizes.</param>
    /// <param name="direction">Which one.</param>
    public static ConvolutionKernel<T> Create<T>(ConvolutionShape shape, ConvolutionDirection direction)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Create<T>(shape, direction, SimdMatrixProduct.WidestOfMachine);

    /// <summary>The fastest way to compute one of the three products with vectors of one width.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="shape">The sizes.</param>
    /// <param name="direction">Which one.</param>
    /// <param name="vectors">The width of vectors; every width runs on every machine.</param>
    public static ConvolutionKernel<T> Create<T>(
        ConvolutionShape shape, ConvolutionDirection direction, VectorWidth vectors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => vectors switch
        {
            VectorWidth.Bits512 => Create<T, Vector512<T>, Lanes512<T>>(shape, direction),
            VectorWidth.Bits256 => Create<T, Vector256<T>, Lanes256<T>>(shape, direction),
            _ => Create<T, Vector128<T>, Lanes128<T>>(shape, direction),
        };

    private static unsafe ConvolutionKernel<T> Create<T, TVector, TLanes>(
        ConvolutionShape shape, ConvolutionDirection direction)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : unmanaged
        where TLanes : struct, IVectorLanes<TVector, T>
    {
        if (WinogradRule.Applies(shape, direction, sizeof(T)))
        {
            return direction == ConvolutionDirection.KernelGradient
                ? new WinogradKernelGradient<T, TVector, TLanes>(shape)
                : new WinogradConvolution<T, TVector, TLanes>(shape, direction == ConvolutionDirection.Forward);
        }

        // A product of one column is no work for matrix products.
        var isDepthwise = shape.GroupInputs == 1 && shape.GroupOutputs == 1;
        return (direction, isDepthwise) switch
        {
            (ConvolutionDirection.KernelGradient, true) => new DepthwiseKernelGradient<T, TVector, TLanes>(shape),
            (ConvolutionDirection.KernelGradient, false) =>
                shape.GroupInputs <= FewChannelsKernelGradient<T, TVector, TLanes>.MostChannels
                    ? new FewChannelsKernelGradient<T, TVector, TLanes>(shape)
                    : new KernelGradientProduct<T, TVector, TLanes>(shape),
            (_, true) =>
                new DepthwiseConvolution<T, TVector, TLanes>(shape, direction == ConvolutionDirection.Forward),
            (_, false) =>
                new GatheredConvolution<T, TVector, TLanes>(shape, direction == ConvolutionDirection.Forward),
        };
    }
}
