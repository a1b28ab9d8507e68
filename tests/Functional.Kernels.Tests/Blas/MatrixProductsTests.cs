using Functional.Kernels.Blas;
using Functional.Kernels.Blas.MathNet;
using Functional.Kernels.Blas.Mkl;
using Functional.Kernels.Blas.Simd;
using Functional.Kernels.Parallelism;
using Functional.Kernels.Tests.Parallelism;
using Xunit;

namespace Functional.Kernels.Tests.Blas;

[Collection(GlobalState.Name)]
public sealed class MatrixProductsTests : IDisposable
{
    public void Dispose() => MatrixProducts.Use(BlasProvider.Auto);

    [Fact]
    public void TheBuiltInProviderAndMathNetCanAlwaysBeChosen()
    {
        MatrixProducts.Use(BlasProvider.Simd);
        Assert.Same(SimdMatrixProduct.ForMachine, MatrixProducts.Current);
        MatrixProducts.Use(BlasProvider.MathNet);
        Assert.Same(MathNetMatrixProduct.Instance, MatrixProducts.Current);
    }

    [Fact]
    public void AnAbsentMklIsRefusedWithWhatWasTried()
    {
        if (MklMatrixProduct.OfMachine is not null)
        {
            MatrixProducts.Use(BlasProvider.Mkl);
            Assert.Same(MklMatrixProduct.OfMachine, MatrixProducts.Current);
            return;
        }

        var error = Assert.Throws<InvalidOperationException>(() => MatrixProducts.Use(BlasProvider.Mkl));
        Assert.Contains("tried", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AValueThatNamesNoProviderIsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MatrixProducts.Use((BlasProvider)99));

    [Theory]
    [InlineData("simd")]
    [InlineData(" SIMD ")]
    public void TheEnvironmentVariableChooses(string wanted)
    {
        var choice = MatrixProducts.AtStartUp(wanted);
        Assert.Same(SimdMatrixProduct.ForMachine, choice.Product);
        Assert.Contains(MatrixProducts.ProviderVariable, choice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void AWishThatCannotBeMetAtStartUpIsToldAndNotThrown()
    {
        var choice = MatrixProducts.AtStartUp("fortran");
        Assert.Equal(MatrixProducts.AtStartUp(null).Product.Name, choice.Product.Name);
        Assert.Contains("'fortran'", choice.Reason, StringComparison.Ordinal);
    }

    [MklFact]
    public void TheRuleOnIntelProcessorsIsMklAndSimdForSmallAndThinProducts()
    {
        MatrixProducts.Use(BlasProvider.Auto);
        if (!MatrixProducts.Describe().Contains("GenuineIntel", StringComparison.Ordinal))
        {
            Assert.Same(SimdMatrixProduct.ForMachine, MatrixProducts.Current);
            return;
        }

        var rule = Assert.IsType<SizedMatrixProduct>(MatrixProducts.Current);
        Assert.Same(SimdMatrixProduct.ForMachine, rule.ProviderOf(new ProductShape(64, 64, 64)));
        Assert.Same(MklMatrixProduct.OfMachine, rule.ProviderOf(new ProductShape(64, 65, 64)));
        Assert.Same(SimdMatrixProduct.ForMachine, rule.ProviderOf(new ProductShape(1, 512, 784)));
        Assert.Same(SimdMatrixProduct.ForMachine, rule.ProviderOf(new ProductShape(784, 1, 512)));
    }

    [Theory]
    [InlineData("AuthenticAMD")]
    [InlineData("HygonGenuine")]
    [InlineData("not an x86 processor")]
    public void TheRuleOnOtherProcessorsIsSimdAlsoWhenMklIsThere(string vendor)
    {
        var choice = MatrixProducts.ByRule(vendor, MathNetMatrixProduct.Instance);
        Assert.Same(SimdMatrixProduct.ForMachine, choice.Product);
        Assert.Equal("by rule: the processor is not Intel's, where Intel MKL is slow", choice.Reason);
    }

    [Fact]
    public void TheRuleOnIntelProcessorsNeedsMkl()
    {
        Assert.Same(SimdMatrixProduct.ForMachine, MatrixProducts.ByRule("GenuineIntel", null).Product);
        var choice = MatrixProducts.ByRule("GenuineIntel", MathNetMatrixProduct.Instance);
        Assert.Same(
            MathNetMatrixProduct.Instance,
            Assert.IsType<SizedMatrixProduct>(choice.Product).ProviderOf(new ProductShape(512, 512, 512)));
    }

    [Fact]
    public void ProductsThatAreDividedBySizeAgreeWithTheDefinition() => ProductLaws.AgreesWithTheDefinition<float>(
        new SizedMatrixProduct(SimdMatrixProduct.ForMachine, new SimdMatrixProduct(VectorWidth.Bits128)));

    [Fact]
    public void TheDescriptionSaysWhatWasChosenAndWhy()
    {
        MatrixProducts.Use(BlasProvider.Simd);
        var description = MatrixProducts.Describe();
        Assert.Contains("Simd", description, StringComparison.Ordinal);
        Assert.Contains("chosen by Backend.Use", description, StringComparison.Ordinal);
        Assert.Contains("Intel MKL", description, StringComparison.Ordinal);
        Assert.Contains("Loops: compiled for vectors of", description, StringComparison.Ordinal);
        Assert.Contains($"Threads: {ThreadTeam.ThreadCount}", description, StringComparison.Ordinal);
    }

    [Fact]
    public void AComputationGoesOnWithItsProviderWhenTheChoiceChanges()
    {
        MatrixProducts.Use(BlasProvider.Simd);
        var product = new ProductCase(new ProductShape(150, 160, 170), 0, 1);
        var expected = product.Multiply<float>(MatrixProducts.Current);
        var held = MatrixProducts.Current;
        var found = product.Multiply<float>(held, new Changing());
        Assert.NotSame(held, MatrixProducts.Current);
        Assert.Equal(expected, found);
    }

    private sealed class Changing : IRowsWritten
    {
        public void RowsWritten(int batch, int rowStart, int rowEnd) => MatrixProducts.Use(BlasProvider.MathNet);
    }
}
