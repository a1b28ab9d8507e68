using System.Numerics;

namespace Functional.Kernels.Blas.Simd;

/// <summary>Vectors of one width, so that a kernel is written once for all widths and element types.</summary>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TElement">Its element.</typeparam>
internal unsafe interface IVectorLanes<TVector, TElement>
    where TVector : unmanaged
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>Elements of a vector.</summary>
    static abstract int Count { get; }

    /// <summary>How many rows of accumulators, two vectors wide, fit in the registers.</summary>
    static abstract int TileRows { get; }

    static abstract TVector Zero { get; }

    static abstract TVector Load(TElement* address);

    static abstract void Store(TElement* address, TVector vector);

    static abstract TVector Broadcast(TElement value);

    /// <summary>left * right + addend, fused where the processor can.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Subtract(TVector left, TVector right);

    static abstract TElement Sum(TVector vector);

    /// <summary>Loads the first elements of a vector and zeros behind them, reading nothing beyond.</summary>
    static abstract TVector LoadFirst(TElement* address, int count);

    /// <summary>Stores the first elements of a vector, writing nothing beyond.</summary>
    static abstract void StoreFirst(TElement* address, TVector vector, int count);
}
