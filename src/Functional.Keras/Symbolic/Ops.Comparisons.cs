using Functional.Kernels.Memory;

namespace Functional.Keras;

/// <content>Comparisons, truth values and element types.</content>
public static partial class Ops
{
    /// <summary>Whether two numbers are equal.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Equal(Operand x1, Operand x2) => Call("Equal", [], x1, x2);

    /// <summary>Whether two numbers differ.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor NotEqual(Operand x1, Operand x2) => Call("NotEqual", [], x1, x2);

    /// <summary>Whether <c>x1</c> is below <c>x2</c>.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Less(Operand x1, Operand x2) => Call("Less", [], x1, x2);

    /// <summary>Whether <c>x1</c> is not above <c>x2</c>.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor LessEqual(Operand x1, Operand x2) => Call("LessEqual", [], x1, x2);

    /// <summary>Whether <c>x1</c> is above <c>x2</c>.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Greater(Operand x1, Operand x2) => Call("Greater", [], x1, x2);

    /// <summary>Whether <c>x1</c> is not below <c>x2</c>.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor GreaterEqual(Operand x1, Operand x2) => Call("GreaterEqual", [], x1, x2);

    /// <summary>Whether both are true; numbers other than 0 are.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor LogicalAnd(Operand x1, Operand x2) => Call("LogicalAnd", [], x1, x2);

    /// <summary>Whether one is true; numbers other than 0 are.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor LogicalOr(Operand x1, Operand x2) => Call("LogicalOr", [], x1, x2);

    /// <summary>Whether one is true and the other is not.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor LogicalXor(Operand x1, Operand x2) => Call("LogicalXor", [], x1, x2);

    /// <summary>Whether it is false; the number 0 is.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor LogicalNot(SymbolicTensor x) => Call("LogicalNot", [], x);

    /// <summary>Whether it is not a number.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor IsNan(SymbolicTensor x) => Call("Isnan", [], x);

    /// <summary>Whether it is infinite.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor IsInf(SymbolicTensor x) => Call("Isinf", [], x);

    /// <summary>Whether it is a finite number.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor IsFinite(SymbolicTensor x) => Call("Isfinite", [], x);

    /// <summary>Numbers in place of those that are none: 0 for NaN, the greatest and the least for infinite
    /// ones.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor NanToNum(SymbolicTensor x) => Call("NanToNum", [], x);

    /// <summary><c>x1</c> where the condition holds, <c>x2</c> elsewhere; all are broadcast.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="x1">Values where it holds.</param>
    /// <param name="x2">Values where it does not.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Where(Operand condition, Operand x1, Operand x2) =>
        Call("Where", [], condition, x1, x2);

    /// <summary>The same values in another element type; numbers that become whole are cut towards 0. A model in which
    /// something is Float64 computes in double precision as a whole (<see cref="Model.ElementType"/>).</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="dtype">The element type.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Cast(SymbolicTensor x, ElementKind dtype) =>
        Call("Cast", new() { ["dtype"] = dtype.KerasName() }, x);

    /// <summary>The same values; no gradient flows back.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor StopGradient(SymbolicTensor x) => Call("StopGradient", [], x);

    /// <summary>The same values.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Copy(SymbolicTensor x) => Call("Copy", [], x);

    /// <summary>Zeros in the shape of a tensor.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor ZerosLike(SymbolicTensor x) => Call("ZerosLike", [], x);

    /// <summary>Ones in the shape of a tensor.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor OnesLike(SymbolicTensor x) => Call("OnesLike", [], x);
}
