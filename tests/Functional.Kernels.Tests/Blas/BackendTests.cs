using Functional.Kernels.Blas;
using Functional.Kernels.Blas.MathNet;
using Functional.Kernels.Blas.Mkl;
using Functional.Kernels.Blas.Simd;
using Functional.Kernels.Parallelism;
using Functional.Kernels.Tests.Parallelism;
using Xunit;

namespace Functional.Kernels.Tests.Blas;

[Collection(GlobalState.Name)]
public sealed class BackendTests : IDisposable
{
    public void Dispose() => Backend.Use(BlasProvider.Auto);

    [Fact]
    public void TheBuiltInProviderAndMathNetCanAlwaysBeChosen()
    {
        Backend.Use(BlasProvider.Simd);
        Assert.Same(SimdMatrixProduct.ForMachine, Backend.Current);
        Backend.Use(BlasProvider.MathNet);
        Assert.Same(MathNetMatrixProduct.Instance, Backend.Current);
    }

    [Fact]
    public void AnAbsentMklIsRefusedWithWhatWasTried()
    {
        if (MklMatrixProduct.OfMachine is not null)
        {
            Backend.Use(BlasProvider.Mkl);
            Assert.Same(MklMatrixProduct.OfMachine, Backend.Current);
            return;
        }

        var error = Assert.Throws<InvalidOperationException>(() => Backend.Use(BlasProvider.Mkl));
        Assert.Contains("tried", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AValueThatNamesNoProviderIsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Backend.Use((BlasProvider)99));

    [Theory]
    [InlineData("simd")]
    [InlineData(" SIMD ")]
    public void TheEnvironmentVariableChooses(string wanted)
    {
        var choice = Backend.AtStartUp(wanted);
        Assert.Same(SimdMatrixProduct.ForMachine, choice.Product);
        Assert.Contains(Backend.ProviderVariable, choice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void AWishThatCannotBeMetAtStartUpIsToldAndNotThrown()
    {
        var choice = Backend.AtStartUp("fortran");
        Assert.Equal(Backend.AtStartUp(null).Product.Name, choice.Product.Name);
        Assert.Contains("'fortran'", choice.Reason, StringComparison.Ordinal);
    }

    [MklFact]
    public void TheRuleOnIntelProcessorsIsMklAndSimdForSmallAndThinProducts()
    {
        Backend.Use(BlasProvider.Auto);
        if (!Backend.Describe().Contains("GenuineIntel", StringComparison.Ordinal))
        {
            Assert.Same(SimdMatrixProduct.ForMachine, Backend.Current);
            return;
        }

        var rule = Assert.IsType<SizedMatrixProduct>(Backend.Current);
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
        var choice = Backend.ByRule(vendor, MathNetMatrixProduct.Instance);
        Assert.Same(SimdMatrixProduct.ForMachine, choice.Product);
        Assert.Equal("by rule: the processor is not Intel's, where Intel MKL is slow", choice.Reason);
    }

    [Fact]
    public void TheRuleOnIntelProcessorsNeedsMkl()
    {
        Assert.Same(SimdMatrixProduct.ForMachine, Backend.ByRule("GenuineIntel", null).Product);
        var choice = Backend.ByRule("GenuineIntel", MathNetMatrixProduct.Instance);
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
        Backend.Use(BlasProvider.Simd);
        var description = Backend.Describe();
        Assert.Contains("Simd", description, StringComparison.Ordinal);
        Assert.Contains("chosen by Backend.Use", description, StringComparison.Ordinal);
        Assert.Contains("Intel MKL", description, StringComparison.Ordinal);
        Assert.Contains($"Threads: {ThreadTeam.ThreadCount}", description, StringComparison.Ordinal);
    }

    [Fact]
    public void AComputationGoesOnWithItsProviderWhenTheChoiceChanges()
    {
        Backend.Use(BlasProvider.Simd);
        var product = new ProductCase(new ProductShape(150, 160, 170), 0, 1);
        var expected = product.Multiply<float>(Backend.Current);
        var held = Backend.Current;
        var found = product.Multiply<float>(held, new Changing());
        Assert.NotSame(held, Backend.Current);
        Assert.Equal(expected, found);
    }

    private sealed class Changing : IRowsWritten
    {
        public void RowsWritten(int batch, int rowStart, int rowEnd) => Backend.Use(BlasProvider.MathNet);
    }
}
