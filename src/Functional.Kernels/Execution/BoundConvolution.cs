using System.Numerics;
using Functional.Kernels.Convolution;

namespace Functional.Kernels.Execution;

/// <summary>A convolution or one of its gradients on the buffers of a plan.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="kernel">The convolution.</param>
/// <param name="left">The input, or upstream for the input's gradient.</param>
/// <param name="right">The kernel, or upstream for the kernel's gradient.</param>
/// <param name="result">Receives the result.</param>
/// <param name="epilogue">What is done to the result; null for nothing. It is given back with this object.</param>
public sealed unsafe class BoundConvolution<T>(
    ConvolutionKernel<T> kernel, BufferOperand left, BufferOperand right, BufferOperand result, BoundLoop? epilogue)
    : BoundKernel
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ConvolutionKernel<T> _kernel = kernel;
    private readonly RowEpilogue? _epilogue =
        epilogue is null ? null : new RowEpilogue(epilogue, epilogue.Groups ?? default, sizeof(T));
    private T* _left;
    private T* _right;
    private T* _result;

    /// <inheritdoc/>
    public override void Bind(ReadOnlySpan<nint> addresses)
    {
        _left = (T*)left.In(addresses);
        _right = (T*)right.In(addresses);
        _result = (T*)result.In(addresses);
        _epilogue?.Bind(addresses);
        _kernel.RowsWritten = _epilogue?.Visitor;
    }

    /// <inheritdoc/>
    public override void Run()
    {
        _kernel.Run(_left, _right, _result);
        _epilogue?.Complete();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _epilogue?.Dispose();

        base.Dispose(disposing);
    }
}
