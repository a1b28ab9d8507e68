using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Functional.Keras;

/// <summary>The elements of .NET arrays of any number of axes, row-major, as one run.</summary>
internal static class ArrayElements
{
    internal static ReadOnlySpan<T> Of<T>(Array array)
        where T : unmanaged => MemoryMarshal.CreateReadOnlySpan(
            ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);

    internal static void CopyTo<T>(ReadOnlySpan<T> values, Array array)
        where T : unmanaged => values.CopyTo(MemoryMarshal.CreateSpan(
            ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length));

    internal static int[] Lengths(Array array)
    {
        var lengths = new int[array.Rank];
        for (var axis = 0; axis < lengths.Length; axis++)
            lengths[axis] = array.GetLength(axis);
        return lengths;
    }
}
