using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Functional.Kernels.Loops.Vectors;

/// <summary>Vectors of 512 bits.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TInteger">int with float, long with double.</typeparam>
internal readonly unsafe struct Width512<T, TInteger> : IVectorWidth<Vector512<T>, Vector512<TInteger>>
    where T : unmanaged
    where TInteger : unmanaged
{
    public static int Count => Vector512<T>.Count;

    public static bool CanScale => Avx512F.IsSupported;

    public static bool IsSingle => typeof(T) == typeof(float);

    public static Vector512<TInteger> LaneNumbers => Vector512<TInteger>.Indices;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Constant(double value) =>
        IsSingle ? Vector512.Create((float)value).As<float, T>() : Vector512.Create(value).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TInteger> Integer(long value) =>
        IsSingle ? Vector512.Create((int)value).As<int, TInteger>() : Vector512.Create(value).As<long, TInteger>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Add(Vector512<T> left, Vector512<T> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Subtract(Vector512<T> left, Vector512<T> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Multiply(Vector512<T> left, Vector512<T> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Divide(Vector512<T> left, Vector512<T> right) => left / right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd(Vector512<T> left, Vector512<T> right, Vector512<T> addend) =>
        IsSingle
            ? Vector512.MultiplyAddEstimate(left.AsSingle(), right.AsSingle(), addend.AsSingle()).As<float, T>()
            : Vector512.MultiplyAddEstimate(left.AsDouble(), right.AsDouble(), addend.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Sqrt(Vector512<T> value) => Vector512.Sqrt(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Abs(Vector512<T> value) => Vector512.Abs(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Negate(Vector512<T> value) => -value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Floor(Vector512<T> value) =>
        IsSingle ? Vector512.Floor(value.AsSingle()).As<float, T>() : Vector512.Floor(value.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Ceiling(Vector512<T> value) =>
        IsSingle
            ? Vector512.Ceiling(value.AsSingle()).As<float, T>()
            : Vector512.Ceiling(value.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Round(Vector512<T> value) =>
        IsSingle ? Vector512.Round(value.AsSingle()).As<float, T>() : Vector512.Round(value.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> RuntimeSin(Vector512<T> value) =>
        IsSingle ? Vector512.Sin(value.AsSingle()).As<float, T>() : Vector512.Sin(value.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> RuntimeCos(Vector512<T> value) =>
        IsSingle ? Vector512.Cos(value.AsSingle()).As<float, T>() : Vector512.Cos(value.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> RuntimeLog(Vector512<T> value) => Vector512.Log(value.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Maximum(Vector512<T> left, Vector512<T> right) => Vector512.Max(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Minimum(Vector512<T> left, Vector512<T> right) => Vector512.Min(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> AtLeast(Vector512<T> bound, Vector512<T> value) => Vector512.MaxNative(bound, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> AtMost(Vector512<T> bound, Vector512<T> value) => Vector512.MinNative(bound, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Equal(Vector512<T> left, Vector512<T> right) => Vector512.Equals(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Less(Vector512<T> left, Vector512<T> right) => Vector512.LessThan(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LessOrEqual(Vector512<T> left, Vector512<T> right) =>
        Vector512.LessThanOrEqual(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> And(Vector512<T> left, Vector512<T> right) => left & right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Or(Vector512<T> left, Vector512<T> right) => left | right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Xor(Vector512<T> left, Vector512<T> right) => left ^ right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Not(Vector512<T> value) => ~value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Select(Vector512<T> condition, Vector512<T> whenTrue, Vector512<T> whenFalse) =>
        Vector512.ConditionalSelect(condition, whenTrue, whenFalse);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Scale(Vector512<T> value, Vector512<T> exponent)
    {
        if (CanScale)
        {
            return IsSingle
                ? Avx512F.Scale(value.AsSingle(), exponent.AsSingle()).As<float, T>()
                : Avx512F.Scale(value.AsDouble(), exponent.AsDouble()).As<double, T>();
        }

        return PowerOfTwo<Width512<T, TInteger>, Vector512<T>, Vector512<TInteger>>.Scale(value, exponent);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TInteger> AsIntegers(Vector512<T> value) => value.As<T, TInteger>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> AsFloats(Vector512<TInteger> value) => value.As<TInteger, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TInteger> ToIntegers(Vector512<T> value)
    {
        if (IsSingle)
            return Vector512.ConvertToInt32(value.AsSingle()).As<int, TInteger>();
        var whole = Vector512.ConvertToInt64(value.AsDouble());
        var bounded = Vector512.Min(Vector512.Create((long)int.MaxValue), whole);
        return Vector512.Max(Vector512.Create((long)int.MinValue), bounded).As<long, TInteger>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ToFloats(Vector512<TInteger> value) =>
        IsSingle
            ? Vector512.ConvertToSingle(value.AsInt32()).As<float, T>()
            : Vector512.ConvertToDouble(value.AsInt64()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TInteger> IntegerAdd(Vector512<TInteger> left, Vector512<TInteger> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TInteger> IntegerSubtract(Vector512<TInteger> left, Vector512<TInteger> right) =>
        left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TInteger> IntegerMultiply(Vector512<TInteger> left, Vector512<TInteger> right) =>
        left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TInteger> IntegerAnd(Vector512<TInteger> left, Vector512<TInteger> right) => left & right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TInteger> IntegerMaximum(Vector512<TInteger> left, Vector512<TInteger> right) =>
        Vector512.Max(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TInteger> IntegerMinimum(Vector512<TInteger> left, Vector512<TInteger> right) =>
        Vector512.Min(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TInteger> IntegerEqual(Vector512<TInteger> left, Vector512<TInteger> right) =>
        Vector512.Equals(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TInteger> IntegerLess(Vector512<TInteger> left, Vector512<TInteger> right) =>
        Vector512.LessThan(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TInteger> ShiftLeft(Vector512<TInteger> value, int bits) => value << bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TInteger> ShiftRight(Vector512<TInteger> value, int bits) => value >> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> SwapLanes(Vector512<T> value, int distance) =>
        IsSingle
            ? Vector512.Shuffle(value.AsSingle(), Vector512<int>.Indices ^ Vector512.Create(distance)).As<float, T>()
            : Vector512.Shuffle(value.AsDouble(), Vector512<long>.Indices ^ Vector512.Create((long)distance))
                .As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(byte* source) => Vector512.Load((T*)source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<T> value, byte* target) => value.Store((T*)target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadPart(byte* source, Vector512<TInteger> mask)
    {
        if (!Avx512F.IsSupported)
            return LanesInMemory<Width512<T, TInteger>, Vector512<T>, Vector512<TInteger>>.LoadPart(source, mask);
        return IsSingle
            ? Avx512F.MaskLoad((float*)source, mask.AsSingle(), Vector512<float>.Zero).As<float, T>()
            : Avx512F.MaskLoad((double*)source, mask.AsDouble(), Vector512<double>.Zero).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePart(Vector512<T> value, byte* target, Vector512<TInteger> mask)
    {
        if (!Avx512F.IsSupported)
            LanesInMemory<Width512<T, TInteger>, Vector512<T>, Vector512<TInteger>>.StorePart(value, target, mask);
        else if (IsSingle)
            Avx512F.MaskStore((float*)target, mask.AsSingle(), value.AsSingle());
        else
            Avx512F.MaskStore((double*)target, mask.AsDouble(), value.AsDouble());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TInteger> LoadIntegers(byte* source)
    {
        if (IsSingle)
            return Vector512.Load((int*)source).As<int, TInteger>();
        var narrow = Vector256.Load((int*)source);
        return Vector512.Create(Vector256.WidenLower(narrow), Vector256.WidenUpper(narrow)).As<long, TInteger>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreIntegers(Vector512<TInteger> value, byte* target)
    {
        if (IsSingle)
            value.AsInt32().Store((int*)target);
        else
            Vector256.Narrow(value.GetLower().AsInt64(), value.GetUpper().AsInt64()).Store((int*)target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadTruths(byte* source)
    {
        if (!Avx512F.IsSupported)
            return LanesInMemory<Width512<T, TInteger>, Vector512<T>, Vector512<TInteger>>.LoadTruths(source, 1, Count);
        if (IsSingle)
        {
            var values = Avx512F.ConvertToVector512Int32(Vector128.Load(source));
            return (~Vector512.Equals(values, Vector512<int>.Zero)).As<int, T>();
        }

        var wideValues = Avx512F.ConvertToVector512Int64(Vector128.CreateScalar(*(ulong*)source).AsByte());
        return (~Vector512.Equals(wideValues, Vector512<long>.Zero)).As<long, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTruths(Vector512<T> value, byte* target)
    {
        if (!Avx512F.IsSupported)
            LanesInMemory<Width512<T, TInteger>, Vector512<T>, Vector512<TInteger>>.StoreTruths(
                value, target, 1, Count);
        else if (IsSingle)
            Avx512F.ConvertToVector128Byte(value.AsUInt32() & Vector512.Create(1u)).Store(target);
        else
            *(ulong*)target = Avx512F.ConvertToVector128Byte(value.AsUInt64() & Vector512.Create(1ul)).AsUInt64()
                .ToScalar();
    }

    public static Vector512<T> ByLane(Vector512<T> x, LoopUnary function) =>
        LanesInMemory<Width512<T, TInteger>, Vector512<T>, Vector512<TInteger>>.Apply(x, function);

    public static Vector512<T> ByLane(Vector512<T> x, Vector512<T> y, LoopBinary function) =>
        LanesInMemory<Width512<T, TInteger>, Vector512<T>, Vector512<TInteger>>.Apply(x, y, function);

    public static Vector512<TInteger> IntegerByLane(
        Vector512<TInteger> x, Vector512<TInteger> y, LoopBinary function) =>
        LanesInMemory<Width512<T, TInteger>, Vector512<T>, Vector512<TInteger>>.Apply(x, y, function);
}
