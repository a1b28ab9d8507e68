using System.Runtime.CompilerServices;

namespace Functional.Kernels.Loops.Vectors;

/// <summary>
/// Loads and stores as compiled loops need them. A method is named by direction, <see cref="LoopElement"/> and mode:
/// Full for a whole vector of neighbours, Part for the first count lanes of it, Strided for count elements apart from
/// each other, Row for one element in all lanes.
/// </summary>
internal static unsafe class VectorMemory<TWidth, TFloats, TIntegers>
    where TWidth : IVectorWidth<TFloats, TIntegers>
    where TFloats : unmanaged
    where TIntegers : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats LoadFloatFull(byte* source) => TWidth.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFloatFull(TFloats value, byte* target) => TWidth.Store(value, target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats LoadFloatPart(byte* source, TIntegers mask, int count) =>
        TWidth.LoadPart(source, mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFloatPart(TFloats value, byte* target, TIntegers mask, int count) =>
        TWidth.StorePart(value, target, mask);

    public static TFloats LoadFloatStrided(byte* source, long stride, int count) =>
        LanesInMemory<TWidth, TFloats, TIntegers>.LoadFloats(source, stride, count);

    public static void StoreFloatStrided(TFloats value, byte* target, long stride, int count) =>
        LanesInMemory<TWidth, TFloats, TIntegers>.StoreFloats(value, target, stride, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats LoadFloatRow(byte* source) =>
        TWidth.Constant(TWidth.IsSingle ? *(float*)source : *(double*)source);

    public static void StoreFloatRow(TFloats value, byte* target)
    {
        if (TWidth.IsSingle)
            *(float*)target = *(float*)&value;
        else
            *(double*)target = *(double*)&value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TIntegers LoadInt32Full(byte* source) => TWidth.LoadIntegers(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreInt32Full(TIntegers value, byte* target) => TWidth.StoreIntegers(value, target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TIntegers LoadInt32Part(byte* source, TIntegers mask, int count) =>
        TWidth.IsSingle
            ? TWidth.AsIntegers(TWidth.LoadPart(source, mask))
            : LanesInMemory<TWidth, TFloats, TIntegers>.LoadIntegers(source, sizeof(int), count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreInt32Part(TIntegers value, byte* target, TIntegers mask, int count)
    {
        if (TWidth.IsSingle)
            TWidth.StorePart(TWidth.AsFloats(value), target, mask);
        else
            LanesInMemory<TWidth, TFloats, TIntegers>.StoreIntegers(value, target, sizeof(int), count);
    }

    public static TIntegers LoadInt32Strided(byte* source, long stride, int count) =>
        LanesInMemory<TWidth, TFloats, TIntegers>.LoadIntegers(source, stride, count);

    public static void StoreInt32Strided(TIntegers value, byte* target, long stride, int count) =>
        LanesInMemory<TWidth, TFloats, TIntegers>.StoreIntegers(value, target, stride, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TIntegers LoadInt32Row(byte* source) => TWidth.Integer(*(int*)source);

    public static void StoreInt32Row(TIntegers value, byte* target)
    {
        *(int*)target = *(int*)&value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats LoadBoolFull(byte* source) => TWidth.LoadTruths(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBoolFull(TFloats value, byte* target) => TWidth.StoreTruths(value, target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats LoadBoolPart(byte* source, TIntegers mask, int count) =>
        LanesInMemory<TWidth, TFloats, TIntegers>.LoadTruths(source, 1, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBoolPart(TFloats value, byte* target, TIntegers mask, int count) =>
        LanesInMemory<TWidth, TFloats, TIntegers>.StoreTruths(value, target, 1, count);

    public static TFloats LoadBoolStrided(byte* source, long stride, int count) =>
        LanesInMemory<TWidth, TFloats, TIntegers>.LoadTruths(source, stride, count);

    public static void StoreBoolStrided(TFloats value, byte* target, long stride, int count) =>
        LanesInMemory<TWidth, TFloats, TIntegers>.StoreTruths(value, target, stride, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats LoadBoolRow(byte* source) => TWidth.AsFloats(TWidth.Integer(*source != 0 ? -1 : 0));

    public static void StoreBoolRow(TFloats value, byte* target)
    {
        *target = *(int*)&value != 0 ? (byte)1 : (byte)0;
    }
}
