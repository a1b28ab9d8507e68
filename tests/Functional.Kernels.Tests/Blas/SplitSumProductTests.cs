using FsCheck;
using FsCheck.Fluent;
using Functional.Kernels.Blas;
using Functional.Kernels.Blas.Simd;
using Functional.Kernels.Memory;
using Functional.Kernels.Parallelism;
using Functional.Kernels.Tests.Parallelism;
using Xunit;

namespace Functional.Kernels.Tests.Blas;

/// <summary>A product whose sums are divided obeys the laws of every product.</summary>
[Collection(GlobalState.Name)]
public sealed class SplitSumProductTests : IDisposable
{
    private static readonly Arbitrary<ProductCase> Cases = ProductCase.OneProduct((40, 130), (1_920, 5_000));

    private readonly int _threadCount = ThreadTeam.ThreadCount;

    public void Dispose() => ThreadTeam.ThreadCount = _threadCount;

    [Fact]
    public void FloatProductsAgreeWithTheDefinition() =>
        Check(product => ProductLaws.AgreesWithTheDefinition<float>(new Split(), product));

    [Fact]
    public void DoubleProductsAgreeWithTheDefinition() =>
        Check(product => ProductLaws.AgreesWithTheDefinition<double>(new Split(), product));

    [Fact]
    public void ProductsAreTheSameForAnyNumberOfThreads() =>
        Check(product => ProductLaws.IsTheSameForAnyNumberOfThreads<float>(new Split(), product));

    [Fact]
    public void EveryRowIsReportedOnce() =>
        Check(product => ProductLaws.ReportsEveryRowOnceWhenItIsFinal<double>(new Split(), product));

    [Fact]
    public void NanInTheOldResultIsIgnoredWhenBetaIsZero() =>
        Check(product => ProductLaws.DoesNotReadTheOldResultWhenBetaIsZero<float>(new Split(), product));

    [Theory]
    [InlineData(128, 128, 384, "the sums are short")]
    [InlineData(512, 520, 8_192, "the result is large")]
    [InlineData(8, 8, 2_048, "there is little to multiply")]
    public void OthersAreNotDivided(int rows, int columns, int inner, string why) =>
        Assert.True(SplitSumProduct.TryOf(ElementKind.Float32, new ProductShape(rows, columns, inner)) is null, why);

    [Fact]
    public void BatchesAndResultsWithGapsAreNotDivided()
    {
        var shape = new ProductShape(64, 64, 4_096);
        Assert.NotNull(SplitSumProduct.TryOf(ElementKind.Float64, shape));
        Assert.Null(SplitSumProduct.TryOf(ElementKind.Float64, shape with { BatchCount = 2 }));
        Assert.Null(SplitSumProduct.TryOf(ElementKind.Float64, shape with { ResultStride = 65 }));
    }

    private static void Check(Action<ProductCase> law) =>
        Prop.ForAll(Cases, law).Check(Config.QuickThrowOnFailure.WithMaxTest(12));

    private sealed unsafe class Split : ProductOfKind
    {
        protected override void Multiply(
            ElementKind kind, in ProductShape shape, void* left, void* right, double beta, void* result, IRowsWritten? rowsWritten)
        {
            var product = SplitSumProduct.TryOf(kind, shape);
            Assert.NotNull(product);
            product.Run(SimdMatrixProduct.ForMachine, left, right, beta, result, rowsWritten);
        }
    }
}
