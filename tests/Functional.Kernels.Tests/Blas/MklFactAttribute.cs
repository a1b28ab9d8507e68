using Functional.Kernels.Blas.Mkl;
using Xunit;

namespace Functional.Kernels.Tests.Blas;

/// <summary>A fact that needs Intel MKL: skipped with its reason where there is none, but never in CI, which installs it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MklFactAttribute : FactAttribute
{
    public MklFactAttribute()
    {
        if (MklMatrixProduct.OfMachine is null && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = MklMatrixProduct.SearchReport;
    }
}
