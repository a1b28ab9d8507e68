using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Kernels.Blas.Mkl;
using MathNet.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace Functional.Kernels.Blas.MathNet;

/// <summary>MKL's operations on matrices of one element type, in the form in which MathNet asks for them.</summary>
/// <remarks>Matrices are whole arrays, stored column by column. LAPACK counts pivots from 1, MathNet from 0.</remarks>
/// <typeparam name="T">float, double, Complex or Complex32.</typeparam>
internal sealed unsafe class MklColumnMajor<T>
    where T : unmanaged
{
    private const int ColumnMajor = 102;
    private const byte Lower = (byte)'L';
    private const byte AsStored = (byte)'N';

    private readonly MklLibrary _library;
    private readonly delegate* unmanaged[Cdecl]<int, int, int, T*, int, int*, int> _factorLu;
    private readonly delegate* unmanaged[Cdecl]<int, byte, int, int, T*, int, int*, T*, int, int> _solveLu;
    private readonly delegate* unmanaged[Cdecl]<int, int, T*, int, int*, int> _invertLu;
    private readonly delegate* unmanaged[Cdecl]<int, byte, int, T*, int, int> _factorCholesky;
    private readonly delegate* unmanaged[Cdecl]<int, byte, int, int, T*, int, T*, int, int> _solveCholesky;

    public MklColumnMajor(MklLibrary library)
    {
        _library = library;
        var type = Letter;
        _factorLu = (delegate* unmanaged[Cdecl]<int, int, int, T*, int, int*, int>)
            library.Function($"LAPACKE_{type}getrf");
        _solveLu = (delegate* unmanaged[Cdecl]<int, byte, int, int, T*, int, int*, T*, int, int>)
            library.Function($"LAPACKE_{type}getrs");
        _invertLu = (delegate* unmanaged[Cdecl]<int, int, T*, int, int*, int>)library.Function($"LAPACKE_{type}getri");
        _factorCholesky = (delegate* unmanaged[Cdecl]<int, byte, int, T*, int, int>)
            library.Function($"LAPACKE_{type}potrf");
        _solveCholesky = (delegate* unmanaged[Cdecl]<int, byte, int, int, T*, int, T*, int, int>)
            library.Function($"LAPACKE_{type}potrs");
    }

    // The letter by which BLAS and LAPACK name the element type.
    private static char Letter =>
        typeof(T) == typeof(float) ? 's'
        : typeof(T) == typeof(double) ? 'd'
        : typeof(T) == typeof(Complex) ? 'z'
        : 'c';

    public void AddVectorToScaledVector(T[] y, T alpha, T[] x, T[] result)
    {
        Require(x.Length == y.Length && result.Length == y.Length, "Vectors must have one length.");
        if (!ReferenceEquals(y, result))
            y.CopyTo(result, 0);
        fixed (T* from = x, to = result)
        {
            var address = _library.Function($"cblas_{Letter}axpy");
            if (typeof(T) == typeof(float))
            {
                var axpy = (delegate* unmanaged[Cdecl]<int, float, void*, int, void*, int, void>)address;
                axpy(x.Length, Unsafe.BitCast<T, float>(alpha), from, 1, to, 1);
            }
            else
            {
                var axpy = (delegate* unmanaged[Cdecl]<int, double, void*, int, void*, int, void>)address;
                axpy(x.Length, Unsafe.BitCast<T, double>(alpha), from, 1, to, 1);
            }
        }
    }

    public T DotProduct(T[] x, T[] y)
    {
        Require(x.Length == y.Length, "Vectors must have one length.");
        fixed (T* left = x, right = y)
        {
            return ((delegate* unmanaged[Cdecl]<int, T*, int, T*, int, T>)_library.Function($"cblas_{Letter}dot"))(
                x.Length, left, 1, right, 1);
        }
    }

    public void MatrixMultiply(T[] x, int rowsX, int columnsX, T[] y, int rowsY, int columnsY, T[] result) =>
        MatrixMultiplyWithUpdate(
            Transpose.DontTranspose, Transpose.DontTranspose,
            One, x, rowsX, columnsX, y, rowsY, columnsY, default, result);

    public void MatrixMultiplyWithUpdate(
        Transpose transposeA, Transpose transposeB,
        T alpha, T[] a, int rowsA, int columnsA, T[] b, int rowsB, int columnsB, T beta, T[] c)
    {
        var (rows, inner) = transposeA == Transpose.DontTranspose ? (rowsA, columnsA) : (columnsA, rowsA);
        var (innerOfB, columns) = transposeB == Transpose.DontTranspose ? (rowsB, columnsB) : (columnsB, rowsB);
        Require(inner == innerOfB, $"The inner sizes {inner} and {innerOfB} of a product must be one.");
        Require(a.Length == (long)rowsA * columnsA, "The array of A must have the size of A.");
        Require(b.Length == (long)rowsB * columnsB, "The array of B must have the size of B.");
        Require(c.Length == (long)rows * columns, "The array of the result must have the size of the product.");
        if (c.Length == 0)
            return;

        // MathNet allows the result to be an operand, MKL does not.
        if (ReferenceEquals(a, c))
            a = (T[])a.Clone();
        if (ReferenceEquals(b, c))
            b = (T[])b.Clone();

        // A matrix by columns is its transpose by rows, hence the operands change places.
        var swapped = new ProductShape(
            columns, rows, inner, transposeB != Transpose.DontTranspose, transposeA != Transpose.DontTranspose);
        fixed (T* left = a, right = b, result = c)
        {
            if (typeof(T) == typeof(float) && IsOne(alpha))
            {
                DividedProduct<float>.Run(
                    _library, swapped,
                    (float*)right, (float*)left, Unsafe.BitCast<T, float>(beta), (float*)result, null);
            }
            else if (typeof(T) == typeof(double) && IsOne(alpha))
            {
                DividedProduct<double>.Run(
                    _library, swapped,
                    (double*)right, (double*)left, Unsafe.BitCast<T, double>(beta), (double*)result, null);
            }
            else
            {
                Gemm(
                    (int)transposeA, (int)transposeB, rows, columns, inner,
                    alpha, left, Math.Max(1, rowsA), right, Math.Max(1, rowsB), beta, result);
            }
        }
    }

    private void Gemm(
        int transposeA, int transposeB, int m, int n, int k, T alpha, T* a, int lda, T* b, int ldb, T beta, T* c)
    {
        if (typeof(T) == typeof(float))
        {
            _library.SingleProduct(
                ColumnMajor, transposeA, transposeB, m, n, k,
                Unsafe.BitCast<T, float>(alpha), (float*)a, lda, (float*)b, ldb,
                Unsafe.BitCast<T, float>(beta), (float*)c, m);
        }
        else if (typeof(T) == typeof(double))
        {
            _library.DoubleProduct(
                ColumnMajor, transposeA, transposeB, m, n, k,
                Unsafe.BitCast<T, double>(alpha), (double*)a, lda, (double*)b, ldb,
                Unsafe.BitCast<T, double>(beta), (double*)c, m);
        }
        else
        {
            // Complex factors are passed by address.
            var product = (delegate* unmanaged[Cdecl]<
                int, int, int, int, int, int, T*, T*, int, T*, int, T*, T*, int, void>)
                _library.Function($"cblas_{Letter}gemm");
            product(ColumnMajor, transposeA, transposeB, m, n, k, &alpha, a, lda, b, ldb, &beta, c, m);
        }
    }

    public void LUFactor(T[] data, int order, int[] ipiv)
    {
        RequireSquare(data, order);
        Require(ipiv.Length == order, "There must be one pivot for each row.");
        fixed (T* matrix = data)
        fixed (int* pivots = ipiv)
            CheckArguments(_factorLu(ColumnMajor, order, order, matrix, Math.Max(1, order), pivots));
        for (var row = 0; row < order; row++)
            ipiv[row]--;
    }

    public void LUInverse(T[] a, int order)
    {
        var pivots = new int[order];
        LUFactor(a, order, pivots);
        LUInverseFactored(a, order, pivots);
    }

    public void LUInverseFactored(T[] a, int order, int[] ipiv)
    {
        RequireSquare(a, order);
        Require(ipiv.Length == order, "There must be one pivot for each row.");
        fixed (T* matrix = a)
        fixed (int* pivots = FromOne(ipiv))
            CheckArguments(_invertLu(ColumnMajor, order, matrix, Math.Max(1, order), pivots));
    }

    public void LUSolve(int columnsOfB, T[] a, int order, T[] b)
    {
        var factored = (T[])a.Clone();
        var pivots = new int[order];
        LUFactor(factored, order, pivots);
        LUSolveFactored(columnsOfB, factored, order, pivots, b);
    }

    public void LUSolveFactored(int columnsOfB, T[] a, int order, int[] ipiv, T[] b)
    {
        RequireSquare(a, order);
        RequireRightSides(b, order, columnsOfB);
        Require(ipiv.Length == order, "There must be one pivot for each row.");
        var leading = Math.Max(1, order);
        fixed (T* matrix = a, sides = b)
        fixed (int* pivots = FromOne(ipiv))
            CheckArguments(_solveLu(ColumnMajor, AsStored, order, columnsOfB, matrix, leading, pivots, sides, leading));
    }

    public void CholeskyFactor(T[] a, int order)
    {
        RequireSquare(a, order);
        fixed (T* matrix = a)
        {
            var failedMinor = _factorCholesky(ColumnMajor, Lower, order, matrix, Math.Max(1, order));
            CheckArguments(failedMinor);
            Require(failedMinor == 0, "Matrix must be positive definite.");
        }

        // LAPACK leaves what it finds above the diagonal.
        for (var column = 1; column < order; column++)
            a.AsSpan(column * order, column).Clear();
    }

    public void CholeskySolve(T[] a, int orderA, T[] b, int columnsB)
    {
        var factored = (T[])a.Clone();
        CholeskyFactor(factored, orderA);
        CholeskySolveFactored(factored, orderA, b, columnsB);
    }

    public void CholeskySolveFactored(T[] a, int orderA, T[] b, int columnsB)
    {
        RequireSquare(a, orderA);
        RequireRightSides(b, orderA, columnsB);
        var leading = Math.Max(1, orderA);
        fixed (T* matrix = a, sides = b)
            CheckArguments(_solveCholesky(ColumnMajor, Lower, orderA, columnsB, matrix, leading, sides, leading));
    }

    private static T One =>
        typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>(1)
        : typeof(T) == typeof(double) ? Unsafe.BitCast<double, T>(1)
        : typeof(T) == typeof(Complex) ? Unsafe.BitCast<Complex, T>(Complex.One)
        : Unsafe.BitCast<Complex32, T>(Complex32.One);

    private static bool IsOne(T value) => EqualityComparer<T>.Default.Equals(value, One);

    private static int[] FromOne(int[] pivots) => Array.ConvertAll(pivots, pivot => pivot + 1);

    private static void RequireSquare(T[] matrix, int order) =>
        Require(order >= 0 && matrix.Length == (long)order * order, $"The array must hold {order} x {order} elements.");

    private static void RequireRightSides(T[] sides, int order, int columns) =>
        Require(
            columns >= 0 && sides.Length == (long)order * columns,
            $"The array must hold {order} x {columns} elements.");

    // The library writes wherever it is told to: sizes are checked before, not after.
    private static void Require(bool condition, string expectation)
    {
        if (!condition)
            throw new ArgumentException(expectation);
    }

    private static void CheckArguments(int information)
    {
        if (information < 0)
            throw new InvalidOperationException($"Intel MKL refused argument {-information} of a factorization.");
    }
}
