using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Functional.Kernels.Loops.Vectors;

/// <summary>Vectors of 128 bits.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TInteger">int with float, long with double.</typeparam>
internal readonly unsafe struct Width128<T, TInteger> : IVectorWidth<Vector128<T>, Vector128<TInteger>>
    where T : unmanaged
    where TInteger : unmanaged
{
    public static int Count => Vector128<T>.Count;

    public static bool CanScale => Avx512F.VL.IsSupported;

    public static bool IsSingle => typeof(T) == typeof(float);

    public static Vector128<TInteger> LaneNumbers => Vector128<TInteger>.Indices;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Constant(double value) =>
        IsSingle ? Vector128.Create((float)value).As<float, T>() : Vector128.Create(value).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TInteger> Integer(long value) =>
        IsSingle ? Vector128.Create((int)value).As<int, TInteger>() : Vector128.Create(value).As<long, TInteger>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Add(Vector128<T> left, Vector128<T> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Subtract(Vector128<T> left, Vector128<T> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Multiply(Vector128<T> left, Vector128<T> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Divide(Vector128<T> left, Vector128<T> right) => left / right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplyAdd(Vector128<T> left, Vector128<T> right, Vector128<T> addend) =>
        IsSingle
            ? Vector128.MultiplyAddEstimate(left.AsSingle(), right.AsSingle(), addend.AsSingle()).As<float, T>()
            : Vector128.MultiplyAddEstimate(left.AsDouble(), right.AsDouble(), addend.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Sqrt(Vector128<T> value) => Vector128.Sqrt(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Abs(Vector128<T> value) => Vector128.Abs(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Negate(Vector128<T> value) => -value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Floor(Vector128<T> value) =>
        IsSingle ? Vector128.Floor(value.AsSingle()).As<float, T>() : Vector128.Floor(value.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Ceiling(Vector128<T> value) =>
        IsSingle
            ? Vector128.Ceiling(value.AsSingle()).As<float, T>()
            : Vector128.Ceiling(value.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Round(Vector128<T> value) =>
        IsSingle ? Vector128.Round(value.AsSingle()).As<float, T>() : Vector128.Round(value.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> RuntimeSin(Vector128<T> value) =>
        IsSingle ? Vector128.Sin(value.AsSingle()).As<float, T>() : Vector128.Sin(value.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> RuntimeCos(Vector128<T> value) =>
        IsSingle ? Vector128.Cos(value.AsSingle()).As<float, T>() : Vector128.Cos(value.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> RuntimeLog(Vector128<T> value) => Vector128.Log(value.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Maximum(Vector128<T> left, Vector128<T> right) => Vector128.Max(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Minimum(Vector128<T> left, Vector128<T> right) => Vector128.Min(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> AtLeast(Vector128<T> bound, Vector128<T> value) => Vector128.MaxNative(bound, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> AtMost(Vector128<T> bound, Vector128<T> value) => Vector128.MinNative(bound, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Equal(Vector128<T> left, Vector128<T> right) => Vector128.Equals(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Less(Vector128<T> left, Vector128<T> right) => Vector128.LessThan(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LessOrEqual(Vector128<T> left, Vector128<T> right) =>
        Vector128.LessThanOrEqual(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> And(Vector128<T> left, Vector128<T> right) => left & right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Or(Vector128<T> left, Vector128<T> right) => left | right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Xor(Vector128<T> left, Vector128<T> right) => left ^ right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Not(Vector128<T> value) => ~value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Select(Vector128<T> condition, Vector128<T> whenTrue, Vector128<T> whenFalse) =>
        Vector128.ConditionalSelect(condition, whenTrue, whenFalse);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Scale(Vector128<T> value, Vector128<T> exponent)
    {
        if (CanScale)
        {
            return IsSingle
                ? Avx512F.VL.Scale(value.AsSingle(), exponent.AsSingle()).As<float, T>()
                : Avx512F.VL.Scale(value.AsDouble(), exponent.AsDouble()).As<double, T>();
        }

        return PowerOfTwo<Width128<T, TInteger>, Vector128<T>, Vector128<TInteger>>.Scale(value, exponent);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TInteger> AsIntegers(Vector128<T> value) => value.As<T, TInteger>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> AsFloats(Vector128<TInteger> value) => value.As<TInteger, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TInteger> ToIntegers(Vector128<T> value)
    {
        if (IsSingle)
            return Vector128.ConvertToInt32(value.AsSingle()).As<int, TInteger>();
        var whole = Vector128.ConvertToInt64(value.AsDouble());
        var bounded = Vector128.Min(Vector128.Create((long)int.MaxValue), whole);
        return Vector128.Max(Vector128.Create((long)int.MinValue), bounded).As<long, TInteger>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> ToFloats(Vector128<TInteger> value) =>
        IsSingle
            ? Vector128.ConvertToSingle(value.AsInt32()).As<float, T>()
            : Vector128.ConvertToDouble(value.AsInt64()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TInteger> IntegerAdd(Vector128<TInteger> left, Vector128<TInteger> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TInteger> IntegerSubtract(Vector128<TInteger> left, Vector128<TInteger> right) =>
        left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TInteger> IntegerMultiply(Vector128<TInteger> left, Vector128<TInteger> right) =>
        left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TInteger> IntegerAnd(Vector128<TInteger> left, Vector128<TInteger> right) => left & right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TInteger> IntegerMaximum(Vector128<TInteger> left, Vector128<TInteger> right) =>
        Vector128.Max(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TInteger> IntegerMinimum(Vector128<TInteger> left, Vector128<TInteger> right) =>
        Vector128.Min(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TInteger> IntegerEqual(Vector128<TInteger> left, Vector128<TInteger> right) =>
        Vector128.Equals(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TInteger> IntegerLess(Vector128<TInteger> left, Vector128<TInteger> right) =>
        Vector128.LessThan(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TInteger> ShiftLeft(Vector128<TInteger> value, int bits) => value << bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TInteger> ShiftRight(Vector128<TInteger> value, int bits) => value >> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> SwapLanes(Vector128<T> value, int distance) =>
        IsSingle
            ? Vector128.Shuffle(value.AsSingle(), Vector128<int>.Indices ^ Vector128.Create(distance)).As<float, T>()
            : Vector128.Shuffle(value.AsDouble(), Vector128<long>.Indices ^ Vector128.Create((long)distance))
                .As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(byte* source) => Vector128.Load((T*)source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<T> value, byte* target) => value.Store((T*)target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LoadPart(byte* source, Vector128<TInteger> mask)
    {
        if (!Avx.IsSupported)
            return LanesInMemory<Width128<T, TInteger>, Vector128<T>, Vector128<TInteger>>.LoadPart(source, mask);
        return IsSingle
            ? Avx.MaskLoad((float*)source, mask.AsSingle()).As<float, T>()
            : Avx.MaskLoad((double*)source, mask.AsDouble()).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePart(Vector128<T> value, byte* target, Vector128<TInteger> mask)
    {
        if (!Avx.IsSupported)
            LanesInMemory<Width128<T, TInteger>, Vector128<T>, Vector128<TInteger>>.StorePart(value, target, mask);
        else if (IsSingle)
            Avx.MaskStore((float*)target, mask.AsSingle(), value.AsSingle());
        else
            Avx.MaskStore((double*)target, mask.AsDouble(), value.AsDouble());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TInteger> LoadIntegers(byte* source)
    {
        return IsSingle
            ? Vector128.Load((int*)source).As<int, TInteger>()
            : Vector128.WidenLower(Vector128.CreateScalar(*(long*)source).AsInt32()).As<long, TInteger>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreIntegers(Vector128<TInteger> value, byte* target)
    {
        if (IsSingle)
            value.AsInt32().Store((int*)target);
        else
            *(long*)target = Vector128.Narrow(value.AsInt64(), value.AsInt64()).AsInt64().ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LoadTruths(byte* source)
    {
        if (!Sse41.IsSupported)
            return LanesInMemory<Width128<T, TInteger>, Vector128<T>, Vector128<TInteger>>.LoadTruths(source, 1, Count);
        if (IsSingle)
        {
            var values = Sse41.ConvertToVector128Int32(Vector128.CreateScalar(*(uint*)source).AsByte());
            return (~Vector128.Equals(values, Vector128<int>.Zero)).As<int, T>();
        }

        var wideValues = Sse41.ConvertToVector128Int64(Vector128.CreateScalar(*(ushort*)source).AsByte());
        return (~Vector128.Equals(wideValues, Vector128<long>.Zero)).As<long, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTruths(Vector128<T> value, byte* target) =>
        LanesInMemory<Width128<T, TInteger>, Vector128<T>, Vector128<TInteger>>.StoreTruths(value, target, 1, Count);

    public static Vector128<T> ByLane(Vector128<T> x, LoopUnary function) =>
        LanesInMemory<Width128<T, TInteger>, Vector128<T>, Vector128<TInteger>>.Apply(x, function);

    public static Vector128<T> ByLane(Vector128<T> x, Vector128<T> y, LoopBinary function) =>
        LanesInMemory<Width128<T, TInteger>, Vector128<T>, Vector128<TInteger>>.Apply(x, y, function);

    public static Vector128<TInteger> IntegerByLane(
        Vector128<TInteger> x, Vector128<TInteger> y, LoopBinary function) =>
        LanesInMemory<Width128<T, TInteger>, Vector128<T>, Vector128<TInteger>>.Apply(x, y, function);
}
