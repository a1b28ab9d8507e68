using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Functional.Kernels.Blas.Simd;
using Functional.Kernels.Convolution;
using Functional.Kernels.Convolution.Winograd;
using Functional.Kernels.Parallelism;
using Functional.Kernels.Tests.Parallelism;
using Xunit;

namespace Functional.Kernels.Tests.Convolution;

/// <summary>Convolutions and their gradients against the naive loop.</summary>
[Collection(GlobalState.Name)]
public sealed class ConvolutionTests
{
    [Theory]
    [InlineData(VectorWidth.Bits128)]
    [InlineData(VectorWidth.Bits256)]
    [InlineData(VectorWidth.Bits512)]
    public void AnyConvolution_IsTheNaiveLoop(VectorWidth vectors) =>
        Prop.ForAll(ConvolutionCase.Arbitrary, convolution =>
        {
            Agrees<float>(convolution, vectors, 1e-6);
            Agrees<double>(convolution, vectors, 1e-14);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    [Theory]
    [InlineData(VectorWidth.Bits128)]
    [InlineData(VectorWidth.Bits256)]
    [InlineData(VectorWidth.Bits512)]
    public void AConvolutionByTransforms_IsTheNaiveLoop(VectorWidth vectors) =>
        Prop.ForAll(ConvolutionCase.OfTransforms, convolution =>
        {
            Agrees<float>(convolution, vectors, 1e-6);
            Agrees<double>(convolution, vectors, 1e-14);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void AnImage_IsComputedTheSame_WhateverIsBesideIt() =>
        Prop.ForAll(ConvolutionCase.OfTransforms, convolution =>
        {
            var direction = convolution.Seed % 2 == 0 ? ConvolutionDirection.Forward : ConvolutionDirection.InputGradient;
            var many = convolution with { Batch = 9, Direction = direction };
            var one = many with { Batch = 1 };
            var expected = many.Run<float>(VectorWidth.Bits256);
            var found = one.RunFirstOf<float>(many, VectorWidth.Bits256);
            Assert.Equal(expected[..found.Length], found);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void TransformsAreForManyChannels_AndWindowsOfThreeSteps()
    {
        var axis = new WindowAxis(14, 3, 14, 1, 1, 1);
        Assert.True(Applies(axis, 64));
        Assert.False(Applies(axis, 8));
        Assert.False(Applies(axis, 20));
        Assert.False(Applies(axis, 64, groups: 2));
        Assert.False(Applies(axis with { Stride = 2, Output = 7 }, 64));
        Assert.False(Applies(axis with { Dilation = 2, Low = 2 }, 64));
        Assert.False(Applies(axis with { Size = 5, Low = 2 }, 64));
        Assert.False(Applies(new WindowAxis(3, 3, 1, 1, 0, 1), 64));

        static bool Applies(WindowAxis axis, int channels, int groups = 1) => WinogradRule.Applies(
            new ConvolutionShape(4, [axis, axis], channels, channels, groups), ConvolutionDirection.Forward, sizeof(float));
    }

    [Theory]
    [InlineData(ConvolutionDirection.Forward)]
    [InlineData(ConvolutionDirection.InputGradient)]
    [InlineData(ConvolutionDirection.KernelGradient)]
    public void LargeConvolutions_WithManyBlocks_AreTheNaiveLoop(ConvolutionDirection direction)
    {
        var same = new WindowAxis(30, 3, 30, 1, 1, 1);
        var halved = new WindowAxis(30, 3, 15, 2, 1, 1);
        var valid = new WindowAxis(30, 3, 28, 1, 0, 1);
        var along = new WindowAxis(1500, 5, 1500, 1, 4, 1);
        ConvolutionCase[] cases =
        [
            new(2, [same, same], 40, 48, 1, direction, 1),
            new(2, [valid, valid], 40, 48, 1, direction, 12),
            new(2, [same, valid], 40, 17, 1, direction, 13),
            new(2, [valid, new WindowAxis(30, 3, 13, 2, 0, 2)], 40, 33, 1, direction, 14),
            new(2, [valid, valid], 40, 48, 2, direction, 15),
            new(3, [halved, halved], 33, 17, 1, direction, 2),
            new(2, [along], 24, 24, 1, direction, 3),
            new(2, [along], 96, 96, 96, direction, 4),
            new(4, [same, same], 70, 70, 70, direction, 5),
            new(40, [new WindowAxis(4, 3, 4, 1, 1, 1), new WindowAxis(4, 3, 4, 1, 1, 1)], 32, 40, 1, direction, 7),
            new(40, [new WindowAxis(14, 3, 14, 1, 1, 1), new WindowAxis(14, 3, 14, 1, 1, 1)], 1, 33, 1, direction, 8),
            new(2, [new WindowAxis(5, 3, 5, 1, 1, 1), new WindowAxis(5, 3, 5, 1, 1, 1)], 300, 40, 1, direction, 9),
            new(2, [new WindowAxis(4, 3, 10, 1, 4, 1), new WindowAxis(5, 3, 5, 1, 1, 1)], 260, 20, 1, direction, 10),
            new(1, [new WindowAxis(6, 3, 6, 1, 1, 1), new WindowAxis(6, 3, 6, 1, 2, 2), new WindowAxis(6, 3, 6, 1, 1, 1)],
                70, 20, 1, direction, 11),
            new(1, [new WindowAxis(5, 1, 3, 2, 0, 1), new WindowAxis(5, 1, 3, 2, 0, 1)], 4, 4, 1, direction, 6),
        ];
        Assert.All(cases, convolution => Agrees<float>(convolution, SimdMatrixProduct.WidestOfMachine, 1e-6));
    }

    [Fact]
    public void Results_AreTheSameToTheLastBit_ForAnyNumberOfThreads()
    {
        var before = ThreadTeam.ThreadCount;
        try
        {
            Prop.ForAll(Gen.OneOf(ConvolutionCase.Arbitrary.Generator, ConvolutionCase.OfTransforms.Generator).ToArbitrary(), convolution =>
            {
                var large = convolution with { Batch = convolution.Batch * 5 };
                ThreadTeam.ThreadCount = 1;
                var alone = large.Run<float>(VectorWidth.Bits256);
                foreach (var threads in new[] { 2, 3 })
                {
                    ThreadTeam.ThreadCount = threads;
                    Assert.Equal(alone, large.Run<float>(VectorWidth.Bits256));
                }
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
        }
        finally
        {
            ThreadTeam.ThreadCount = before;
        }
    }

    [Theory]
    [InlineData(24, 1, ConvolutionDirection.Forward)]
    [InlineData(24, 1, ConvolutionDirection.InputGradient)]
    [InlineData(24, 1, ConvolutionDirection.KernelGradient)]
    [InlineData(24, 24, ConvolutionDirection.Forward)]
    [InlineData(24, 24, ConvolutionDirection.InputGradient)]
    [InlineData(24, 24, ConvolutionDirection.KernelGradient)]
    [InlineData(32, 1, ConvolutionDirection.Forward)]
    [InlineData(32, 1, ConvolutionDirection.InputGradient)]
    [InlineData(32, 1, ConvolutionDirection.KernelGradient)]
    public unsafe void ASteadyRun_AllocatesNothing(int channels, int groups, ConvolutionDirection direction)
    {
        var axis = new WindowAxis(14, 3, 14, 1, 1, 1);
        var shape = new ConvolutionShape(8, [axis, axis], channels, channels, groups);
        var kernel = ConvolutionKernels.Create<float>(shape, direction);
        fixed (float* left = new float[8 * 14 * 14 * channels], right = new float[8 * 14 * 14 * channels])
        fixed (float* result = new float[8 * 14 * 14 * channels])
        {
            for (var time = 0; time < 5; time++)
                kernel.Run(left, right, result);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var time = 0; time < 50; time++)
                kernel.Run(left, right, result);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void SizesThatCannotBe_AreRefused()
    {
        var axis = new WindowAxis(4, 3, 2, 1, 0, 1);
        Assert.Throws<ArgumentException>(() => new ConvolutionShape(1, [axis], 3, 4, 2));
        Assert.Throws<ArgumentException>(() => new ConvolutionShape(0, [axis], 4, 4, 2));
        Assert.Throws<ArgumentException>(() => new ConvolutionShape(1, [], 4, 4, 2));
        Assert.Throws<ArgumentException>(() => new ConvolutionShape(1, [axis with { Stride = 0 }], 4, 4, 2));
    }

    private static void Agrees<T>(ConvolutionCase convolution, VectorWidth vectors, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var expected = convolution.Expected<T>();
        var found = convolution.Run<T>(vectors);
        Assert.Equal(expected.Length, found.Length);
        for (var index = 0; index < expected.Length; index++)
        {
            var difference = Math.Abs(double.CreateChecked(found[index]) - expected[index]);
            if (!(difference <= tolerance * (4 + Math.Abs(expected[index]))))
                Assert.Fail($"Element {index} is {found[index]}, not {expected[index]}, in {convolution}.");
        }
    }
}
