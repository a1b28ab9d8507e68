namespace Functional.Keras;

/// <content>Operators: expressions between layers. There is no == for numbers, which asks whether two tensors are the same
/// one: <see cref="Ops.Equal"/> compares their numbers.</content>
public sealed partial class SymbolicTensor
{
    /// <summary>A part of the tensor: <c>x[.., 0]</c>, <c>x[.., 1..^1]</c>. The first axis is the batch; axes that are not
    /// named are whole.</summary>
    /// <param name="indices">What to take of the axes, in their order.</param>
    /// <exception cref="ArgumentException">A position or a range does not fit the shape.</exception>
    public SymbolicTensor this[params ReadOnlySpan<AxisIndex> indices] => Ops.GetItem(this, indices);

    /// <summary>Every number with the other sign.</summary>
    /// <param name="x">The tensor.</param>
    public static SymbolicTensor operator -(SymbolicTensor x) => Ops.Negative(x);

    /// <summary>Whether it is false.</summary>
    /// <param name="x">The tensor.</param>
    public static SymbolicTensor operator !(SymbolicTensor x) => Ops.LogicalNot(x);

    /// <summary>The sum.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator +(SymbolicTensor x1, SymbolicTensor x2) => Ops.Add(x1, x2);

    /// <summary>The sum.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator +(SymbolicTensor x1, Operand x2) => Ops.Add(x1, x2);

    /// <summary>The sum.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator +(Operand x1, SymbolicTensor x2) => Ops.Add(x1, x2);

    /// <summary>The difference.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator -(SymbolicTensor x1, SymbolicTensor x2) => Ops.Subtract(x1, x2);

    /// <summary>The difference.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator -(SymbolicTensor x1, Operand x2) => Ops.Subtract(x1, x2);

    /// <summary>The difference.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator -(Operand x1, SymbolicTensor x2) => Ops.Subtract(x1, x2);

    /// <summary>The product, number by number.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator *(SymbolicTensor x1, SymbolicTensor x2) => Ops.Multiply(x1, x2);

    /// <summary>The product, number by number.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator *(SymbolicTensor x1, Operand x2) => Ops.Multiply(x1, x2);

    /// <summary>The product, number by number.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator *(Operand x1, SymbolicTensor x2) => Ops.Multiply(x1, x2);

    /// <summary>The quotient, always floating.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator /(SymbolicTensor x1, SymbolicTensor x2) => Ops.TrueDivide(x1, x2);

    /// <summary>The quotient, always floating.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator /(SymbolicTensor x1, Operand x2) => Ops.TrueDivide(x1, x2);

    /// <summary>The quotient, always floating.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator /(Operand x1, SymbolicTensor x2) => Ops.TrueDivide(x1, x2);

    /// <summary>The remainder, with the sign of the divisor.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator %(SymbolicTensor x1, SymbolicTensor x2) => Ops.Mod(x1, x2);

    /// <summary>The remainder, with the sign of the divisor.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator %(SymbolicTensor x1, Operand x2) => Ops.Mod(x1, x2);

    /// <summary>The remainder, with the sign of the divisor.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator %(Operand x1, SymbolicTensor x2) => Ops.Mod(x1, x2);

    /// <summary>Whether one is below the other.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator <(SymbolicTensor x1, SymbolicTensor x2) => Ops.Less(x1, x2);

    /// <summary>Whether one is below the other.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator <(SymbolicTensor x1, Operand x2) => Ops.Less(x1, x2);

    /// <summary>Whether one is below the other.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator <(Operand x1, SymbolicTensor x2) => Ops.Less(x1, x2);

    /// <summary>Whether one is above the other.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator >(SymbolicTensor x1, SymbolicTensor x2) => Ops.Greater(x1, x2);

    /// <summary>Whether one is above the other.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator >(SymbolicTensor x1, Operand x2) => Ops.Greater(x1, x2);

    /// <summary>Whether one is above the other.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator >(Operand x1, SymbolicTensor x2) => Ops.Greater(x1, x2);

    /// <summary>Whether one is not above the other.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator <=(SymbolicTensor x1, SymbolicTensor x2) => Ops.LessEqual(x1, x2);

    /// <summary>Whether one is not above the other.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator <=(SymbolicTensor x1, Operand x2) => Ops.LessEqual(x1, x2);

    /// <summary>Whether one is not above the other.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator <=(Operand x1, SymbolicTensor x2) => Ops.LessEqual(x1, x2);

    /// <summary>Whether one is not below the other.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator >=(SymbolicTensor x1, SymbolicTensor x2) => Ops.GreaterEqual(x1, x2);

    /// <summary>Whether one is not below the other.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator >=(SymbolicTensor x1, Operand x2) => Ops.GreaterEqual(x1, x2);

    /// <summary>Whether one is not below the other.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator >=(Operand x1, SymbolicTensor x2) => Ops.GreaterEqual(x1, x2);

    /// <summary>Whether both are true.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator &(SymbolicTensor x1, SymbolicTensor x2) => Ops.LogicalAnd(x1, x2);

    /// <summary>Whether both are true.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator &(SymbolicTensor x1, Operand x2) => Ops.LogicalAnd(x1, x2);

    /// <summary>Whether both are true.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator &(Operand x1, SymbolicTensor x2) => Ops.LogicalAnd(x1, x2);

    /// <summary>Whether one is true.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator |(SymbolicTensor x1, SymbolicTensor x2) => Ops.LogicalOr(x1, x2);

    /// <summary>Whether one is true.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator |(SymbolicTensor x1, Operand x2) => Ops.LogicalOr(x1, x2);

    /// <summary>Whether one is true.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator |(Operand x1, SymbolicTensor x2) => Ops.LogicalOr(x1, x2);

    /// <summary>Whether one is true and the other is not.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator ^(SymbolicTensor x1, SymbolicTensor x2) => Ops.LogicalXor(x1, x2);

    /// <summary>Whether one is true and the other is not.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator ^(SymbolicTensor x1, Operand x2) => Ops.LogicalXor(x1, x2);

    /// <summary>Whether one is true and the other is not.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    public static SymbolicTensor operator ^(Operand x1, SymbolicTensor x2) => Ops.LogicalXor(x1, x2);
}
