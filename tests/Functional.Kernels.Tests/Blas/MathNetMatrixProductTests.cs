using Functional.Kernels.Blas.MathNet;
using Xunit;

namespace Functional.Kernels.Tests.Blas;

public sealed class MathNetMatrixProductTests
{
    private static MathNetMatrixProduct Provider => MathNetMatrixProduct.Instance;

    [Fact]
    public void FloatProductsAgreeWithTheDefinition() => ProductLaws.AgreesWithTheDefinition<float>(Provider);

    [Fact]
    public void DoubleProductsAgreeWithTheDefinition() => ProductLaws.AgreesWithTheDefinition<double>(Provider);

    [Fact]
    public void NanInTheOldResultIsIgnoredWhenBetaIsZero() =>
        ProductLaws.DoesNotReadTheOldResultWhenBetaIsZero<float>(Provider);

    [Fact]
    public void EveryRowIsReportedOnce() => ProductLaws.Check(product =>
        ProductLaws.ReportsEveryRowOnceWhenItIsFinal<float>(Provider, product));

    [Fact]
    public void ItsNameNamesTheProviderThatMathNetUses() =>
        Assert.Contains("MathNet (", Provider.Name, StringComparison.Ordinal);
}
