using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Functional.Kernels.Blas;
using Functional.Kernels.Parallelism;
using Xunit;

namespace Functional.Kernels.Tests.Blas;

/// <summary>What holds for every provider of matrix products.</summary>
internal static class ProductLaws
{
    // One rounding per step of a sum of numbers below 1/4, and some room.
    private static double Tolerance<T>(ProductShape shape) =>
        (typeof(T) == typeof(float) ? 1e-6 : 1e-14) * (4 + Math.Sqrt(shape.Inner));

    public static void AgreesWithTheDefinition<T>(IMatrixProduct provider)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Check(product => AgreesWithTheDefinition<T>(provider, product));

    public static void AgreesWithTheDefinitionWhenLarge<T>(IMatrixProduct provider)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Prop.ForAll(ProductCase.ArbitraryLarge, product => AgreesWithTheDefinition<T>(provider, product))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(10));

    public static void AgreesWithTheDefinition<T>(IMatrixProduct provider, ProductCase product)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var expected = product.Expected<T>();
        var found = product.Multiply<T>(provider);
        for (var index = 0; index < expected.Length; index++)
        {
            var difference = Math.Abs(double.CreateChecked(found[index]) - expected[index]);
            var tolerance = product.IsWritten(index) ? Tolerance<T>(product.Shape) : 0;
            if (!(difference <= tolerance))
                Assert.Fail($"Element {index} is {found[index]}, not {expected[index]}, in {product}.");
        }
    }

    public static void DoesNotReadTheOldResultWhenBetaIsZero<T>(IMatrixProduct provider)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Check(product => DoesNotReadTheOldResultWhenBetaIsZero<T>(provider, product));

    public static void DoesNotReadTheOldResultWhenBetaIsZero<T>(IMatrixProduct provider, ProductCase product)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var found = (product with { Beta = 0 }).Multiply<T>(provider, resultIsNan: true);
        for (var index = 0; index < found.Length; index++)
            Assert.Equal(!product.IsWritten(index), T.IsNaN(found[index]));
    }

    public static void ReportsEveryRowOnceWhenItIsFinal<T>(
        IMatrixProduct provider, ProductCase product, int rowsOfGroup = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var report = new RowReport(product.Shape.ProductCount, product.Shape.Rows, rowsOfGroup);
        var found = product.Multiply<T>(provider, report);
        Assert.Equal(product.Multiply<T>(provider), found);
        if (product.Shape.Columns > 0)
            Assert.All(report.Times, count => Assert.Equal(1, count));
    }

    public static void IsTheSameForAnyNumberOfThreads<T>(IMatrixProduct provider, ProductCase product)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ThreadTeam.ThreadCount = 1;
        var alone = product.Multiply<T>(provider);
        foreach (var threads in new[] { 2, 3, 5 })
        {
            ThreadTeam.ThreadCount = threads;
            Assert.Equal(alone, product.Multiply<T>(provider));
        }
    }

    public static unsafe void AllocatesNothing(IMatrixProduct provider, ProductShape shape)
    {
        fixed (float* a = new float[shape.Rows * shape.Inner])
        fixed (float* b = new float[shape.Columns * shape.Inner])
        fixed (float* c = new float[shape.Rows * shape.Columns])
        {
            // The first calls make what later ones keep, and the runtime may compile code on this thread in between.
            var allocated = long.MaxValue;
            for (var attempt = 0; attempt < 5 && allocated > 0; attempt++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var time = 0; time < 50; time++)
                    provider.Multiply(shape, a, b, 0, c);
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            }

            Assert.Equal(0, allocated);
        }
    }

    public static void Check(Action<ProductCase> law) =>
        Prop.ForAll(ProductCase.Arbitrary, law).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    private sealed class RowReport(int batches, int rows, int rowsOfGroup) : IRowsWritten
    {
        public int[] Times { get; } = new int[batches * rows];

        public int RowsOfGroup => rowsOfGroup;

        public void RowsWritten(int batch, int rowStart, int rowEnd)
        {
            Assert.Equal(0, rowStart % rowsOfGroup);
            Assert.True(rowEnd % rowsOfGroup == 0 || rowEnd == rows);
            for (var row = rowStart; row < rowEnd; row++)
                Interlocked.Increment(ref Times[(batch * rows) + row]);
        }
    }
}
