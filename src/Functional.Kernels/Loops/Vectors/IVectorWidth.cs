namespace Functional.Kernels.Loops.Vectors;

/// <summary>
/// Vectors of one width: arithmetic, and loads and stores. Types that implement it are empty, so the runtime makes code
/// of its own for each and inlines every operation.
/// </summary>
/// <typeparam name="TFloats">A vector of floats or doubles.</typeparam>
/// <typeparam name="TIntegers">A vector of as many integers of the same size.</typeparam>
internal unsafe interface IVectorWidth<TFloats, TIntegers> : IVectorArithmetic<TFloats, TIntegers>
    where TFloats : unmanaged
    where TIntegers : unmanaged
{
    static abstract TFloats Load(byte* source);

    static abstract void Store(TFloats value, byte* target);

    /// <summary>Loads the lanes whose mask is set and zeros for the others, whose memory is not touched.</summary>
    static abstract TFloats LoadPart(byte* source, TIntegers mask);

    /// <summary>Stores the lanes whose mask is set and leaves the memory of the others untouched.</summary>
    static abstract void StorePart(TFloats value, byte* target, TIntegers mask);

    /// <summary>Loads as many Int32 as there are lanes.</summary>
    static abstract TIntegers LoadIntegers(byte* source);

    static abstract void StoreIntegers(TIntegers value, byte* target);

    /// <summary>Loads as many bytes as there are lanes; the result is a truth value.</summary>
    static abstract TFloats LoadTruths(byte* source);

    static abstract void StoreTruths(TFloats value, byte* target);
}
