using System.Runtime.CompilerServices;

namespace Functional.Kernels.Loops.Vectors;

/// <summary>Loads and stores lane by lane: what has no instruction of its own, strided operands, and incomplete
/// vectors.</summary>
internal static unsafe class LanesInMemory<TWidth, TFloats, TIntegers>
    where TWidth : IVectorWidth<TFloats, TIntegers>
    where TFloats : unmanaged
    where TIntegers : unmanaged
{
    private static int BytesOfLane => TWidth.IsSingle ? sizeof(float) : sizeof(double);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static TFloats LoadPart(byte* source, TIntegers mask)
    {
        var value = default(TFloats);
        for (var lane = 0; lane < TWidth.Count; lane++)
        {
            if (IsSet((byte*)&mask, lane))
                CopyLane(source + (lane * BytesOfLane), (byte*)&value + (lane * BytesOfLane));
        }

        return value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void StorePart(TFloats value, byte* target, TIntegers mask)
    {
        for (var lane = 0; lane < TWidth.Count; lane++)
        {
            if (IsSet((byte*)&mask, lane))
                CopyLane((byte*)&value + (lane * BytesOfLane), target + (lane * BytesOfLane));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static TFloats LoadFloats(byte* source, long stride, int count)
    {
        var value = default(TFloats);
        for (var lane = 0; lane < count; lane++)
            CopyLane(source + (lane * stride), (byte*)&value + (lane * BytesOfLane));
        return value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void StoreFloats(TFloats value, byte* target, long stride, int count)
    {
        for (var lane = 0; lane < count; lane++)
            CopyLane((byte*)&value + (lane * BytesOfLane), target + (lane * stride));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static TIntegers LoadIntegers(byte* source, long stride, int count)
    {
        var value = default(TIntegers);
        for (var lane = 0; lane < count; lane++)
            SetInteger((byte*)&value, lane, *(int*)(source + (lane * stride)));
        return value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void StoreIntegers(TIntegers value, byte* target, long stride, int count)
    {
        for (var lane = 0; lane < count; lane++)
            *(int*)(target + (lane * stride)) = *(int*)((byte*)&value + (lane * BytesOfLane));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static TFloats LoadTruths(byte* source, long stride, int count)
    {
        var value = default(TFloats);
        for (var lane = 0; lane < count; lane++)
            SetInteger((byte*)&value, lane, source[lane * stride] != 0 ? -1 : 0);
        return value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void StoreTruths(TFloats value, byte* target, long stride, int count)
    {
        for (var lane = 0; lane < count; lane++)
            target[lane * stride] = IsSet((byte*)&value, lane) ? (byte)1 : (byte)0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static TFloats Apply(TFloats x, LoopUnary function)
    {
        var value = default(TFloats);
        for (var lane = 0; lane < TWidth.Count; lane++)
        {
            if (TWidth.IsSingle)
                ((float*)&value)[lane] = ScalarFunctions.Apply(function, ((float*)&x)[lane]);
            else
                ((double*)&value)[lane] = ScalarFunctions.Apply(function, ((double*)&x)[lane]);
        }

        return value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static TFloats Apply(TFloats x, TFloats y, LoopBinary function)
    {
        var value = default(TFloats);
        for (var lane = 0; lane < TWidth.Count; lane++)
        {
            if (TWidth.IsSingle)
                ((float*)&value)[lane] = ScalarFunctions.Apply(function, ((float*)&x)[lane], ((float*)&y)[lane]);
            else
                ((double*)&value)[lane] = ScalarFunctions.Apply(function, ((double*)&x)[lane], ((double*)&y)[lane]);
        }

        return value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static TIntegers Apply(TIntegers x, TIntegers y, LoopBinary function)
    {
        var value = default(TIntegers);
        for (var lane = 0; lane < TWidth.Count; lane++)
        {
            var result = ScalarFunctions.Apply(
                function, *(int*)((byte*)&x + (lane * BytesOfLane)), *(int*)((byte*)&y + (lane * BytesOfLane)));
            SetInteger((byte*)&value, lane, result);
        }

        return value;
    }

    private static bool IsSet(byte* lanes, int lane) => *(int*)(lanes + (lane * BytesOfLane)) != 0;

    private static void SetInteger(byte* lanes, int lane, int value)
    {
        if (TWidth.IsSingle)
            ((int*)lanes)[lane] = value;
        else
            ((long*)lanes)[lane] = value;
    }

    private static void CopyLane(byte* source, byte* target)
    {
        if (TWidth.IsSingle)
            *(float*)target = *(float*)source;
        else
            *(double*)target = *(double*)source;
    }
}
