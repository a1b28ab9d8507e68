using FsCheck;
using FsCheck.Fluent;
using Functional.Kernels.Blas;
using Functional.Kernels.Blas.Simd;
using Functional.Kernels.Memory;
using Functional.Kernels.Parallelism;
using Functional.Kernels.Tests.Parallelism;
using Xunit;

namespace Functional.Kernels.Tests.Blas;

/// <summary>A product whose right factor is packed before obeys the laws of every product.</summary>
[Collection(GlobalState.Name)]
public sealed class PackedRightProductTests : IDisposable
{
    private static readonly Arbitrary<ProductCase> Cases = ProductCase.OneProduct((2, 130), (1, 200));

    private readonly int _threadCount = ThreadTeam.ThreadCount;

    public static TheoryData<VectorWidth> Widths => [VectorWidth.Bits128, VectorWidth.Bits256, VectorWidth.Bits512];

    public void Dispose() => ThreadTeam.ThreadCount = _threadCount;

    [Theory]
    [MemberData(nameof(Widths))]
    public void FloatProductsAgreeWithTheDefinition(VectorWidth width) =>
        Check(product => ProductLaws.AgreesWithTheDefinition<float>(new Packed(width), product));

    [Theory]
    [MemberData(nameof(Widths))]
    public void DoubleProductsAgreeWithTheDefinition(VectorWidth width) =>
        Check(product => ProductLaws.AgreesWithTheDefinition<double>(new Packed(width), product));

    [Fact]
    public void ProductsAreTheSameForAnyNumberOfThreads() =>
        Check(product => ProductLaws.IsTheSameForAnyNumberOfThreads<float>(new Packed(VectorWidth.Bits256), product));

    [Fact]
    public void EveryRowIsReportedOnce() =>
        Check(product => ProductLaws.ReportsEveryRowOnceWhenItIsFinal<double>(new Packed(VectorWidth.Bits256), product));

    [Fact]
    public void NanInTheOldResultIsIgnoredWhenBetaIsZero() =>
        Check(product => ProductLaws.DoesNotReadTheOldResultWhenBetaIsZero<float>(new Packed(VectorWidth.Bits256), product));

    [Fact]
    public void BatchesAndSingleRowsAreNotPacked()
    {
        var shape = new ProductShape(64, 64, 64);
        using var packed = SimdMatrixProduct.ForMachine.TryPackRight(ElementKind.Float32, shape);
        Assert.NotNull(packed);
        Assert.Null(SimdMatrixProduct.ForMachine.TryPackRight(ElementKind.Float32, shape with { BatchCount = 2 }));
        Assert.Null(SimdMatrixProduct.ForMachine.TryPackRight(ElementKind.Float32, shape with { Rows = 1 }));
    }

    private static void Check(Action<ProductCase> law) =>
        Prop.ForAll(Cases, law).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    private sealed unsafe class Packed(VectorWidth width) : ProductOfKind
    {
        protected override void Multiply(
            ElementKind kind, in ProductShape shape, void* left, void* right, double beta, void* result, IRowsWritten? rowsWritten)
        {
            using var product = new SimdMatrixProduct(width).TryPackRight(kind, shape);
            Assert.NotNull(product);
            product.Pack(right);
            product.Run(left, beta, result, rowsWritten);
        }
    }
}
