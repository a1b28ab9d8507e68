namespace Functional.Kernels.Loops.Vectors;

/// <summary>
/// Describes vector arithmetic instead of doing it. A function that is written against <see
/// cref="IVectorArithmetic{TFloats, TIntegers}"/> becomes, with this, the flat list of its operations: the JIT compiler
/// has nothing to inline then, which makes compiling loops several times faster.
/// </summary>
/// <typeparam name="TWidth">The width that is described.</typeparam>
/// <typeparam name="TFloats">Its vector of floats or doubles.</typeparam>
/// <typeparam name="TIntegers">Its vector of integers.</typeparam>
internal readonly struct SymbolicWidth<TWidth, TFloats, TIntegers>
    : IVectorArithmetic<FloatsExpression, IntegersExpression>
    where TWidth : IVectorArithmetic<TFloats, TIntegers>
{
    public static int Count => TWidth.Count;

    public static bool IsSingle => TWidth.IsSingle;

    public static bool CanScale => TWidth.CanScale;

    public static IntegersExpression LaneNumbers => new(nameof(LaneNumbers), null);

    public static FloatsExpression Constant(double value) => new(nameof(Constant), value);

    public static IntegersExpression Integer(long value) => new(nameof(Integer), value);

    public static FloatsExpression Add(FloatsExpression left, FloatsExpression right) =>
        new(nameof(Add), null, left, right);

    public static FloatsExpression Subtract(FloatsExpression left, FloatsExpression right) =>
        new(nameof(Subtract), null, left, right);

    public static FloatsExpression Multiply(FloatsExpression left, FloatsExpression right) =>
        new(nameof(Multiply), null, left, right);

    public static FloatsExpression Divide(FloatsExpression left, FloatsExpression right) =>
        new(nameof(Divide), null, left, right);

    public static FloatsExpression MultiplyAdd(
        FloatsExpression left, FloatsExpression right, FloatsExpression addend) =>
        new(nameof(MultiplyAdd), null, left, right, addend);

    public static FloatsExpression Sqrt(FloatsExpression value) => new(nameof(Sqrt), null, value);

    public static FloatsExpression Abs(FloatsExpression value) => new(nameof(Abs), null, value);

    public static FloatsExpression Negate(FloatsExpression value) => new(nameof(Negate), null, value);

    public static FloatsExpression Floor(FloatsExpression value) => new(nameof(Floor), null, value);

    public static FloatsExpression Ceiling(FloatsExpression value) => new(nameof(Ceiling), null, value);

    public static FloatsExpression Round(FloatsExpression value) => new(nameof(Round), null, value);

    public static FloatsExpression RuntimeSin(FloatsExpression value) => new(nameof(RuntimeSin), null, value);

    public static FloatsExpression RuntimeCos(FloatsExpression value) => new(nameof(RuntimeCos), null, value);

    public static FloatsExpression RuntimeLog(FloatsExpression value) => new(nameof(RuntimeLog), null, value);

    public static FloatsExpression Maximum(FloatsExpression left, FloatsExpression right) =>
        new(nameof(Maximum), null, left, right);

    public static FloatsExpression Minimum(FloatsExpression left, FloatsExpression right) =>
        new(nameof(Minimum), null, left, right);

    public static FloatsExpression AtLeast(FloatsExpression bound, FloatsExpression value) =>
        new(nameof(AtLeast), null, bound, value);

    public static FloatsExpression AtMost(FloatsExpression bound, FloatsExpression value) =>
        new(nameof(AtMost), null, bound, value);

    public static FloatsExpression Equal(FloatsExpression left, FloatsExpression right) =>
        new(nameof(Equal), null, left, right);

    public static FloatsExpression Less(FloatsExpression left, FloatsExpression right) =>
        new(nameof(Less), null, left, right);

    public static FloatsExpression LessOrEqual(FloatsExpression left, FloatsExpression right) =>
        new(nameof(LessOrEqual), null, left, right);

    public static FloatsExpression And(FloatsExpression left, FloatsExpression right) =>
        new(nameof(And), null, left, right);

    public static FloatsExpression Or(FloatsExpression left, FloatsExpression right) =>
        new(nameof(Or), null, left, right);

    public static FloatsExpression Xor(FloatsExpression left, FloatsExpression right) =>
        new(nameof(Xor), null, left, right);

    public static FloatsExpression Not(FloatsExpression value) => new(nameof(Not), null, value);

    public static FloatsExpression Select(
        FloatsExpression condition, FloatsExpression whenTrue, FloatsExpression whenFalse) =>
        new(nameof(Select), null, condition, whenTrue, whenFalse);

    public static FloatsExpression Scale(FloatsExpression value, FloatsExpression exponent) => CanScale
        ? new(nameof(Scale), null, value, exponent)
        : PowerOfTwo<SymbolicWidth<TWidth, TFloats, TIntegers>, FloatsExpression, IntegersExpression>.Scale(
            value, exponent);

    public static IntegersExpression AsIntegers(FloatsExpression value) => new(nameof(AsIntegers), null, value);

    public static FloatsExpression AsFloats(IntegersExpression value) => new(nameof(AsFloats), null, value);

    public static IntegersExpression ToIntegers(FloatsExpression value) => new(nameof(ToIntegers), null, value);

    public static FloatsExpression ToFloats(IntegersExpression value) => new(nameof(ToFloats), null, value);

    public static IntegersExpression IntegerAdd(IntegersExpression left, IntegersExpression right) =>
        new(nameof(IntegerAdd), null, left, right);

    public static IntegersExpression IntegerSubtract(IntegersExpression left, IntegersExpression right) =>
        new(nameof(IntegerSubtract), null, left, right);

    public static IntegersExpression IntegerMultiply(IntegersExpression left, IntegersExpression right) =>
        new(nameof(IntegerMultiply), null, left, right);

    public static IntegersExpression IntegerMaximum(IntegersExpression left, IntegersExpression right) =>
        new(nameof(IntegerMaximum), null, left, right);

    public static IntegersExpression IntegerMinimum(IntegersExpression left, IntegersExpression right) =>
        new(nameof(IntegerMinimum), null, left, right);

    public static IntegersExpression IntegerEqual(IntegersExpression left, IntegersExpression right) =>
        new(nameof(IntegerEqual), null, left, right);

    public static IntegersExpression IntegerLess(IntegersExpression left, IntegersExpression right) =>
        new(nameof(IntegerLess), null, left, right);

    public static IntegersExpression IntegerAnd(IntegersExpression left, IntegersExpression right) =>
        new(nameof(IntegerAnd), null, left, right);

    public static IntegersExpression ShiftLeft(IntegersExpression value, int bits) =>
        new(nameof(ShiftLeft), bits, value);

    public static IntegersExpression ShiftRight(IntegersExpression value, int bits) =>
        new(nameof(ShiftRight), bits, value);

    public static FloatsExpression SwapLanes(FloatsExpression value, int distance) =>
        new(nameof(SwapLanes), distance, value);

    public static FloatsExpression ByLane(FloatsExpression x, LoopUnary function) => new(nameof(ByLane), function, x);

    public static FloatsExpression ByLane(FloatsExpression x, FloatsExpression y, LoopBinary function) =>
        new(nameof(ByLane), function, x, y);

    public static IntegersExpression IntegerByLane(IntegersExpression x, IntegersExpression y, LoopBinary function) =>
        new(nameof(IntegerByLane), function, x, y);
}
