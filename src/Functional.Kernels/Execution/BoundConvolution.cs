using System.Numerics;
using Functional.Kernels.Convolution;

namespace Functional.Kernels.Execution;

/// <summary>A convolution or one of its gradients on the buffers of a plan.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="kernel">The convolution; it is given back with this object.</param>
/// <param name="left">The input, or upstream for the input's gradient.</param>
/// <param name="right">The kernel, or upstream for the kernel's gradient.</param>
/// <param name="result">Receives the result.</param>
public sealed unsafe class BoundConvolution<T>(
    ConvolutionKernel<T> kernel, BufferOperand left, BufferOperand right, BufferOperand result) : BoundKernel
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ConvolutionKernel<T> _kernel = kernel;
    private T* _left;
    private T* _right;
    private T* _result;

    /// <inheritdoc/>
    public override void Bind(ReadOnlySpan<nint> addresses)
    {
        _left = (T*)left.In(addresses);
        _right = (T*)right.In(addresses);
        _result = (T*)result.In(addresses);
    }

    /// <inheritdoc/>
    public override void Run() => _kernel.Run(_left, _right, _result);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _kernel.Dispose();
        base.Dispose(disposing);
    }
}
