using System.Numerics;
using MathNet.Numerics.LinearAlgebra.Factorization;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace Functional.Kernels.Blas.MathNet;

/// <content>
/// Matrices of double: products, dot products and factorizations by MKL, the rest by MathNet's managed code.
/// </content>
public sealed partial class MklLinearAlgebraProvider
{
    void ILinearAlgebraProvider<double>.AddVectorToScaledVector(
        double[] y, double alpha, double[] x, double[] result) =>
        _double.AddVectorToScaledVector(y, alpha, x, result);

    void ILinearAlgebraProvider<double>.ScaleArray(double alpha, double[] x, double[] result) =>
        _managed.ScaleArray(alpha, x, result);

    void ILinearAlgebraProvider<double>.ConjugateArray(double[] x, double[] result) =>
        _managed.ConjugateArray(x, result);

    double ILinearAlgebraProvider<double>.DotProduct(double[] x, double[] y) =>
        _double.DotProduct(x, y);

    void ILinearAlgebraProvider<double>.AddArrays(double[] x, double[] y, double[] result) =>
        _managed.AddArrays(x, y, result);

    void ILinearAlgebraProvider<double>.SubtractArrays(double[] x, double[] y, double[] result) =>
        _managed.SubtractArrays(x, y, result);

    void ILinearAlgebraProvider<double>.PointWiseMultiplyArrays(double[] x, double[] y, double[] result) =>
        _managed.PointWiseMultiplyArrays(x, y, result);

    void ILinearAlgebraProvider<double>.PointWiseDivideArrays(double[] x, double[] y, double[] result) =>
        _managed.PointWiseDivideArrays(x, y, result);

    void ILinearAlgebraProvider<double>.PointWisePowerArrays(double[] x, double[] y, double[] result) =>
        _managed.PointWisePowerArrays(x, y, result);

    double ILinearAlgebraProvider<double>.MatrixNorm(Norm norm, int rows, int columns, double[] a) =>
        _managed.MatrixNorm(norm, rows, columns, a);

    void ILinearAlgebraProvider<double>.MatrixMultiply(
        double[] x, int rowsX, int columnsX, double[] y, int rowsY, int columnsY, double[] result) =>
        _double.MatrixMultiply(x, rowsX, columnsX, y, rowsY, columnsY, result);

    void ILinearAlgebraProvider<double>.MatrixMultiplyWithUpdate(
        Transpose transposeA, Transpose transposeB, double alpha, double[] a, int rowsA, int columnsA, double[] b,
        int rowsB, int columnsB, double beta, double[] c) =>
        _double.MatrixMultiplyWithUpdate(
            transposeA, transposeB, alpha, a, rowsA, columnsA, b, rowsB, columnsB, beta, c);

    void ILinearAlgebraProvider<double>.LUFactor(double[] data, int order, int[] ipiv) =>
        _double.LUFactor(data, order, ipiv);

    void ILinearAlgebraProvider<double>.LUInverse(double[] a, int order) =>
        _double.LUInverse(a, order);

    void ILinearAlgebraProvider<double>.LUInverseFactored(double[] a, int order, int[] ipiv) =>
        _double.LUInverseFactored(a, order, ipiv);

    void ILinearAlgebraProvider<double>.LUSolve(int columnsOfB, double[] a, int order, double[] b) =>
        _double.LUSolve(columnsOfB, a, order, b);

    void ILinearAlgebraProvider<double>.LUSolveFactored(
        int columnsOfB, double[] a, int order, int[] ipiv, double[] b) =>
        _double.LUSolveFactored(columnsOfB, a, order, ipiv, b);

    void ILinearAlgebraProvider<double>.CholeskyFactor(double[] a, int order) =>
        _double.CholeskyFactor(a, order);

    void ILinearAlgebraProvider<double>.CholeskySolve(double[] a, int orderA, double[] b, int columnsB) =>
        _double.CholeskySolve(a, orderA, b, columnsB);

    void ILinearAlgebraProvider<double>.CholeskySolveFactored(double[] a, int orderA, double[] b, int columnsB) =>
        _double.CholeskySolveFactored(a, orderA, b, columnsB);

    void ILinearAlgebraProvider<double>.QRFactor(double[] a, int rowsA, int columnsA, double[] q, double[] tau) =>
        _managed.QRFactor(a, rowsA, columnsA, q, tau);

    void ILinearAlgebraProvider<double>.ThinQRFactor(double[] a, int rowsA, int columnsA, double[] r, double[] tau) =>
        _managed.ThinQRFactor(a, rowsA, columnsA, r, tau);

    void ILinearAlgebraProvider<double>.QRSolve(
        double[] a, int rows, int columns, double[] b, int columnsB, double[] x, QRMethod method) =>
        _managed.QRSolve(a, rows, columns, b, columnsB, x, method);

    void ILinearAlgebraProvider<double>.QRSolveFactored(
        double[] q, double[] r, int rowsA, int columnsA, double[] tau, double[] b, int columnsB, double[] x,
        QRMethod method) =>
        _managed.QRSolveFactored(q, r, rowsA, columnsA, tau, b, columnsB, x, method);

    void ILinearAlgebraProvider<double>.SingularValueDecomposition(
        bool computeVectors, double[] a, int rowsA, int columnsA, double[] s, double[] u, double[] vt) =>
        _managed.SingularValueDecomposition(computeVectors, a, rowsA, columnsA, s, u, vt);

    void ILinearAlgebraProvider<double>.SvdSolve(
        double[] a, int rowsA, int columnsA, double[] b, int columnsB, double[] x) =>
        _managed.SvdSolve(a, rowsA, columnsA, b, columnsB, x);

    void ILinearAlgebraProvider<double>.SvdSolveFactored(
        int rowsA, int columnsA, double[] s, double[] u, double[] vt, double[] b, int columnsB, double[] x) =>
        _managed.SvdSolveFactored(rowsA, columnsA, s, u, vt, b, columnsB, x);

    void ILinearAlgebraProvider<double>.EigenDecomp(
        bool isSymmetric, int order, double[] matrix, double[] matrixEv, Complex[] vectorEv, double[] matrixD) =>
        _managed.EigenDecomp(isSymmetric, order, matrix, matrixEv, vectorEv, matrixD);
}
