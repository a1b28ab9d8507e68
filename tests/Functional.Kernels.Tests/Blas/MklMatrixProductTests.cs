using Functional.Kernels.Blas;
using Functional.Kernels.Blas.Mkl;
using Functional.Kernels.Parallelism;
using Functional.Kernels.Tests.Parallelism;
using Xunit;

namespace Functional.Kernels.Tests.Blas;

[Collection(GlobalState.Name)]
public sealed class MklMatrixProductTests : IDisposable
{
    private readonly int _threadCount = ThreadTeam.ThreadCount;

    private static readonly ProductCase[] _large =
    [
        new(new ProductShape(300, 301, 399), 0, 1),
        new(new ProductShape(97, 533, 401, transposeLeft: true), 1, 2),
        new(new ProductShape(2_000, 33, 90, transposeRight: true), -0.5, 3),
        new(new ProductShape(15, 3_000, 500, transposeLeft: true, transposeRight: true), 0, 4),
        new(new ProductShape(1, 3_000, 1_200), 0, 5),
        new(new ProductShape(40, 50, 60) with { BatchCount = 37 }, 0.5, 6),
        new(new ProductShape(4_300, 4_100, 6), 1, 7),
    ];

    private static MklMatrixProduct Provider => MklMatrixProduct.OfMachine!;

    public void Dispose() => ThreadTeam.ThreadCount = _threadCount;

    [MklFact]
    public void FloatProductsAgreeWithTheDefinition() => ProductLaws.AgreesWithTheDefinition<float>(Provider);

    [MklFact]
    public void DoubleProductsAgreeWithTheDefinition() => ProductLaws.AgreesWithTheDefinition<double>(Provider);

    [MklFact]
    public void LargeProductsAgreeWithTheDefinition() =>
        Assert.All(_large, product => ProductLaws.AgreesWithTheDefinition<float>(Provider, product));

    [MklFact]
    public void NanInTheOldResultIsIgnoredWhenBetaIsZero()
    {
        ProductLaws.DoesNotReadTheOldResultWhenBetaIsZero<float>(Provider);
        ProductLaws.DoesNotReadTheOldResultWhenBetaIsZero<double>(Provider);
    }

    [MklFact]
    public void EveryRowIsReportedOnce()
    {
        ProductLaws.Check(product => ProductLaws.ReportsEveryRowOnceWhenItIsFinal<double>(Provider, product));
        Assert.All(_large, product => ProductLaws.ReportsEveryRowOnceWhenItIsFinal<float>(Provider, product));
    }

    [MklFact]
    public void ProductsAreTheSameForAnyNumberOfThreads() =>
        Assert.All(_large, product => ProductLaws.IsTheSameForAnyNumberOfThreads<float>(Provider, product));

    [MklFact]
    public void ASteadyCallAllocatesNothing()
    {
        ThreadTeam.ThreadCount = 2;
        ProductLaws.AllocatesNothing(Provider, new ProductShape(4, 4, 2));
        ProductLaws.AllocatesNothing(Provider, new ProductShape(300, 300, 300));
    }
}
