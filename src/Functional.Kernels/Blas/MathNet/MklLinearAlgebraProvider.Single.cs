using System.Numerics;
using MathNet.Numerics.LinearAlgebra.Factorization;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace Functional.Kernels.Blas.MathNet;

/// <content>
/// Matrices of float: products, dot products and factorizations by MKL, the rest by MathNet's managed code.
/// </content>
public sealed partial class MklLinearAlgebraProvider
{
    void ILinearAlgebraProvider<float>.AddVectorToScaledVector(float[] y, float alpha, float[] x, float[] result) =>
        _single.AddVectorToScaledVector(y, alpha, x, result);

    void ILinearAlgebraProvider<float>.ScaleArray(float alpha, float[] x, float[] result) =>
        _managed.ScaleArray(alpha, x, result);

    void ILinearAlgebraProvider<float>.ConjugateArray(float[] x, float[] result) =>
        _managed.ConjugateArray(x, result);

    float ILinearAlgebraProvider<float>.DotProduct(float[] x, float[] y) =>
        _single.DotProduct(x, y);

    void ILinearAlgebraProvider<float>.AddArrays(float[] x, float[] y, float[] result) =>
        _managed.AddArrays(x, y, result);

    void ILinearAlgebraProvider<float>.SubtractArrays(float[] x, float[] y, float[] result) =>
        _managed.SubtractArrays(x, y, result);

    void ILinearAlgebraProvider<float>.PointWiseMultiplyArrays(float[] x, float[] y, float[] result) =>
        _managed.PointWiseMultiplyArrays(x, y, result);

    void ILinearAlgebraProvider<float>.PointWiseDivideArrays(float[] x, float[] y, float[] result) =>
        _managed.PointWiseDivideArrays(x, y, result);

    void ILinearAlgebraProvider<float>.PointWisePowerArrays(float[] x, float[] y, float[] result) =>
        _managed.PointWisePowerArrays(x, y, result);

    double ILinearAlgebraProvider<float>.MatrixNorm(Norm norm, int rows, int columns, float[] a) =>
        _managed.MatrixNorm(norm, rows, columns, a);

    void ILinearAlgebraProvider<float>.MatrixMultiply(
        float[] x, int rowsX, int columnsX, float[] y, int rowsY, int columnsY, float[] result) =>
        _single.MatrixMultiply(x, rowsX, columnsX, y, rowsY, columnsY, result);

    void ILinearAlgebraProvider<float>.MatrixMultiplyWithUpdate(
        Transpose transposeA, Transpose transposeB, float alpha, float[] a, int rowsA, int columnsA, float[] b,
        int rowsB, int columnsB, float beta, float[] c) =>
        _single.MatrixMultiplyWithUpdate(
            transposeA, transposeB, alpha, a, rowsA, columnsA, b, rowsB, columnsB, beta, c);

    void ILinearAlgebraProvider<float>.LUFactor(float[] data, int order, int[] ipiv) =>
        _single.LUFactor(data, order, ipiv);

    void ILinearAlgebraProvider<float>.LUInverse(float[] a, int order) =>
        _single.LUInverse(a, order);

    void ILinearAlgebraProvider<float>.LUInverseFactored(float[] a, int order, int[] ipiv) =>
        _single.LUInverseFactored(a, order, ipiv);

    void ILinearAlgebraProvider<float>.LUSolve(int columnsOfB, float[] a, int order, float[] b) =>
        _single.LUSolve(columnsOfB, a, order, b);

    void ILinearAlgebraProvider<float>.LUSolveFactored(int columnsOfB, float[] a, int order, int[] ipiv, float[] b) =>
        _single.LUSolveFactored(columnsOfB, a, order, ipiv, b);

    void ILinearAlgebraProvider<float>.CholeskyFactor(float[] a, int order) =>
        _single.CholeskyFactor(a, order);

    void ILinearAlgebraProvider<float>.CholeskySolve(float[] a, int orderA, float[] b, int columnsB) =>
        _single.CholeskySolve(a, orderA, b, columnsB);

    void ILinearAlgebraProvider<float>.CholeskySolveFactored(float[] a, int orderA, float[] b, int columnsB) =>
        _single.CholeskySolveFactored(a, orderA, b, columnsB);

    void ILinearAlgebraProvider<float>.QRFactor(float[] a, int rowsA, int columnsA, float[] q, float[] tau) =>
        _managed.QRFactor(a, rowsA, columnsA, q, tau);

    void ILinearAlgebraProvider<float>.ThinQRFactor(float[] a, int rowsA, int columnsA, float[] r, float[] tau) =>
        _managed.ThinQRFactor(a, rowsA, columnsA, r, tau);

    void ILinearAlgebraProvider<float>.QRSolve(
        float[] a, int rows, int columns, float[] b, int columnsB, float[] x, QRMethod method) =>
        _managed.QRSolve(a, rows, columns, b, columnsB, x, method);

    void ILinearAlgebraProvider<float>.QRSolveFactored(
        float[] q, float[] r, int rowsA, int columnsA, float[] tau, float[] b, int columnsB, float[] x,
        QRMethod method) =>
        _managed.QRSolveFactored(q, r, rowsA, columnsA, tau, b, columnsB, x, method);

    void ILinearAlgebraProvider<float>.SingularValueDecomposition(
        bool computeVectors, float[] a, int rowsA, int columnsA, float[] s, float[] u, float[] vt) =>
        _managed.SingularValueDecomposition(computeVectors, a, rowsA, columnsA, s, u, vt);

    void ILinearAlgebraProvider<float>.SvdSolve(
        float[] a, int rowsA, int columnsA, float[] b, int columnsB, float[] x) =>
        _managed.SvdSolve(a, rowsA, columnsA, b, columnsB, x);

    void ILinearAlgebraProvider<float>.SvdSolveFactored(
        int rowsA, int columnsA, float[] s, float[] u, float[] vt, float[] b, int columnsB, float[] x) =>
        _managed.SvdSolveFactored(rowsA, columnsA, s, u, vt, b, columnsB, x);

    void ILinearAlgebraProvider<float>.EigenDecomp(
        bool isSymmetric, int order, float[] matrix, float[] matrixEv, Complex[] vectorEv, float[] matrixD) =>
        _managed.EigenDecomp(isSymmetric, order, matrix, matrixEv, vectorEv, matrixD);
}
