using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Functional.Kernels.Blas;
using Functional.Kernels.Memory;

namespace Functional.Kernels.Tests.Blas;

/// <summary>A shape with its beta and the seed of its numbers: one product to try.</summary>
public sealed record ProductCase(ProductShape Shape, double Beta, int Seed)
{
    /// <summary>Single products within given sizes, some of them transposed or with gaps between rows.</summary>
    public static Arbitrary<ProductCase> OneProduct((int Least, int Most) sides, (int Least, int Most) sums) => Arb.From(
        from rows in Gen.Choose(sides.Least, sides.Most)
        from columns in Gen.Choose(sides.Least, sides.Most)
        from inner in Gen.Choose(sums.Least, sums.Most)
        from flags in Gen.Choose(0, 3)
        from gap in Gen.Elements(0, 0, 1, 17)
        from beta in Gen.Elements(0.0, 1.0, -0.5)
        from seed in Gen.Choose(0, 1_000_000)
        let dense = new ProductShape(rows, columns, inner, (flags & 1) != 0, (flags & 2) != 0)
        let shape = dense with { LeftStride = dense.LeftStride + gap, RightStride = dense.RightStride + gap }
        select new ProductCase(shape, beta, seed));

    /// <summary>Small products of every kind: transposes, gaps between rows, batches, empty sizes.</summary>
    public static Arbitrary<ProductCase> Arbitrary { get; } = Arb.From(
        from rows in Sizes
        from columns in Sizes
        from inner in Sizes
        from flags in Gen.Choose(0, 3)
        from gaps in Gen.Elements(0, 0, 1, 5, 17).Three()
        from batch in Gen.Frequency((4, Gen.Constant(1)), (2, Gen.Choose(2, 4)), (1, Gen.Constant(0)))
        from outer in Gen.Frequency((3, Gen.Constant(1)), (1, Gen.Choose(0, 3)))
        from sharing in Gen.Choose(0, 3)
        from beta in Gen.Elements(0.0, 1.0, -0.5, 2.0)
        from seed in Gen.Choose(0, 1_000_000)
        select new ProductCase(
            Of(rows, columns, inner, (flags & 1) != 0, (flags & 2) != 0, gaps, batch, outer, sharing), beta, seed));

    /// <summary>One product large enough for several parts, with transposes, gaps between rows, and ragged ends.</summary>
    public static Arbitrary<ProductCase> ArbitraryLarge { get; } = Arb.From(
        from rows in Gen.Choose(100, 260)
        from columns in Gen.Choose(370, 480)
        from inner in Gen.Choose(2, 600)
        from flags in Gen.Choose(0, 3)
        from gaps in Gen.Elements(0, 0, 1, 5, 17).Three()
        from beta in Gen.Elements(0.0, 1.0, -0.5, 2.0)
        from seed in Gen.Choose(0, 1_000_000)
        select new ProductCase(
            Of(rows, columns, inner, (flags & 1) != 0, (flags & 2) != 0, gaps, batch: 1, outer: 1, sharing: 0), beta, seed));

    private static Gen<int> Sizes => Gen.Frequency(
        (1, Gen.Constant(0)), (4, Gen.Constant(1)), (10, Gen.Choose(2, 20)), (6, Gen.Choose(20, 70)), (1, Gen.Choose(300, 700)));

    /// <summary>Multiplies with a provider, in memory aligned as a plan's is, and gives everything around and in C.</summary>
    public unsafe T[] Multiply<T>(IMatrixProduct provider, IRowsWritten? rowsWritten = null, bool resultIsNan = false)
        where T : unmanaged, INumber<T>
    {
        var (left, right, result) = Numbers<T>();
        if (resultIsNan)
            Array.Fill(result, T.CreateChecked(double.NaN));
        using var a = Aligned(left);
        using var b = Aligned(right);
        using var c = Aligned(result);
        if (typeof(T) == typeof(float))
            provider.Multiply(Shape, (float*)a.Start, (float*)b.Start, (float)Beta, (float*)c.Start, rowsWritten);
        else
            provider.Multiply(Shape, (double*)a.Start, (double*)b.Start, Beta, (double*)c.Start, rowsWritten);
        return c.AsSpan<T>(0, result.Length).ToArray();
    }

