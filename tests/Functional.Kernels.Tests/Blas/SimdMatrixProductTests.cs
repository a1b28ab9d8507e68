using Functional.Kernels.Blas;
using Functional.Kernels.Blas.Simd;
using Functional.Kernels.Parallelism;
using Functional.Kernels.Tests.Parallelism;
using Xunit;

namespace Functional.Kernels.Tests.Blas;

[Collection(GlobalState.Name)]
public sealed class SimdMatrixProductTests : IDisposable
{
    private readonly int _threadCount = ThreadTeam.ThreadCount;

    public static TheoryData<VectorWidth> Widths => [VectorWidth.Bits128, VectorWidth.Bits256, VectorWidth.Bits512];

    // Large enough for several blocks in each direction, several parts, and ragged ends.
    public static TheoryData<int, int, int, int> LargeShapes => new()
    {
        { 150, 150, 700, 0 }, { 97, 333, 401, 1 }, { 300, 301, 399, 2 }, { 131, 260, 333, 3 }, { 15, 3_000, 500, 0 },
        { 2_000, 33, 90, 1 }, { 3, 5_000, 350, 2 }, { 1, 3_000, 700, 0 }, { 1, 3_000, 700, 2 }, { 3_000, 1, 700, 1 },
        { 3_000, 1, 700, 0 }, { 1_500, 900, 1, 0 }, { 230, 401, 600, 0 }, { 120, 700, 270, 1 }, { 250, 390, 300, 2 },
        { 199, 410, 520, 3 },
    };

    public void Dispose() => ThreadTeam.ThreadCount = _threadCount;

    [Theory]
    [MemberData(nameof(Widths))]
    public void FloatProductsAgreeWithTheDefinition(VectorWidth width) =>
        ProductLaws.AgreesWithTheDefinition<float>(new SimdMatrixProduct(width));

    [Theory]
    [MemberData(nameof(Widths))]
    public void DoubleProductsAgreeWithTheDefinition(VectorWidth width) =>
        ProductLaws.AgreesWithTheDefinition<double>(new SimdMatrixProduct(width));

    [Theory]
    [MemberData(nameof(Widths))]
    public void NanInTheOldResultIsIgnoredWhenBetaIsZero(VectorWidth width)
    {
        ProductLaws.DoesNotReadTheOldResultWhenBetaIsZero<float>(new SimdMatrixProduct(width));
        ProductLaws.DoesNotReadTheOldResultWhenBetaIsZero<double>(new SimdMatrixProduct(width));
    }

    [Theory]
    [MemberData(nameof(LargeShapes))]
    public void LargeProductsAgreeWithTheDefinition(int rows, int columns, int inner, int transposes)
    {
        var product = Case(rows, columns, inner, transposes);
        ProductLaws.AgreesWithTheDefinition<float>(SimdMatrixProduct.ForMachine, product);
        ProductLaws.AgreesWithTheDefinition<double>(SimdMatrixProduct.ForMachine, product with { Beta = 1 });
    }

    [Theory]
    [MemberData(nameof(LargeShapes))]
    public void LargeProductsAreTheSameForAnyNumberOfThreads(int rows, int columns, int inner, int transposes)
    {
        foreach (var width in Enum.GetValues<VectorWidth>())
            ProductLaws.IsTheSameForAnyNumberOfThreads<float>(
                new SimdMatrixProduct(width), Case(rows, columns, inner, transposes));
        ProductLaws.IsTheSameForAnyNumberOfThreads<double>(
            SimdMatrixProduct.ForMachine, Case(rows, columns, inner, transposes));
    }

    [Fact]
    public void BatchesAreTheSameForAnyNumberOfThreads()
    {
        var shape = new ProductShape(40, 50, 60, transposeRight: true) with { BatchCount = 37 };
        var large = new ProductShape(150, 160, 190) with { BatchCount = 3, RightBatchStride = 0 };
        ProductLaws.IsTheSameForAnyNumberOfThreads<float>(SimdMatrixProduct.ForMachine, new ProductCase(shape, 0.5, 1));
        ProductLaws.IsTheSameForAnyNumberOfThreads<float>(SimdMatrixProduct.ForMachine, new ProductCase(large, 0.5, 1));
    }

