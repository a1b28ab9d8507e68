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
    private static readonly Arbitrary<ProductCase> Cases = Arb.From(
        from rows in Gen.Choose(2, 130)
        from columns in Gen.Choose(2, 130)
        from inner in Gen.Choose(1, 200)
        from flags in Gen.Choose(0, 3)
        from gap in Gen.Elements(0, 0, 1, 17)
        from beta in Gen.Elements(0.0, 1.0, -0.5)
        from seed in Gen.Choose(0, 1_000_000)
        select Case(new ProductShape(rows, columns, inner, (flags & 1) != 0, (flags & 2) != 0), gap, beta, seed));

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

    private static ProductCase Case(ProductShape shape, int gap, double beta, int seed) => new(
        shape with { LeftStride = shape.LeftStride + gap, RightStride = shape.RightStride + gap }, beta, seed);

    private static void Check(Action<ProductCase> law) =>
        Prop.ForAll(Cases, law).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    private sealed unsafe class Packed(VectorWidth width) : IMatrixProduct
    {
        public string Name => "packed";

        public void Multiply(
            in ProductShape shape, float* left, float* right, float beta, float* result, IRowsWritten? rowsWritten = null) =>
            Multiply(ElementKind.Float32, shape, left, right, beta, result, rowsWritten);

        public void Multiply(
            in ProductShape shape, double* left, double* right, double beta, double* result, IRowsWritten? rowsWritten = null) =>
            Multiply(ElementKind.Float64, shape, left, right, beta, result, rowsWritten);

        private void Multiply(
            ElementKind kind, in ProductShape shape, void* left, void* right, double beta, void* result, IRowsWritten? rowsWritten)
        {
            using var product = new SimdMatrixProduct(width).TryPackRight(kind, shape);
            Assert.NotNull(product);
            product.Pack(right);
            product.Run(left, beta, result, rowsWritten);
        }
    }
}
