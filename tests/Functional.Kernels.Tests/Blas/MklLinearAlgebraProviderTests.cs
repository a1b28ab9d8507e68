using FsCheck;
using FsCheck.Fluent;
using Functional.Kernels.Blas.MathNet;
using Functional.Kernels.Tests.Parallelism;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Providers.LinearAlgebra;
using Xunit;
using Complex = System.Numerics.Complex;

namespace Functional.Kernels.Tests.Blas;

[Collection(GlobalState.Name)]
public sealed class MklLinearAlgebraProviderTests : IDisposable
{
    private static readonly Arbitrary<(int Rows, int Inner, int Columns, int Seed)> _sizes = Arb.From(
        from rows in Gen.Choose(1, 30)
        from inner in Gen.Choose(1, 30)
        from columns in Gen.Choose(1, 30)
        from seed in Gen.Choose(0, 1_000_000)
        select (rows, inner, columns, seed));

    private readonly ILinearAlgebraProvider _before = LinearAlgebraControl.Provider;

    public void Dispose() => LinearAlgebraControl.Provider = _before;

    [MklFact]
    public void MathNetNamesTheProviderItUses()
    {
        MklLinearAlgebraProvider.Register();
        Assert.Contains("Intel MKL", LinearAlgebraControl.Provider.ToString(), StringComparison.Ordinal);
    }

    [MklFact]
    public void ProductsOfAllElementTypesAgreeWithMathNetsOwn() => Check(size =>
    {
        // Sums of 30 products of standard normal numbers, rounded in single or double precision.
        SameProducts<float>(size, 1e-4);
        SameProducts<double>(size, 1e-12);
        SameProducts<Complex32>(size, 1e-4);
        SameProducts<Complex>(size, 1e-12);
    });

    [MklFact]
    public void SumsAndDotProductsOfVectorsAgreeWithMathNetsOwn() => Check(size =>
    {
        Same(1e-4, () => Vectors<float>(size, (x, y) => (x * 0.5f) + y + x.DotProduct(y)));
        Same(1e-12, () => Vectors<double>(size, (x, y) => (x * 0.5) + y + x.DotProduct(y)));
        Same(1e-12, () => Vectors<Complex>(size, (x, y) => (x * new Complex(0.5, 2)) + y + x.DotProduct(y)));
    });

    [MklFact]
    public void LinearSystemsAreSolved() => Check(size =>
    {
        Solves<float>(size, 1e-2);
        Solves<double>(size, 1e-8);
        Solves<Complex32>(size, 1e-2);
        Solves<Complex>(size, 1e-8);
    });

    [MklFact]
    public void FactorizationsAgreeWithMathNetsOwn() => Check(size =>
    {
        var order = size.Rows;
        Same(1e-8, () => Dominant<double>(order, size.Seed).LU().L.ToColumnMajorArray());
        Same(1e-8, () => Dominant<double>(order, size.Seed).LU().U.ToColumnMajorArray());
        Same(0, () => Pivots(Random<double>(order, order, size.Seed)));
        Same(1e-8, () => Dominant<double>(order, size.Seed).Inverse().ToColumnMajorArray());
        Same(1e-8, () => Positive(order, size.Seed).Cholesky().Factor.ToColumnMajorArray());
        Same(1e-8, () => Positive(order, size.Seed).Cholesky().Solve(Random<double>(order, 3, 5)).ToColumnMajorArray());
        Same(1e-8, () => Random<double>(order + 3, order, size.Seed).QR().R.PointwiseAbs().ToColumnMajorArray());
    });

    [MklFact]
    public void ProductsThroughMathNetAgreeWithTheDefinitionWhenMathNetRunsOnMkl()
    {
        MklLinearAlgebraProvider.Register();
        ProductLaws.AgreesWithTheDefinition<float>(MathNetMatrixProduct.Instance);
        ProductLaws.AgreesWithTheDefinition<double>(MathNetMatrixProduct.Instance);
    }

    [MklFact]
    public void AMatrixThatIsNotPositiveDefiniteIsRefused()
    {
        MklLinearAlgebraProvider.Register();
        Assert.Throws<ArgumentException>(() => (-Matrix<double>.Build.DenseIdentity(4)).Cholesky());
    }

    [MklFact]
    public void ArraysThatDoNotFitAreRefusedBeforeMemoryIsTouched()
    {
        MklLinearAlgebraProvider.Register();
        var provider = (ILinearAlgebraProvider<double>)LinearAlgebraControl.Provider;
        Assert.Throws<ArgumentException>(() => provider.MatrixMultiply(new double[6], 2, 3, new double[6], 3, 2, new double[3]));
        Assert.Throws<ArgumentException>(() => provider.LUFactor(new double[8], 3, new int[3]));
        Assert.Throws<ArgumentException>(() => provider.CholeskySolveFactored(new double[9], 3, new double[5], 2));
        Assert.Throws<ArgumentException>(() => provider.DotProduct(new double[2], new double[3]));
    }

