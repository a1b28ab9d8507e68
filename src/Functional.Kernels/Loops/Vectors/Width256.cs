using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Functional.Kernels.Loops.Vectors;

/// <summary>Vectors of 256 bits.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TInteger">int with float, long with double.</typeparam>
internal readonly unsafe struct Width256<T, TInteger> : IVectorWidth<Vector256<T>, Vector256<TInteger>>
    where T : unmanaged
    where TInteger : unmanaged
{
    public static int Count => Vector256<T>.Count;

    public static bool CanScale => Avx512F.VL.IsSupported;

    public static bool IsSingle => typeof(T) == typeof(float);

    public static Vector256<TInteger> LaneNumbers => Vector256<TInteger>.Indices;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Constant(double value) =>
        IsSingle ? Vector256.Create((float)value).As<float, T>() : Vector256.Create(value).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TInteger> Integer(long value) =>
        IsSingle ? Vector256.Create((int)value).As<int, TInteger>() : Vector256.Create(value).As<long, TInteger>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Add(Vector256<T> left, Vector256<T> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Subtract(Vector256<T> left, Vector256<T> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Multiply(Vector256<T> left, Vector256<T> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Divide(Vector256<T> left, Vector256<T> right) => left / right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplyAdd(Vector256<T> left, Vector256<T> right, Vector256<T> addend) =>
        IsSingle
            ? Vector256.MultiplyAddEstimate(left.AsSingle(), right.AsSingle(), addend.AsSingle()).As<float, T>()
            : Vector256.MultiplyAddEstimate(left.AsDouble(), right.AsDouble(), addend.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Sqrt(Vector256<T> value) => Vector256.Sqrt(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Abs(Vector256<T> value) => Vector256.Abs(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Negate(Vector256<T> value) => -value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Floor(Vector256<T> value) =>
        IsSingle ? Vector256.Floor(value.AsSingle()).As<float, T>() : Vector256.Floor(value.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Ceiling(Vector256<T> value) =>
        IsSingle
            ? Vector256.Ceiling(value.AsSingle()).As<float, T>()
            : Vector256.Ceiling(value.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Round(Vector256<T> value) =>
        IsSingle ? Vector256.Round(value.AsSingle()).As<float, T>() : Vector256.Round(value.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> RuntimeSin(Vector256<T> value) =>
        IsSingle ? Vector256.Sin(value.AsSingle()).As<float, T>() : Vector256.Sin(value.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> RuntimeCos(Vector256<T> value) =>
        IsSingle ? Vector256.Cos(value.AsSingle()).As<float, T>() : Vector256.Cos(value.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> RuntimeLog(Vector256<T> value) => Vector256.Log(value.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Maximum(Vector256<T> left, Vector256<T> right) => Vector256.Max(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Minimum(Vector256<T> left, Vector256<T> right) => Vector256.Min(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> AtLeast(Vector256<T> bound, Vector256<T> value) => Vector256.MaxNative(bound, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> AtMost(Vector256<T> bound, Vector256<T> value) => Vector256.MinNative(bound, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Equal(Vector256<T> left, Vector256<T> right) => Vector256.Equals(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Less(Vector256<T> left, Vector256<T> right) => Vector256.LessThan(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LessOrEqual(Vector256<T> left, Vector256<T> right) =>
        Vector256.LessThanOrEqual(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> And(Vector256<T> left, Vector256<T> right) => left & right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Or(Vector256<T> left, Vector256<T> right) => left | right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Xor(Vector256<T> left, Vector256<T> right) => left ^ right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Not(Vector256<T> value) => ~value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Select(Vector256<T> condition, Vector256<T> whenTrue, Vector256<T> whenFalse) =>
        Vector256.ConditionalSelect(condition, whenTrue, whenFalse);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Scale(Vector256<T> value, Vector256<T> exponent)
    {
        if (CanScale)
        {
            return IsSingle
                ? Avx512F.VL.Scale(value.AsSingle(), exponent.AsSingle()).As<float, T>()
                : Avx512F.VL.Scale(value.AsDouble(), exponent.AsDouble()).As<double, T>();
        }

        return PowerOfTwo<Width256<T, TInteger>, Vector256<T>, Vector256<TInteger>>.Scale(value, exponent);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TInteger> AsIntegers(Vector256<T> value) => value.As<T, TInteger>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> AsFloats(Vector256<TInteger> value) => value.As<TInteger, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TInteger> ToIntegers(Vector256<T> value)
    {
        if (IsSingle)
            return Vector256.ConvertToInt32(value.AsSingle()).As<int, TInteger>();
        var whole = Vector256.ConvertToInt64(value.AsDouble());
        var bounded = Vector256.Min(Vector256.Create((long)int.MaxValue), whole);
        return Vector256.Max(Vector256.Create((long)int.MinValue), bounded).As<long, TInteger>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> ToFloats(Vector256<TInteger> value) =>
        IsSingle
            ? Vector256.ConvertToSingle(value.AsInt32()).As<float, T>()
            : Vector256.ConvertToDouble(value.AsInt64()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TInteger> IntegerAdd(Vector256<TInteger> left, Vector256<TInteger> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TInteger> IntegerSubtract(Vector256<TInteger> left, Vector256<TInteger> right) =>
        left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TInteger> IntegerMultiply(Vector256<TInteger> left, Vector256<TInteger> right) =>
        left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TInteger> IntegerAnd(Vector256<TInteger> left, Vector256<TInteger> right) => left & right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TInteger> IntegerMaximum(Vector256<TInteger> left, Vector256<TInteger> right) =>
        Vector256.Max(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TInteger> IntegerMinimum(Vector256<TInteger> left, Vector256<TInteger> right) =>
        Vector256.Min(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TInteger> IntegerEqual(Vector256<TInteger> left, Vector256<TInteger> right) =>
        Vector256.Equals(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TInteger> IntegerLess(Vector256<TInteger> left, Vector256<TInteger> right) =>
        Vector256.LessThan(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TInteger> ShiftLeft(Vector256<TInteger> value, int bits) => value << bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TInteger> ShiftRight(Vector256<TInteger> value, int bits) => value >> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> SwapLanes(Vector256<T> value, int distance) =>
        IsSingle
            ? Vector256.Shuffle(value.AsSingle(), Vector256<int>.Indices ^ Vector256.Create(distance)).As<float, T>()
            : Vector256.Shuffle(value.AsDouble(), Vector256<long>.Indices ^ Vector256.Create((long)distance))
                .As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(byte* source) => Vector256.Load((T*)source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<T> value, byte* target) => value.Store((T*)target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LoadPart(byte* source, Vector256<TInteger> mask)
    {
        if (!Avx.IsSupported)
            return LanesInMemory<Width256<T, TInteger>, Vector256<T>, Vector256<TInteger>>.LoadPart(source, mask);
        return IsSingle
            ? Avx.MaskLoad((float*)source, mask.AsSingle()).As<float, T>()
            : Avx.MaskLoad((double*)source, mask.AsDouble()).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePart(Vector256<T> value, byte* target, Vector256<TInteger> mask)
    {
        if (!Avx.IsSupported)
            LanesInMemory<Width256<T, TInteger>, Vector256<T>, Vector256<TInteger>>.StorePart(value, target, mask);
        else if (IsSingle)
            Avx.MaskStore((float*)target, mask.AsSingle(), value.AsSingle());
        else
            Avx.MaskStore((double*)target, mask.AsDouble(), value.AsDouble());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TInteger> LoadIntegers(byte* source)
    {
        if (IsSingle)
            return Vector256.Load((int*)source).As<int, TInteger>();
        var narrow = Vector128.Load((int*)source);
        return Vector256.Create(Vector128.WidenLower(narrow), Vector128.WidenUpper(narrow)).As<long, TInteger>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreIntegers(Vector256<TInteger> value, byte* target)
    {
        if (IsSingle)
            value.AsInt32().Store((int*)target);
        else
            Vector128.Narrow(value.GetLower().AsInt64(), value.GetUpper().AsInt64()).Store((int*)target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LoadTruths(byte* source)
    {
        if (!Avx2.IsSupported)
            return LanesInMemory<Width256<T, TInteger>, Vector256<T>, Vector256<TInteger>>.LoadTruths(source, 1, Count);
        if (IsSingle)
        {
            var values = Avx2.ConvertToVector256Int32(Vector128.CreateScalar(*(ulong*)source).AsByte());
            return (~Vector256.Equals(values, Vector256<int>.Zero)).As<int, T>();
        }

        var wideValues = Avx2.ConvertToVector256Int64(Vector128.CreateScalar(*(uint*)source).AsByte());
        return (~Vector256.Equals(wideValues, Vector256<long>.Zero)).As<long, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTruths(Vector256<T> value, byte* target) =>
        LanesInMemory<Width256<T, TInteger>, Vector256<T>, Vector256<TInteger>>.StoreTruths(value, target, 1, Count);

    public static Vector256<T> ByLane(Vector256<T> x, LoopUnary function) =>
        LanesInMemory<Width256<T, TInteger>, Vector256<T>, Vector256<TInteger>>.Apply(x, function);

    public static Vector256<T> ByLane(Vector256<T> x, Vector256<T> y, LoopBinary function) =>
        LanesInMemory<Width256<T, TInteger>, Vector256<T>, Vector256<TInteger>>.Apply(x, y, function);

    public static Vector256<TInteger> IntegerByLane(
        Vector256<TInteger> x, Vector256<TInteger> y, LoopBinary function) =>
        LanesInMemory<Width256<T, TInteger>, Vector256<T>, Vector256<TInteger>>.Apply(x, y, function);
}
