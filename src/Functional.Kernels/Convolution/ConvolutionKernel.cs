using System.Numerics;
using Functional.Kernels.Blas;
using Functional.Kernels.Loops;

namespace Functional.Kernels.Convolution;

/// <summary>A convolution made ready to run. An instance serves one run at a time.</summary>
/// <typeparam name="T">float or double.</typeparam>
public abstract unsafe class ConvolutionKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The groups of rows (positions of the result) that are finished together; null when the kernel reports
    /// none.</summary>
    public virtual RowGroups? Groups => null;

    /// <summary>Who is told about every group of rows as soon as it is final; null for nobody.</summary>
    public IRowsWritten? RowsWritten { get; set; }

    /// <summary>Runs on the thread team.</summary>
    /// <param name="left">The input, or upstream for the input's gradient.</param>
    /// <param name="right">The kernel, or upstream for the kernel's gradient.</param>
    /// <param name="result">Receives the third; it overlaps neither.</param>
    public abstract void Run(T* left, T* right, T* result);
}