    [Theory]
    [MemberData(nameof(LargeShapes))]
    public void EveryRowOfALargeProductIsReportedOnce(int rows, int columns, int inner, int transposes)
    {
        ThreadTeam.ThreadCount = 3;
        ProductLaws.ReportsEveryRowOnceWhenItIsFinal<float>(
            SimdMatrixProduct.ForMachine, Case(rows, columns, inner, transposes));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void ProductsWhoseFactorsArePackedAgreeWithTheDefinition(VectorWidth width) =>
        ProductLaws.AgreesWithTheDefinitionWhenLarge<float>(new SimdMatrixProduct(width));

    [Fact]
    public void DoubleProductsWhoseFactorsArePackedAgreeWithTheDefinition() =>
        ProductLaws.AgreesWithTheDefinitionWhenLarge<double>(SimdMatrixProduct.ForMachine);

    [Theory]
    [MemberData(nameof(LargeShapes))]
    public void RowsOfALargeProductAreReportedInWholeGroups(int rows, int columns, int inner, int transposes)
    {
        ThreadTeam.ThreadCount = 2;
        foreach (var rowsOfGroup in new[] { 3, 16, 100 })
        {
            ProductLaws.ReportsEveryRowOnceWhenItIsFinal<float>(
                SimdMatrixProduct.ForMachine, Case(rows, columns, inner, transposes), rowsOfGroup);
        }
    }

    [Fact]
    public void EveryRowIsReportedOnce() => ProductLaws.Check(product =>
        ProductLaws.ReportsEveryRowOnceWhenItIsFinal<float>(SimdMatrixProduct.ForMachine, product));

    [Fact]
    public void ACallbackMayMultiplyMatricesItself()
    {
        var product = Case(150, 150, 400, 0);
        var inner = Case(60, 70, 80, 3);
        var expected = product.Multiply<float>(SimdMatrixProduct.ForMachine);
        var found = product.Multiply<float>(SimdMatrixProduct.ForMachine, new Multiplying(inner));
        Assert.Equal(expected, found);
    }

    [Theory]
    [InlineData(4, 4, 2)]
    [InlineData(32, 1, 64)]
    [InlineData(1, 512, 784)]
    [InlineData(50, 60, 1)]
    [InlineData(200, 300, 400)]
    public void ASteadyCallAllocatesNothing(int rows, int columns, int inner)
    {
        ThreadTeam.ThreadCount = 2;
        ProductLaws.AllocatesNothing(SimdMatrixProduct.ForMachine, new ProductShape(rows, columns, inner));
        ProductLaws.AllocatesNothing(SimdMatrixProduct.ForMachine, new ProductShape(rows, columns, inner, true, true));
    }

    [Fact]
    public unsafe void AShapeThatDescribesNoProductIsRefusedAndNamed()
    {
        var provider = SimdMatrixProduct.ForMachine;
        var negative = new ProductShape(2, -1, 3);
        var narrow = new ProductShape(2, 4, 3) with { RightStride = 3 };
        Assert.Throws<ArgumentException>(() => provider.Multiply(negative, (float*)null, null, 0, null));
        var error = Assert.Throws<ArgumentException>(() => provider.Multiply(narrow, (float*)null, null, 0, null));
        Assert.Contains("RightStride = 3", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SimdMatrixProduct((VectorWidth)64));
    }

    private static ProductCase Case(int rows, int columns, int inner, int transposes) =>
        new(new ProductShape(rows, columns, inner, (transposes & 1) != 0, (transposes & 2) != 0), 0, rows + inner);

    private sealed class Multiplying(ProductCase product) : IRowsWritten
    {
        public void RowsWritten(int batch, int rowStart, int rowEnd) =>
            product.Multiply<float>(SimdMatrixProduct.ForMachine);
    }
}
