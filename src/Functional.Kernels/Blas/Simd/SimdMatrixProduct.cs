using System.Numerics;
using System.Runtime.Intrinsics;
using Functional.Kernels.Memory;

namespace Functional.Kernels.Blas.Simd;

/// <summary>The built-in provider: micro-kernels in C# over vectors of 512, 256 or 128 bits. It needs nothing installed.</summary>
/// <remarks>
/// Every width runs on every machine; one that the processor lacks is put together from narrower ones, slowly. Results of
/// different widths may differ in their last digits, results of one width do not depend on the machine as long as it has
/// fused multiply-adds.
/// </remarks>
public sealed unsafe class SimdMatrixProduct : IMatrixProduct
{
    /// <summary>A provider that uses vectors of one width.</summary>
    /// <param name="width">The width.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is none of the three.</exception>
    public SimdMatrixProduct(VectorWidth width)
    {
        if (!Enum.IsDefined(width))
            throw new ArgumentOutOfRangeException(nameof(width), width, "The vector width must be 128, 256 or 512 bits.");
        Width = width;
    }

    /// <summary>The widest vectors that this processor handles at full speed.</summary>
    public static VectorWidth WidestOfMachine =>
        Vector512.IsHardwareAccelerated ? VectorWidth.Bits512
        : Vector256.IsHardwareAccelerated ? VectorWidth.Bits256
        : VectorWidth.Bits128;

    /// <summary>The provider for this machine.</summary>
    public static SimdMatrixProduct ForMachine { get; } = new(WidestOfMachine);

    /// <summary>The width of the vectors used.</summary>
    public VectorWidth Width { get; }

    /// <inheritdoc/>
    public string Name => $"Simd ({(int)Width}-bit vectors)";

    /// <inheritdoc/>
    public void Multiply(
        in ProductShape shape, float* left, float* right, float beta, float* result, IRowsWritten? rowsWritten = null)
    {
        switch (Width)
        {
            case VectorWidth.Bits512:
                BatchedProduct<float, Vector512<float>, Lanes512<float>>
                    .Run(shape, left, right, beta, result, rowsWritten);
                break;
            case VectorWidth.Bits256:
                BatchedProduct<float, Vector256<float>, Lanes256<float>>
                    .Run(shape, left, right, beta, result, rowsWritten);
                break;
            default:
                BatchedProduct<float, Vector128<float>, Lanes128<float>>
                    .Run(shape, left, right, beta, result, rowsWritten);
                break;
        }
    }

    /// <inheritdoc/>
    public void Multiply(
        in ProductShape shape, double* left, double* right, double beta, double* result, IRowsWritten? rowsWritten = null)
    {
        switch (Width)
        {
            case VectorWidth.Bits512:
                BatchedProduct<double, Vector512<double>, Lanes512<double>>
                    .Run(shape, left, right, beta, result, rowsWritten);
                break;
            case VectorWidth.Bits256:
                BatchedProduct<double, Vector256<double>, Lanes256<double>>
                    .Run(shape, left, right, beta, result, rowsWritten);
                break;
            default:
                BatchedProduct<double, Vector128<double>, Lanes128<double>>
                    .Run(shape, left, right, beta, result, rowsWritten);
                break;
        }
    }

    /// <inheritdoc/>
    public PackedRightProduct? TryPackRight(ElementKind kind, in ProductShape shape)
    {
        // A row alone is bound by memory, where packing gains nothing; without a sum there is nothing to pack.
        if (shape.ProductCount != 1 || shape.Rows < 2 || shape.Inner < 1 || shape.Columns < 2)
            return null;
        return (Width, kind) switch
        {
            (VectorWidth.Bits512, ElementKind.Float32) => Packed<float, Vector512<float>, Lanes512<float>>(shape),
            (VectorWidth.Bits256, ElementKind.Float32) => Packed<float, Vector256<float>, Lanes256<float>>(shape),
            (VectorWidth.Bits128, ElementKind.Float32) => Packed<float, Vector128<float>, Lanes128<float>>(shape),
            (VectorWidth.Bits512, _) => Packed<double, Vector512<double>, Lanes512<double>>(shape),
            (VectorWidth.Bits256, _) => Packed<double, Vector256<double>, Lanes256<double>>(shape),
            _ => Packed<double, Vector128<double>, Lanes128<double>>(shape),
        };
    }

    private static SimdPackedRightProduct<T, TVector, TLanes> Packed<T, TVector, TLanes>(in ProductShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : unmanaged
        where TLanes : struct, IVectorLanes<TVector, T> => new(shape);
}
