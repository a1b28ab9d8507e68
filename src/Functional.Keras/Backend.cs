using Functional.Kernels.Blas;
using Functional.Kernels.Loops;

namespace Functional.Keras;

/// <summary>What models are computed with in this process.</summary>
public static class Backend
{
    /// <summary>
    /// Whether loops (all that is not a product or a convolution) run as machine code made for the processor. They are
    /// interpreted, about ten times slower, in programs that were published as native code, and in those whose project sets
    /// DynamicCodeSupport to false.
    /// </summary>
    public static bool CompilesLoops => LoopKernel.IsCompiled;

    /// <summary>Chooses who computes matrix products in all computations that begin after this call.</summary>
    /// <param name="provider">The provider, or the rule.</param>
    /// <exception cref="InvalidOperationException">The provider is not there; the text says what was tried.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The value names no provider.</exception>
    public static void Use(BlasProvider provider) => MatrixProducts.Use(provider);

    /// <summary>Says who computes matrix products and why, whether loops are compiled, how wide vectors are and how many
    /// threads there are.</summary>
    /// <returns>A few lines of text.</returns>
    public static string Describe() => MatrixProducts.Describe();
}
