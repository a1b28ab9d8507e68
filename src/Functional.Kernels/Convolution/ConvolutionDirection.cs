namespace Functional.Kernels.Convolution;

/// <summary>Which of input, kernel and result is computed from the two others.</summary>
public enum ConvolutionDirection
{
    /// <summary>The result from input and kernel.</summary>
    Forward,

    /// <summary>The input's gradient from the result's and the kernel.</summary>
    InputGradient,

    /// <summary>The kernel's gradient from the input and the result's gradient.</summary>
    KernelGradient,
}