    /// <summary>The same by the definition, in double precision, one element after the other.</summary>
    public double[] Expected<T>()
        where T : unmanaged, INumber<T>
    {
        var numbers = Numbers<T>();
        var left = Array.ConvertAll(numbers.Left, double.CreateChecked);
        var right = Array.ConvertAll(numbers.Right, double.CreateChecked);
        var expected = Array.ConvertAll(numbers.Result, double.CreateChecked);
        var inner = Shape.Inner;
        var leftStep = Shape.TransposeLeft ? Shape.LeftStride : 1;
        var rightStep = Shape.TransposeRight ? 1 : Shape.RightStride;
        for (var batch = 0; batch < Shape.ProductCount; batch++)
        {
            for (var i = 0; i < Shape.Rows; i++)
            {
                for (var j = 0; j < Shape.Columns; j++)
                {
                    var sum = 0.0;
                    var a = (Shape.TransposeLeft ? i : (long)i * Shape.LeftStride) + Shape.LeftStart(batch);
                    var b = (Shape.TransposeRight ? (long)j * Shape.RightStride : j) + Shape.RightStart(batch);
                    for (var k = 0; k < inner; k++, a += leftStep, b += rightStep)
                        sum += left[a] * right[b];

                    ref var element = ref expected[(batch * Shape.ResultBatchStride) + (i * Shape.ResultStride) + j];
                    element = (Beta * element) + sum;
                }
            }
        }

        return expected;
    }

    /// <summary>True where an index of the result belongs to C, false in the gaps between rows and matrices.</summary>
    public bool IsWritten(int index)
    {
        if (Shape.ResultBatchStride == 0)
            return false;
        var inMatrix = index % Shape.ResultBatchStride;
        return index / Shape.ResultBatchStride < Shape.ProductCount
            && inMatrix / Math.Max(1, Shape.ResultStride) < Shape.Rows
            && inMatrix % Math.Max(1, Shape.ResultStride) < Shape.Columns;
    }

    private static ProductShape Of(
        int rows, int columns, int inner, bool left, bool right, (int A, int B, int C) gaps, int batch, int outer, int sharing)
    {
        var dense = new ProductShape(rows, columns, inner, left, right);
        var shape = dense with
        {
            LeftStride = dense.LeftStride + gaps.A,
            RightStride = dense.RightStride + gaps.B,
            ResultStride = dense.ResultStride + gaps.C,
            BatchCount = batch,
        };
        var leftStride = sharing == 1 ? 0 : (long)(left ? inner : rows) * shape.LeftStride;
        var rightStride = sharing >= 2 ? 0 : (long)(right ? columns : inner) * shape.RightStride;
        return shape with
        {
            LeftBatchStride = leftStride,
            RightBatchStride = rightStride,
            OuterBatchCount = outer,
            LeftOuterStride = leftStride == 0 ? 0 : (batch * leftStride) + gaps.A,
            RightOuterStride = sharing == 3 ? 0 : (batch * rightStride) + gaps.B,
            ResultBatchStride = (long)rows * shape.ResultStride,
        };
    }

    private static unsafe AlignedMemory Aligned<T>(T[] numbers)
        where T : unmanaged
    {
        var memory = new AlignedMemory((long)numbers.Length * sizeof(T));
        numbers.CopyTo(memory.AsSpan<T>(0, numbers.Length));
        return memory;
    }

    private (T[] Left, T[] Right, T[] Result) Numbers<T>()
        where T : unmanaged, INumber<T>
    {
        var random = new Random(Seed);
        return (
            Filled((Shape.TransposeLeft ? Shape.Inner : Shape.Rows) * Shape.LeftStride, Shape.LeftStart),
            Filled((Shape.TransposeRight ? Shape.Columns : Shape.Inner) * Shape.RightStride, Shape.RightStart),
            Filled(Shape.Rows * Shape.ResultStride, product => product * Shape.ResultBatchStride));

        T[] Filled(int one, Func<int, long> start)
        {
            var numbers = new T[one + (Shape.ProductCount == 0 ? 0 : start(Shape.ProductCount - 1)) + 1];
            foreach (ref var number in numbers.AsSpan())
                number = T.CreateChecked(random.NextDouble() - 0.5);
            return numbers;
        }
    }
}
