using System.Numerics;

namespace Functional.Kernels.Pooling;

/// <summary>What pools do with the channels of one position.</summary>
internal static unsafe class PoolVectors
{
    /// <summary>target += source.</summary>
    public static void Add<T>(T* source, T* target, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var index = 0;
        for (; index <= count - Vector<T>.Count; index += Vector<T>.Count)
            Vector.Store(Vector.Load(target + index) + Vector.Load(source + index), target + index);
        for (; index < count; index++)
            target[index] += source[index];
    }

    /// <summary>target = the greater of target and source; NaN is greatest.</summary>
    public static void Maximum<T>(T* source, T* target, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var index = 0;
        for (; index <= count - Vector<T>.Count; index += Vector<T>.Count)
            Vector.Store(Vector.Max(Vector.Load(target + index), Vector.Load(source + index)), target + index);
        for (; index < count; index++)
            target[index] = T.Max(target[index], source[index]);
    }
}
