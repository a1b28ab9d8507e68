using System.Numerics;

namespace Functional.Kernels.Convolution;

/// <summary>A convolution made ready to run, with its scratch memory. An instance serves one run at a time.</summary>
/// <typeparam name="T">float or double.</typeparam>
public abstract unsafe class ConvolutionKernel<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Runs on the thread team.</summary>
    /// <param name="left">The input, or upstream for the input's gradient.</param>
    /// <param name="right">The kernel, or upstream for the kernel's gradient.</param>
    /// <param name="result">Receives the third; it overlaps neither.</param>
    public abstract void Run(T* left, T* right, T* result);

    /// <summary>Gives scratch memory back.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives scratch memory back.</summary>
    /// <param name="disposing">Whether the caller asked for it, as opposed to the garbage collector.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
