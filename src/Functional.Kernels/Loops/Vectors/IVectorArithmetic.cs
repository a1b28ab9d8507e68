namespace Functional.Kernels.Loops.Vectors;

/// <summary>
/// Arithmetic on vectors of one width. Functions are written once against it. With a type of <see
/// cref="IVectorWidth{TFloats, TIntegers}"/> they compute; with <see cref="SymbolicWidth{TWidth, TFloats, TIntegers}"/>
/// they describe what to compute, and the loop compiler makes code of that.
/// </summary>
/// <typeparam name="TFloats">A vector of floats or doubles. A truth value is such a vector with all bits of a lane set
/// or clear.</typeparam>
/// <typeparam name="TIntegers">A vector of as many integers of the same size. Lanes hold Int32 values, sign-extended
/// when they have 64 bits.</typeparam>
internal interface IVectorArithmetic<TFloats, TIntegers>
{
    /// <summary>The number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>Whether lanes are floats as opposed to doubles.</summary>
    static abstract bool IsSingle { get; }

    /// <summary>Whether the CPU multiplies by powers of two in one instruction.</summary>
    static abstract bool CanScale { get; }

    /// <summary>The lane numbers 0, 1, 2 ...</summary>
    static abstract TIntegers LaneNumbers { get; }

    static abstract TFloats Constant(double value);

    static abstract TIntegers Integer(long value);

    static abstract TFloats Add(TFloats left, TFloats right);

    static abstract TFloats Subtract(TFloats left, TFloats right);

    static abstract TFloats Multiply(TFloats left, TFloats right);

    static abstract TFloats Divide(TFloats left, TFloats right);

    /// <summary>left * right + addend, rounded once where the CPU can.</summary>
    static abstract TFloats MultiplyAdd(TFloats left, TFloats right, TFloats addend);

    static abstract TFloats Sqrt(TFloats value);

    static abstract TFloats Abs(TFloats value);

    static abstract TFloats Negate(TFloats value);

    static abstract TFloats Floor(TFloats value);

    static abstract TFloats Ceiling(TFloats value);

    static abstract TFloats Round(TFloats value);

    /// <summary>The sine, by the runtime.</summary>
    static abstract TFloats RuntimeSin(TFloats value);

    /// <summary>The cosine, by the runtime.</summary>
    static abstract TFloats RuntimeCos(TFloats value);

    /// <summary>The logarithm of doubles, by the runtime.</summary>
    static abstract TFloats RuntimeLog(TFloats value);

    /// <summary>The greater; NaN if either is.</summary>
    static abstract TFloats Maximum(TFloats left, TFloats right);

    /// <summary>The smaller; NaN if either is.</summary>
    static abstract TFloats Minimum(TFloats left, TFloats right);

    /// <summary>The greater by the CPU's own instruction: NaN if <paramref name="value"/> is.</summary>
    static abstract TFloats AtLeast(TFloats bound, TFloats value);

    /// <summary>The smaller by the CPU's own instruction: NaN if <paramref name="value"/> is.</summary>
    static abstract TFloats AtMost(TFloats bound, TFloats value);

    static abstract TFloats Equal(TFloats left, TFloats right);

    static abstract TFloats Less(TFloats left, TFloats right);

    static abstract TFloats LessOrEqual(TFloats left, TFloats right);

    static abstract TFloats And(TFloats left, TFloats right);

    static abstract TFloats Or(TFloats left, TFloats right);

    static abstract TFloats Xor(TFloats left, TFloats right);

    static abstract TFloats Not(TFloats value);

    static abstract TFloats Select(TFloats condition, TFloats whenTrue, TFloats whenFalse);

    /// <summary>value * 2^exponent for integral exponents, right also where the result is denormal or
    /// overflows.</summary>
    static abstract TFloats Scale(TFloats value, TFloats exponent);

    static abstract TIntegers AsIntegers(TFloats value);

    static abstract TFloats AsFloats(TIntegers value);

    /// <summary>Truncates toward zero to Int32, saturating; NaN becomes 0.</summary>
    static abstract TIntegers ToIntegers(TFloats value);

    static abstract TFloats ToFloats(TIntegers value);

    /// <summary>Arithmetic on whole lanes, which may leave the range of Int32 when lanes have 64 bits.</summary>
    static abstract TIntegers IntegerAdd(TIntegers left, TIntegers right);

    static abstract TIntegers IntegerSubtract(TIntegers left, TIntegers right);

    static abstract TIntegers IntegerMultiply(TIntegers left, TIntegers right);

    static abstract TIntegers IntegerMaximum(TIntegers left, TIntegers right);

    static abstract TIntegers IntegerMinimum(TIntegers left, TIntegers right);

    static abstract TIntegers IntegerEqual(TIntegers left, TIntegers right);

    static abstract TIntegers IntegerLess(TIntegers left, TIntegers right);

    static abstract TIntegers IntegerAnd(TIntegers left, TIntegers right);

    static abstract TIntegers ShiftLeft(TIntegers value, int bits);

    static abstract TIntegers ShiftRight(TIntegers value, int bits);

    /// <summary>The lanes in another order: lane i takes the value of lane i ^ distance.</summary>
    static abstract TFloats SwapLanes(TFloats value, int distance);

    /// <summary>A function that has no vector form, lane by lane.</summary>
    static abstract TFloats ByLane(TFloats x, LoopUnary function);

    /// <summary>A function of two arguments that has no vector form, lane by lane.</summary>
    static abstract TFloats ByLane(TFloats x, TFloats y, LoopBinary function);

    /// <summary>A function of two integers that has no vector form, lane by lane.</summary>
    static abstract TIntegers IntegerByLane(TIntegers x, TIntegers y, LoopBinary function);
}
