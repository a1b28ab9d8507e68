namespace Functional.Keras;

/// <content>Functions of every number by itself.</content>
public static partial class Ops
{
    /// <summary>The sum <c>x1 + x2</c>, with broadcasting; of truth values it is their or.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Add(Operand x1, Operand x2) => Call("Add", [], x1, x2);

    /// <summary>The difference <c>x1 - x2</c>, with broadcasting.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Subtract(Operand x1, Operand x2) => Call("Subtract", [], x1, x2);

    /// <summary>The product <c>x1 * x2</c> number by number, with broadcasting; of truth values it is their and.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Multiply(Operand x1, Operand x2) => Call("Multiply", [], x1, x2);

    /// <summary>The quotient <c>x1 / x2</c>, always floating.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Divide(Operand x1, Operand x2) => Call("Divide", [], x1, x2);

    /// <summary>The quotient <c>x1 / x2</c>, always floating: the operator /.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor TrueDivide(Operand x1, Operand x2) => Call("TrueDivide", [], x1, x2);

    /// <summary>The quotient <c>x1 / x2</c>, and 0 where the divisor is 0.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor DivideNoNan(Operand x1, Operand x2) => Call("DivideNoNan", [], x1, x2);

    /// <summary>The greatest whole number that is not above <c>x1 / x2</c>.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor FloorDivide(Operand x1, Operand x2) => Call("FloorDivide", [], x1, x2);

    /// <summary>The remainder of <c>x1 / x2</c> with the sign of the divisor.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Mod(Operand x1, Operand x2) => Call("Mod", [], x1, x2);

    /// <summary><c>x1</c> to the power of <c>x2</c>; of whole numbers it is whole, cut towards 0.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Power(Operand x1, Operand x2) => Call("Power", [], x1, x2);

    /// <summary>The greater of two numbers.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Maximum(Operand x1, Operand x2) => Call("Maximum", [], x1, x2);

    /// <summary>The lesser of two numbers.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Minimum(Operand x1, Operand x2) => Call("Minimum", [], x1, x2);

    /// <summary>The angle of the point (x2, x1) in radians.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Arctan2(Operand x1, Operand x2) => Call("Arctan2", [], x1, x2);

    /// <summary><c>log(exp(x1) + exp(x2))</c>, stable for large numbers.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Logaddexp(Operand x1, Operand x2) => Call("Logaddexp", [], x1, x2);

    /// <summary>The magnitude of every number.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Absolute(SymbolicTensor x) => Call("Absolute", [], x);

    /// <summary>The magnitude of every number.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Abs(SymbolicTensor x) => Call("Absolute", [], x);

    /// <summary>Every number with the other sign.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Negative(SymbolicTensor x) => Call("Negative", [], x);

    /// <summary>-1, 0 or 1.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Sign(SymbolicTensor x) => Call("Sign", [], x);

    /// <summary><c>x * x</c>.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Square(SymbolicTensor x) => Call("Square", [], x);

    /// <summary>The square root.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Sqrt(SymbolicTensor x) => Call("Sqrt", [], x);

    /// <summary><c>1 / sqrt(x)</c>.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Rsqrt(SymbolicTensor x) => Call("Rsqrt", [], x);

    /// <summary><c>1 / x</c>.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Reciprocal(SymbolicTensor x) => Call("Reciprocal", [], x);

    /// <summary>The exponential function.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Exp(SymbolicTensor x) => Call("Exp", [], x);

    /// <summary><c>exp(x) - 1</c>, exact near 0.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Expm1(SymbolicTensor x) => Call("Expm1", [], x);

    /// <summary>The natural logarithm.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Log(SymbolicTensor x) => Call("Log", [], x);

    /// <summary><c>log(1 + x)</c>, exact near 0.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Log1p(SymbolicTensor x) => Call("Log1p", [], x);

    /// <summary>The logarithm to base 2.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Log2(SymbolicTensor x) => Call("Log2", [], x);

    /// <summary>The logarithm to base 10.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Log10(SymbolicTensor x) => Call("Log10", [], x);

    /// <summary>The sine.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Sin(SymbolicTensor x) => Call("Sin", [], x);

    /// <summary>The cosine.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Cos(SymbolicTensor x) => Call("Cos", [], x);

    /// <summary>The tangent.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Tan(SymbolicTensor x) => Call("Tan", [], x);

    /// <summary>The inverse sine.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Arcsin(SymbolicTensor x) => Call("Arcsin", [], x);

    /// <summary>The inverse cosine.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Arccos(SymbolicTensor x) => Call("Arccos", [], x);

    /// <summary>The inverse tangent.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Arctan(SymbolicTensor x) => Call("Arctan", [], x);

    /// <summary>The hyperbolic sine.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Sinh(SymbolicTensor x) => Call("Sinh", [], x);

    /// <summary>The hyperbolic cosine.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Cosh(SymbolicTensor x) => Call("Cosh", [], x);

    /// <summary>The hyperbolic tangent.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Tanh(SymbolicTensor x) => Call("Tanh", [], x);

    /// <summary>The inverse hyperbolic sine.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Arcsinh(SymbolicTensor x) => Call("Arcsinh", [], x);

    /// <summary>The inverse hyperbolic cosine.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Arccosh(SymbolicTensor x) => Call("Arccosh", [], x);

    /// <summary>The inverse hyperbolic tangent.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Arctanh(SymbolicTensor x) => Call("Arctanh", [], x);

    /// <summary>The error function.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Erf(SymbolicTensor x) => Call("Erf", [], x);

    /// <summary>The greatest whole number that is not above.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Floor(SymbolicTensor x) => Call("Floor", [], x);

    /// <summary>The least whole number that is not below.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Ceil(SymbolicTensor x) => Call("Ceil", [], x);

    /// <summary>The nearest number with some decimals; halves go to the even one.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="decimals">The number of decimals.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Round(SymbolicTensor x, int decimals = 0) =>
        Call("Round", new() { ["decimals"] = decimals }, x);

    /// <summary>Numbers below a bound become that bound, and numbers above the other one become the other one. Whole
    /// numbers stay whole: their bounds are cut towards 0.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="xMin">The lower bound.</param>
    /// <param name="xMax">The upper bound.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Clip(SymbolicTensor x, double xMin, double xMax) =>
        Call("Clip", new() { ["x_min"] = xMin, ["x_max"] = xMax }, x);
}
