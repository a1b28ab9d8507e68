using System.Numerics;
using Functional.Kernels.Blas.Mkl;
using MathNet.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace Functional.Kernels.Blas.MathNet;

/// <summary>Intel MKL as the linear algebra provider of MathNet.Numerics, without MathNet's native package.</summary>
/// <remarks>
/// Products, LU and Cholesky factorizations and their solutions, dot products and sums of vectors go to MKL; MathNet's
/// managed code does the rest. Products of real matrices are shared by our thread team.
/// </remarks>
public sealed partial class MklLinearAlgebraProvider : ILinearAlgebraProvider
{
    private static readonly ManagedLinearAlgebraProvider _managed = ManagedLinearAlgebraProvider.Instance;

    private readonly MklColumnMajor<float> _single;
    private readonly MklColumnMajor<double> _double;
    private readonly MklColumnMajor<Complex> _complex;
    private readonly MklColumnMajor<Complex32> _complex32;

    private MklLinearAlgebraProvider(MklLibrary library)
    {
        _single = new MklColumnMajor<float>(library);
        _double = new MklColumnMajor<double>(library);
        _complex = new MklColumnMajor<Complex>(library);
        _complex32 = new MklColumnMajor<Complex32>(library);
    }

    /// <summary>Makes Intel MKL the provider of all MathNet matrices in this process.</summary>
    /// <exception cref="InvalidOperationException">This machine has no Intel MKL; says what was tried.</exception>
    public static void Register()
    {
        var library = MklLibrary.Instance ?? throw new InvalidOperationException(
            $"MathNet matrices cannot use Mkl. {MklLibrary.SearchReport}");
        LinearAlgebraControl.Provider = new MklLinearAlgebraProvider(library);
    }

    /// <summary>Always true: without the library there is no object of this class.</summary>
    /// <returns>True.</returns>
    public bool IsAvailable() => true;

    /// <summary>Does nothing: the library was loaded and set up before.</summary>
    public void InitializeVerify()
    {
    }

    /// <summary>Does nothing: the library stays loaded as long as the process runs.</summary>
    public void FreeResources()
    {
    }

    /// <summary>The provider's name, as MathNet shows it.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => "Intel MKL, called directly by Functional";
}