    [MklFact]
    public void TheResultMayBeAnOperand()
    {
        MklLinearAlgebraProvider.Register();
        var provider = (ILinearAlgebraProvider<double>)LinearAlgebraControl.Provider;
        double[] matrix = [1, 2, 3, 4];
        provider.MatrixMultiply(matrix, 2, 2, matrix, 2, 2, matrix);
        Assert.Equal([7, 10, 15, 22], matrix);
    }

    private static void Check(Action<(int Rows, int Inner, int Columns, int Seed)> law) =>
        Prop.ForAll(_sizes, law).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    private static void SameProducts<T>((int Rows, int Inner, int Columns, int Seed) size, double tolerance)
        where T : struct, IEquatable<T>, IFormattable
    {
        var (m, k, n, seed) = size;
        Same(tolerance, () => (Random<T>(m, k, seed) * Random<T>(k, n, seed + 1)).ToColumnMajorArray());
        Same(tolerance, () => Random<T>(k, m, seed).TransposeThisAndMultiply(Random<T>(k, n, seed + 1)).ToColumnMajorArray());
        Same(tolerance, () => Random<T>(m, k, seed).TransposeAndMultiply(Random<T>(n, k, seed + 1)).ToColumnMajorArray());
        Same(tolerance, () =>
            Random<T>(k, m, seed).ConjugateTransposeThisAndMultiply(Random<T>(k, n, seed + 1)).ToColumnMajorArray());
    }

    private static IEnumerable<double> Pivots(Matrix<double> matrix)
    {
        var permutation = matrix.LU().P;
        return Enumerable.Range(0, matrix.RowCount).Select(row => (double)permutation[row]);
    }

    private static void Solves<T>((int Rows, int Inner, int Columns, int Seed) size, double tolerance)
        where T : struct, IEquatable<T>, IFormattable
    {
        MklLinearAlgebraProvider.Register();
        var matrix = Dominant<T>(size.Rows, size.Seed);
        var sides = Random<T>(size.Rows, size.Columns, size.Seed + 1);
        Assert.True((matrix * matrix.Solve(sides)).Subtract(sides).FrobeniusNorm() < tolerance);
    }

    private static Vector<T> Vectors<T>(
        (int Rows, int Inner, int Columns, int Seed) size, Func<Vector<T>, Vector<T>, Vector<T>> operation)
        where T : struct, IEquatable<T>, IFormattable =>
        operation(
            Vector<T>.Build.Random(size.Rows, new Normal(new System.Random(size.Seed))),
            Vector<T>.Build.Random(size.Rows, new Normal(new System.Random(size.Seed + 1))));

    private static Matrix<T> Random<T>(int rows, int columns, int seed)
        where T : struct, IEquatable<T>, IFormattable =>
        Matrix<T>.Build.Random(rows, columns, new Normal(new System.Random(seed)));

    private static Matrix<T> Dominant<T>(int order, int seed)
        where T : struct, IEquatable<T>, IFormattable
    {
        var strong = Matrix<T>.Build.DenseIdentity(order);
        for (var doubling = 0; doubling < 6; doubling++)
            strong += strong;
        return Random<T>(order, order, seed) + strong;
    }

    private static Matrix<double> Positive(int order, int seed)
    {
        var matrix = Random<double>(order, order, seed);
        return matrix.TransposeAndMultiply(matrix) + Matrix<double>.Build.DenseIdentity(order);
    }

    // The same computation with MathNet's managed provider and with MKL.
    private static void Same<T>(double tolerance, Func<IEnumerable<T>> compute)
    {
        LinearAlgebraControl.UseManaged();
        var expected = compute().ToList();
        MklLinearAlgebraProvider.Register();
        var found = compute().ToList();
        Assert.Equal(expected.Count, found.Count);
        for (var index = 0; index < expected.Count; index++)
            Assert.True(Distance(expected[index], found[index]) <= tolerance, $"{found[index]} is not {expected[index]}.");
    }

    private static double Distance<T>(T one, T other) => (one, other) switch
    {
        (float x, float y) => Math.Abs(x - y),
        (double x, double y) => Math.Abs(x - y),
        (Complex32 x, Complex32 y) => (x - y).Magnitude,
        (Complex x, Complex y) => (x - y).Magnitude,
        _ => throw new ArgumentException($"No distance between {typeof(T)}s."),
    };
}
