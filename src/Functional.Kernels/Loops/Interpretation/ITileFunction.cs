using Functional.Kernels.Loops.Vectors;

namespace Functional.Kernels.Loops;

/// <summary>A function of one vector, as a type, so that a loop over a tile is compiled for it alone.</summary>
internal interface ITileFunction
{
    /// <summary>Applies the function.</summary>
    static abstract TFloats Apply<TWidth, TFloats, TIntegers>(TFloats x)
        where TWidth : IVectorArithmetic<TFloats, TIntegers>;
}
